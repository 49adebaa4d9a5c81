package access

import (
	"context"
	"database/sql"
	"time"
)

// MarkSubmitted does in a transaction of its own what the function does.
func (s *Store) MarkSubmitted(ctx context.Context, draft string, ends time.Time) error {
	return s.db.Tx(ctx, "mark submitted", func(tx *sql.Tx) error { return MarkSubmitted(ctx, tx, draft, ends) })
}

// MarkSubmitted notes within tx that a draft was submitted, and that its answers
// are still to be deleted from the store of drafts. It forgets the key of the answers,
// so that no copy of them can be read, where to write about the draft, its code, and
// where its links were sent; letters about it that wait are not sent. Until ends it keeps
// the sessions, which lead to what became of the draft, and the links, which say so. Of a
// draft that is not known it notes only that the answers are to be deleted.
func MarkSubmitted(ctx context.Context, tx *sql.Tx, draft string, ends time.Time) error {
	if _, err := tx.ExecContext(ctx, `
		UPDATE draft_access SET answered_email = '', answered_digest = '', contact_email = '', contact_digest = '', sealed_key = '', noted_at = 0, expires_at = $1
		WHERE draft = $2`, ends.Unix(), draft); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM grants WHERE draft = $1 AND kind = $2`, draft, ByHandoff); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE grants SET recipient = '', recipient_digest = '' WHERE draft = $1`, draft); err != nil {
		return err
	}
	if err := cancelLetters(ctx, tx, draft); err != nil {
		return err
	}
	return discard(ctx, tx, draft)
}
