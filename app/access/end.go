package access

import (
	"context"
	"database/sql"
	"time"

	"joinery/app/db"
	"joinery/app/mail"
)

// SendReminder queues the one letter that says a draft ends soon and opens the way
// that it carries, and reports whether it did: the draft must be there, never
// reminded of, and mail about it still asked for by the reader of the letter.
// Of any number of calls, at the same time or one after the other, one does.
// Beyond the limits there is no letter, then or later: whoever has one mailed
// for each of many drafts is no friend of the mailbox.
func (s *Store) SendReminder(ctx context.Context, w Grant, letter mail.Letter, within *mail.Limits, now time.Time) (queued bool, err error) {
	err = s.db.Tx(ctx, "remind", func(tx *sql.Tx) error {
		due, err := db.Changed(tx.ExecContext(ctx, `
			UPDATE draft_access SET reminded_at = $1
			WHERE draft = $2 AND reminded_at = 0 AND contact_email = $3`,
			now.Unix(), w.Draft, letter.To))
		if err != nil || !due {
			return err
		}
		if queued, err = within.Enqueue(ctx, tx, letter); err != nil || !queued {
			return err
		}
		return addGrant(ctx, tx, w)
	})
	return queued && err == nil, err
}

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

// Forget removes every trace of a draft, and letters about it that wait are not
// sent. Should somebody read at that moment, the copy in the journal stays until
// the next sweep. Forgetting one that is not known is no error.
func (s *Store) Forget(ctx context.Context, draft string) error {
	err := s.db.Tx(ctx, "forget", func(tx *sql.Tx) error { return removeDraft(ctx, tx, draft) })
	if err != nil {
		return err
	}
	return s.db.Wrap("forget", s.db.TruncateJournal(ctx))
}

// removeDraft takes with the draft its holders and ways, which refer to it.
func removeDraft(ctx context.Context, tx *sql.Tx, draft string) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM draft_access WHERE draft = $1`, draft); err != nil {
		return err
	}
	return cancelLetters(ctx, tx, draft)
}

// cancelLetters gives up the letters about a draft. The machine tells the time: it
// matters for nothing but when the queue forgets that they were.
func cancelLetters(ctx context.Context, tx *sql.Tx, draft string) error {
	return mail.Cancel(ctx, tx, draft, time.Now())
}
