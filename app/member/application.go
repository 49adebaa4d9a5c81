package member

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"joinery/app/access"
	"joinery/app/db"
	"joinery/app/mail"
)

// Submit stores an application with its first link, queues the letter that
// carries the link, and marks the draft as submitted, whose sessions are kept
// until ends; or does nothing of it if an application was submitted from the same
// draft already. However often and from wherever it is called, there is one
// application and one letter. Beyond a budget the letter waits for its turn. When too
// many letters wait, Submit does nothing and returns [mail.ErrFull].
//
// The session, as a digest, is that of the browser, or "". Where it was closed, Submit does
// nothing and returns [access.ErrClosed].
//
// If a corrects an earlier application, see [Store.StartCorrection], that one
// ends.
func (s *Store) Submit(ctx context.Context, a Application, session string, l Link, letter mail.Order, within *mail.Limits, ends time.Time) error {
	return s.db.Tx(ctx, "submit", func(tx *sql.Tx) error {
		if err := access.NotClosed(ctx, tx, session); err != nil {
			return err
		}
		fresh, err := insertApplication(ctx, tx, a)
		if err != nil || !fresh {
			return err
		}
		if err := supersede(ctx, tx, a); err != nil {
			return err
		}
		if _, err := insertLink(ctx, tx, a.ID, l, letter, within); err != nil {
			return err
		}
		return access.MarkSubmitted(ctx, tx, a.Draft, ends)
	})
}

func insertApplication(ctx context.Context, tx *sql.Tx, a Application) (fresh bool, err error) {
	answers, err := json.Marshal(a.Answers)
	if err != nil {
		return false, err
	}
	consents, err := json.Marshal(a.Consents)
	if err != nil {
		return false, err
	}
	return db.Changed(tx.ExecContext(ctx, `
		INSERT INTO applications (id, draft, state, email, lang, form, answers, consents, sent_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (draft) DO NOTHING`,
		a.ID, a.Draft, Waiting, a.Email, a.Lang, a.Form, string(answers), string(consents), a.Sent.Unix()))
}
