package mail

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"joinery/app/db"
	"joinery/app/seal"
)

// A Record is what the queue keeps of a letter.
type Record struct {
	Kind    Kind
	State   State
	Cause   Cause     // of the last failure, or ""
	Planned time.Time // for the first attempt
	Ended   time.Time // when it was accepted or given up; zero: it waits
}

// LettersTo returns the letters to an address, in upper or lower case, that wait or were
// finished within a week, the oldest first.
func LettersTo(ctx context.Context, d *db.DB, ring *seal.Ring, to string) (all []Record, err error) {
	err = each(ctx, d, `
		SELECT kind, `+stateColumn+`, cause, planned, coalesce(settled, 0) FROM mails WHERE address_key = $1 AND address_key <> ''
		ORDER BY planned, rowid`, []any{keysOf(ring, to).address},
		func(rows *sql.Rows) error {
			var r Record
			var planned, ended int64
			if err := rows.Scan(&r.Kind, &r.State, &r.Cause, &planned, &ended); err != nil {
				return err
			}
			r.Planned = time.Unix(planned, 0)
			if ended > 0 {
				r.Ended = time.Unix(ended, 0)
			}
			all = append(all, r)
			return nil
		})
	return all, err
}

// EraseTo removes all that the queue has of letters to an address, in upper or lower case,
// also that there were any: the budgets of the address begin anew. It returns how many
// there were. An attempt that is under way may still deliver its letter.
func EraseTo(ctx context.Context, d *db.DB, ring *seal.Ring, to string) (n int, err error) {
	err = d.InTx(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `DELETE FROM mails WHERE address_key = $1 AND address_key <> ''`, keysOf(ring, to).address)
		if err != nil {
			return err
		}
		gone, err := res.RowsAffected()
		n = int(gone)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("mail: erase: %w", err)
	}
	return n, nil
}
