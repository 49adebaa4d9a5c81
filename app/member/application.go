package member

import (
	"context"
	"database/sql"
	"time"

	"joinery/app/access"
	"joinery/app/db"
	"joinery/app/mail"
)

// Submit stores an application with its first link, queues the letter that
// carries the link, and marks the draft as submitted, whose sessions are kept
// until ends; or does nothing of it if an application was submitted from the same
// draft already. It reports whether it did. However often and from wherever it is called,
// there is one application and one letter. Beyond a budget the letter waits for its turn.
// When too many letters wait, Submit does nothing and returns [mail.ErrFull].
//
// The session, as a digest, is that of the browser, or "". Where it was closed, Submit does
// nothing and returns [access.ErrClosed].
//
// If a corrects an earlier application, see [Store.StartCorrection], that one
// ends.
func (s *Store) Submit(ctx context.Context, a Application, session string, l Link, letter mail.Order, within *mail.Limits, ends time.Time) (fresh bool, err error) {
	err = s.db.Tx(ctx, "submit", func(tx *sql.Tx) (err error) {
		if err := access.NotClosed(ctx, tx, session); err != nil {
			return err
		}
		if fresh, err = s.insertApplication(ctx, tx, a); err != nil || !fresh {
			return err
		}
		if err := supersede(ctx, tx, a); err != nil {
			return err
		}
		if _, err := insertLink(ctx, tx, s.ring, a.ID, l, letter, within); err != nil {
			return err
		}
		return access.MarkSubmitted(ctx, tx, a.Draft, ends)
	})
	return fresh && err == nil, err
}

func (s *Store) insertApplication(ctx context.Context, tx *sql.Tx, a Application) (fresh bool, err error) {
	digest, content, err := s.sealContent(a)
	if err != nil {
		return false, err
	}
	return db.Changed(tx.ExecContext(ctx, `
		INSERT INTO applications (id, draft, state, email_digest, content, lang, form, sent_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (draft) DO NOTHING`,
		a.ID, a.Draft, Waiting, digest, content, a.Lang, a.Form, a.Sent.Unix()))
}
