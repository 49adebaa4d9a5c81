package mail

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"joinery/app/db"
	"joinery/app/seal"
)

// A Count is how many letters of one kind have come how far.
type Count struct {
	Kind    Kind  `json:"kind"`
	State   State `json:"state"`
	Letters int   `json:"letters"`
}

// Counts counts the letters in d that wait, and those that were finished within a week.
func Counts(ctx context.Context, d *db.DB) (all []Count, err error) {
	all = []Count{}
	err = each(ctx, d, `
		SELECT kind, `+stateColumn+` AS told, count(*) FROM mails GROUP BY kind, told ORDER BY kind, told`, nil,
		func(rows *sql.Rows) error {
			var c Count
			err := rows.Scan(&c.Kind, &c.State, &c.Letters)
			all = append(all, c)
			return err
		})
	return all, err
}

// stateColumn is the State of a letter.
const stateColumn = `CASE
	WHEN state = 'delivered' THEN 'accepted'
	WHEN state = 'abandoned' AND cause = 'address' THEN 'refused'
	WHEN state = 'abandoned' THEN 'given-up'
	WHEN failure <> '' THEN 'deferred'
	ELSE 'queued' END`

// A Trouble is a letter of which the last attempt failed.
type Trouble struct {
	ID       string
	Kind     Kind
	State    State
	Failure  Failure
	Attempts int
	Planned  time.Time // for the first attempt
	Next     time.Time // the next attempt, or zero
	To       string    // the address, or "" if it does not open
}

// maxTroubles is how many letters [Troubles] returns.
const maxTroubles = 200

// Troubles returns the letters of which the last attempt failed, the newest first, and no
// more than 200. What was cancelled is none.
func Troubles(ctx context.Context, d *db.DB, ring *seal.Ring) (all []Trouble, err error) {
	err = each(ctx, d, `
		SELECT id, kind, `+stateColumn+`, failure, code, status, cause, attempts, planned, iif(state = 'waiting', due, 0), sealed
		FROM mails WHERE state <> 'delivered' AND failure <> '' AND sealed <> '' ORDER BY planned DESC LIMIT $1`, []any{maxTroubles},
		func(rows *sql.Rows) error {
			var l Trouble
			var planned, next int64
			var sealed string
			err := rows.Scan(&l.ID, &l.Kind, &l.State, &l.Failure.Step, &l.Failure.Code, &l.Failure.Status, &l.Failure.Cause, &l.Attempts, &planned, &next, &sealed)
			if err != nil {
				return err
			}
			l.Planned = time.Unix(planned, 0)
			if next > 0 {
				l.Next = time.Unix(next, 0)
			}
			if part, err := openPart(ctx, ring, l.ID, sealed); err == nil {
				l.To = part.To
			}
			all = append(all, l)
			return nil
		})
	return all, err
}

// each calls scan for each row of a query.
func each(ctx context.Context, d *db.DB, query string, args []any, scan func(*sql.Rows) error) error {
	rows, err := d.Read().QueryContext(ctx, query, args...)
	if err != nil {
		return fmt.Errorf("mail: list: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return fmt.Errorf("mail: list: %w", err)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("mail: list: %w", err)
	}
	return nil
}

// RetryNow makes the letters due that were given up, but for wrong addresses, and those that
// are put off, but for those that the server may have; it returns how many. A site that
// runs looks at them within a minute.
func RetryNow(ctx context.Context, d *db.DB, now time.Time) (n int64, err error) {
	err = d.InTx(ctx, func(tx *sql.Tx) error {
		for _, change := range []string{
			// A letter that is due within a lease may be one that is being sent.
			`UPDATE mails SET due = $1 WHERE state = 'waiting' AND failure <> '' AND cause <> 'unanswered' AND due > $1 + $2`,
			`UPDATE mails SET state = 'waiting', due = $1, planned = $1, attempts = 1, priority = 2, settled = NULL
			WHERE state = 'abandoned' AND cause NOT IN ('', 'address') AND sealed <> '' AND $2 > 0`,
		} {
			res, err := tx.ExecContext(ctx, change, now.Unix(), int64(lease/time.Second))
			if err != nil {
				return err
			}
			changed, err := res.RowsAffected()
			if err != nil {
				return err
			}
			n += changed
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("mail: retry: %w", err)
	}
	return n, nil
}
