package mail

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// A priority says which of the letters that are due is sent first; of those with the same
// one it is the letter that has been due longest.
type priority int

const (
	awaited priority = iota // the first attempt of a letter that a person waits for
	other                   // the first attempt of another letter
	later                   // a later attempt of any letter
)

// reach says for each lane the last priority that it attends to. Attempts that hang, at a
// server that does not answer, take no worker from the letters before them.
var reach = [4]priority{awaited, other, later, later}

// priorityOf returns the priority of the first attempt.
func priorityOf(kind Kind) priority {
	if kind == Confirm || kind == Resume || kind == NewAddress {
		return awaited
	}
	return other
}

// firstDue finds the letter that is due by $2 and comes first, one for each priority in
// turn: each look-up reads one entry of an index, however many letters wait.
func firstDue(last priority) (query string) {
	query = `COALESCE(NULL`
	for p := awaited; p <= last; p++ {
		query += fmt.Sprintf(`, (SELECT id FROM mails WHERE state = 'waiting' AND priority = %d AND due <= $2 ORDER BY due LIMIT 1)`, p)
	}
	return query + `)`
}

// untilDue returns the time until a letter is due, at most maxWait.
func (q *Queue) untilDue(ctx context.Context, last priority) (time.Duration, error) {
	wait := maxWait
	for p := awaited; p <= last; p++ {
		var due sql.NullInt64
		err := q.DB.Read().QueryRowContext(ctx, `SELECT min(due) FROM mails WHERE state = 'waiting' AND priority = $1`, p).Scan(&due)
		if err != nil {
			return 0, fmt.Errorf("mail: next letter: %w", err)
		}
		if due.Valid {
			wait = min(wait, time.Unix(due.Int64, 0).Sub(q.Now()))
		}
	}
	return wait, nil
}
