package access

import (
	"context"
	"database/sql"
	"time"

	"joinery/app/mail"
)

// Forget removes every trace of a draft and cancels the letters about it. While another
// connection reads, the journal keeps a copy until the next sweep. A draft that is not
// known is no error.
func (s *Store) Forget(ctx context.Context, draft string) error {
	err := s.db.Tx(ctx, "forget", func(tx *sql.Tx) error { return removeDraft(ctx, tx, draft) })
	if err != nil {
		return err
	}
	return s.db.Wrap("forget", s.db.TruncateJournal(ctx))
}

// removeDraft removes what is known of a draft, with its sessions and grants, which
// refer to it.
func removeDraft(ctx context.Context, tx *sql.Tx, draft string) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM draft_access WHERE draft = $1`, draft); err != nil {
		return err
	}
	return cancelLetters(ctx, tx, draft)
}

// cancelLetters cancels the letters about a draft. The time of the machine will do: it
// decides only when the queue purges them.
func cancelLetters(ctx context.Context, tx *sql.Tx, draft string) error {
	return mail.Cancel(ctx, tx, draft, time.Now())
}
