package access

import (
	"context"
	"database/sql"
	"time"

	"joinery/app/mail"
)

// MarkSubmitted does in a transaction of its own what the function does.
func (s *Store) MarkSubmitted(ctx context.Context, draft string, ends time.Time) error {
	return s.db.Tx(ctx, "mark submitted", func(tx *sql.Tx) error { return MarkSubmitted(ctx, tx, draft, ends) })
}

// MarkSubmitted notes within tx that a draft was submitted, and that its answers
// are still to be deleted from the store of drafts. It forgets where to write
// about the draft, its code, and where its links were sent; letters about it that
// wait are not sent. Until ends it keeps the sessions, which lead to what became
// of the draft, and the links, which say so. Of a draft that is not known it
// notes only that the answers are to be deleted.
func MarkSubmitted(ctx context.Context, tx *sql.Tx, draft string, ends time.Time) error {
	if _, err := tx.ExecContext(ctx, `UPDATE draft_access SET answered_email = '', contact_email = '', expires_at = $1 WHERE draft = $2`, ends.Unix(), draft); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM grants WHERE draft = $1 AND kind = $2`, draft, ByHandoff); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE grants SET recipient = '' WHERE draft = $1`, draft); err != nil {
		return err
	}
	if err := cancelLetters(ctx, tx, draft); err != nil {
		return err
	}
	return discard(ctx, tx, draft)
}

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
