package access

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"sync"
	"time"
)

// A Budget is how many drafts may begin within any time of the length Per. The zero
// Budget has no limit.
type Budget struct {
	Max int
	Per time.Duration
}

// BeginLimits bound the drafts that visitors of the site can begin. They may be used
// concurrently once the fields are set. A nil *BeginLimits has no limit.
type BeginLimits struct {
	PerNetwork Budget // drafts that begin in one network
	Total      Budget // all drafts
	Log        *slog.Logger
	Full       func(budget string) // called when a draft may not begin: network or total; nil: nothing is counted

	warned sync.Map // the Unix time of the last log line about a full budget, by its text
}

// A LimitError says that no draft may begin now.
type LimitError struct {
	Until time.Time // when there is room again
}

func (LimitError) Error() string { return "access: too many drafts have begun" }

// slicesPerBudget is how many slices the time of a budget has, each with one count. The
// more, the sooner there is room again, and the more rows there are.
const slicesPerBudget = 3600

// slice returns the length of one slice, in whole seconds.
func (b Budget) slice() int64 { return max(1, int64(b.Per.Seconds())/slicesPerBudget) }

// checks returns the budgets with the network that each counts, and what to log about a
// full one. Drafts that begin in no network have no budget of a network.
func (l *BeginLimits) checks(network string) []limitCheck {
	if l == nil {
		return nil
	}
	all := limitCheck{l.Total, "total", "", "the budget for all together is used up"}
	if network == "" {
		return []limitCheck{all}
	}
	return []limitCheck{{l.PerNetwork, "network", network, "the budget of one network is used up; if it is that of a proxy of ours, TRUSTED_PROXIES does not name it"}, all}
}

type limitCheck struct {
	Budget
	name    string
	network string
	warning string
}

// allow returns a [LimitError] if a budget is used up at now.
func (l *BeginLimits) allow(ctx context.Context, q querier, network string, now time.Time) error {
	for _, check := range l.checks(network) {
		until, err := check.fullUntil(ctx, q, now)
		if err != nil {
			return err
		}
		if !until.IsZero() {
			l.warn(now, check)
			return LimitError{Until: until}
		}
	}
	return nil
}

// A querier reads, within a transaction or outside.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// fullUntil returns when there is room for one more draft, or the zero time if there is
// room now. Counts of a later time, by a clock that was wrong then, do not matter.
func (c limitCheck) fullUntil(ctx context.Context, q querier, now time.Time) (until time.Time, err error) {
	if c.Max == 0 {
		return time.Time{}, nil
	}
	life := int64(c.Per.Seconds()) + c.slice()
	rows, err := q.QueryContext(ctx, `
		SELECT since, count FROM begun_drafts WHERE network = $1 AND since > $2 AND since <= $3 ORDER BY since DESC`,
		c.network, now.Unix()-life, now.Unix())
	if err != nil {
		return time.Time{}, fmt.Errorf("count: %w", err)
	}
	defer rows.Close()
	for begun := 0; rows.Next(); {
		var since int64
		var count int
		if err := rows.Scan(&since, &count); err != nil {
			return time.Time{}, err
		}
		if begun += count; begun >= c.Max {
			return time.Unix(since+life, 0), nil
		}
	}
	return time.Time{}, rows.Err()
}

// count notes within tx that a draft has begun.
func (l *BeginLimits) count(ctx context.Context, tx *sql.Tx, network string, now time.Time) error {
	for _, check := range l.checks(network) {
		if check.Max == 0 {
			continue
		}
		_, err := tx.ExecContext(ctx, `
			INSERT INTO begun_drafts (network, since, count) VALUES ($1, $2, 1)
			ON CONFLICT (network, since) DO UPDATE SET count = begun_drafts.count + 1`,
			check.network, now.Unix()-now.Unix()%check.slice())
		if err != nil {
			return err
		}
	}
	return nil
}

// uncount takes back within tx what count has noted.
func (l *BeginLimits) uncount(ctx context.Context, tx *sql.Tx, network string, at time.Time) error {
	for _, check := range l.checks(network) {
		_, err := tx.ExecContext(ctx, `UPDATE begun_drafts SET count = count - 1 WHERE network = $1 AND since = $2 AND count > 0`,
			check.network, at.Unix()-at.Unix()%check.slice())
		if err != nil {
			return err
		}
	}
	return nil
}

// warn counts that a budget is full and logs, at most once a minute, why drafts do not
// begin.
func (l *BeginLimits) warn(now time.Time, full limitCheck) {
	if l.Full != nil {
		l.Full(full.name)
	}
	last, told := l.warned.LoadOrStore(full.warning, now.Unix())
	if told && (now.Unix()-last.(int64) < 60 || !l.warned.CompareAndSwap(full.warning, last, now.Unix())) {
		return
	}
	l.Log.Error("applications are not begun: " + full.warning)
}

// SweepBegun removes the counts of drafts that no budget of l looks at any more.
func (s *Store) SweepBegun(ctx context.Context, l *BeginLimits, now time.Time) error {
	var life int64
	for _, check := range l.checks("any") {
		life = max(life, int64(check.Per.Seconds())+check.slice())
	}
	_, err := s.db.Write().ExecContext(ctx, `DELETE FROM begun_drafts WHERE since NOT BETWEEN $1 AND $2`,
		now.Unix()-life, now.Add(maxClockSkew).Unix())
	return s.db.Wrap("sweep begun", err)
}
