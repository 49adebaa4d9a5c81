package access

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"joinery/app/db"
	"joinery/app/mail"
)

// SendReminder queues the one letter that says a draft ends soon, adds the link that
// the letter carries, and reports whether it did. The draft must be known and never
// reminded of, and the recipient of the letter must be its contact address. Of any
// number of calls, at the same time or one after the other, one does.
//
// Beyond a budget the letter waits for its turn. When too many wait, SendReminder does
// nothing and returns [mail.ErrFull]. When they wait for the mailbox, it queues none, then
// or later: a mailbox that many drafts name as their contact address most likely belongs
// to another person.
func (s *Store) SendReminder(ctx context.Context, g Grant, letter mail.Order, within *mail.Limits, now time.Time) (queued bool, err error) {
	err = s.db.Tx(ctx, "send reminder", func(tx *sql.Tx) error {
		due, err := db.Changed(tx.ExecContext(ctx, `
			UPDATE draft_access SET reminded_at = $1
			WHERE draft = $2 AND reminded_at = 0 AND contact_digest <> '' AND contact_digest = $3`,
			now.Unix(), g.Draft, mailboxDigest(s.ring, letter.To)))
		if err != nil || !due {
			return err
		}
		_, err = within.Enqueue(ctx, tx, s.ring, letter)
		if queued = err == nil; errors.Is(err, mail.ErrMailboxFull) {
			return nil
		}
		if err != nil {
			return err
		}
		return s.addLink(ctx, tx, g)
	})
	return queued && err == nil, err
}

// ClearReminded notes that a draft gets its reminder later: the one that waited is not
// sent.
func (s *Store) ClearReminded(ctx context.Context, draft string) error {
	_, err := s.db.Write().ExecContext(ctx, `UPDATE draft_access SET reminded_at = 0 WHERE draft = $1`, draft)
	return s.db.Wrap("clear reminded", err)
}
