package mail

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"
)

// room returns when there is room in b beside the letters that match a condition in SQL,
// with arguments from $2 on. As many times the budget as backlog may wait. A letter that
// was given up before anything was sent does not count.
func (b Budget) room(ctx context.Context, tx *sql.Tx, now time.Time, backlog int, which string, args ...any) (time.Time, error) {
	if b.Max == 0 {
		return now, nil
	}
	which, args = `planned >= $1 AND `+which+` AND (state <> 'abandoned' OR attempts > 0)`, append([]any{now.Add(-b.Per).Unix()}, args...)
	var n int
	err := tx.QueryRowContext(ctx, `SELECT count(*) FROM mails WHERE `+which, args...).Scan(&n)
	if err != nil {
		return now, fmt.Errorf("mail: count: %w", err)
	}
	if n < b.Max { // as it mostly is
		return now, nil
	}
	planned, err := plannedTimes(ctx, tx, which, args...)
	if err != nil || b.fits(planned, now.Unix()) {
		return now, err
	}
	next, _ := slices.BinarySearch(planned, now.Unix()+1)
	if len(planned)-next >= backlog*b.Max {
		return now, ErrFull
	}
	for _, before := range planned {
		if t := before + b.seconds() + 1; t > now.Unix() && b.fits(planned, t) {
			return time.Unix(t, 0), nil
		}
	}
	return now, ErrFull // not reached: after the last letter there is room
}

// plannedTimes returns the sorted times of the letters that match a condition.
func plannedTimes(ctx context.Context, tx *sql.Tx, which string, args ...any) (planned []int64, err error) {
	rows, err := tx.QueryContext(ctx, `SELECT planned FROM mails WHERE `+which+` ORDER BY planned`, args...)
	if err != nil {
		return nil, fmt.Errorf("mail: count: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var at int64
		if err := rows.Scan(&at); err != nil {
			return nil, fmt.Errorf("mail: count: %w", err)
		}
		planned = append(planned, at)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("mail: count: %w", err)
	}
	return planned, nil
}

// seconds is the time of the budget, in which so many letters may go out.
func (b Budget) seconds() int64 { return int64(b.Per / time.Second) }

// fits reports whether one more letter may go out at t beside those planned: in no time of
// the length b.Per, before t or after it, there are then more than b.Max.
func (b Budget) fits(planned []int64, t int64) bool {
	at, _ := slices.BinarySearch(planned, t)
	for first := max(0, at-b.Max); first <= at && first+b.Max <= len(planned); first++ {
		// The letters of planned[first:first+b.Max] and the one at t.
		if max(planned[first+b.Max-1], t)-min(planned[first], t) <= b.seconds() {
			return false
		}
	}
	return true
}
