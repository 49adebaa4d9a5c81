package member

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"joinery/app/mail"
)

// Send stores a with its first link and queues the letter that carries the
// link, or does nothing of it if an application was sent from the same draft
// already: however often and from wherever it is called, there is one
// application and one letter. Beyond the budget there is neither letter nor
// link until [Store.Relink] makes them.
//
// If a corrects an earlier application, see [Store.Reopen], that one ends.
func (s *Store) Send(ctx context.Context, a Application, l Link, letter mail.Letter, within mail.Budget) error {
	return s.inTx(ctx, "send", func(tx *sql.Tx) error {
		fresh, err := insert(ctx, tx, a)
		if err != nil || !fresh {
			return err
		}
		if err := supersede(ctx, tx, a); err != nil {
			return err
		}
		if queued, err := within.Enqueue(ctx, tx, letter); err != nil || !queued {
			return err
		}
		return insertLink(ctx, tx, a.ID, l)
	})
}

func insert(ctx context.Context, tx *sql.Tx, a Application) (fresh bool, err error) {
	answers, err := json.Marshal(a.Answers)
	if err != nil {
		return false, err
	}
	consents, err := json.Marshal(a.Consents)
	if err != nil {
		return false, err
	}
	res, err := tx.ExecContext(ctx, `
		INSERT INTO applications (id, draft, state, email, lang, form, answers, consents, sent_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (draft) DO NOTHING`,
		a.ID, a.Draft, Waiting, a.Email, a.Lang, a.Form, string(answers), string(consents), a.Sent.Unix())
	return changed(res, err)
}

// ending sets the state $1 at the time $2 and forgets who it was about.
const ending = `state = $1, ended_at = $2, email = '', answers = '{}', consents = '[]'`

// supersede ends the application that a corrects, if it does correct one.
func supersede(ctx context.Context, tx *sql.Tx, a Application) error {
	_, err := tx.ExecContext(ctx, `
		UPDATE applications SET `+ending+`
		WHERE reopened = $3 AND state = $4`,
		Replaced, a.Sent.Unix(), a.Draft, Waiting)
	return err
}

func insertLink(ctx context.Context, tx *sql.Tx, application string, l Link) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO links (handle, secret, application, made_at, expires_at) VALUES ($1, $2, $3, $4, $5)`,
		l.Handle, l.Secret, application, l.Made.Unix(), l.Expires.Unix())
	return err
}

// Relink makes l the newest link of a waiting application and queues the
// letter that carries it. It does neither, and returns false, when that would
// be beyond the budget or the application waits no longer.
func (s *Store) Relink(ctx context.Context, application string, l Link, letter mail.Letter, within mail.Budget) (queued bool, err error) {
	err = s.inTx(ctx, "relink", func(tx *sql.Tx) error {
		var waiting bool
		err := tx.QueryRowContext(ctx, `SELECT state = $1 FROM applications WHERE id = $2`, Waiting, application).Scan(&waiting)
		if err != nil || !waiting {
			return notFound(err)
		}
		if queued, err = within.Enqueue(ctx, tx, letter); err != nil || !queued {
			return err
		}
		return insertLink(ctx, tx, application, l)
	})
	return queued, err
}

// Reopen notes that the waiting application is being corrected in the draft
// with the key correction: when that is sent, this one ends. Until then it
// can still be confirmed.
func (s *Store) Reopen(ctx context.Context, application, correction string) error {
	_, err := s.db.Write().ExecContext(ctx, `UPDATE applications SET reopened = $1 WHERE id = $2`, correction, application)
	return wrap("reopen", err)
}

// Withdraw ends a waiting application and forgets what it said. Ending one
// that has ended changes nothing.
func (s *Store) Withdraw(ctx context.Context, application string, now time.Time) error {
	_, err := s.db.Write().ExecContext(ctx, `
		UPDATE applications SET `+ending+`
		WHERE id = $3 AND state = $4`,
		Withdrawn, now.Unix(), application, Waiting)
	return wrap("withdraw", err)
}

// tombstones is how long an ended application can still be told from one that
// never was: longer than anybody keeps a mail for the sake of its link.
const tombstones = 365 * 24 * time.Hour

// Expire ends the applications that were sent before sentBefore and still
// wait, and removes those that ended a year before now.
func (s *Store) Expire(ctx context.Context, sentBefore, now time.Time) error {
	_, err := s.db.Write().ExecContext(ctx, `
		UPDATE applications SET `+ending+`
		WHERE state = $3 AND sent_at < $4`,
		Expired, now.Unix(), Waiting, sentBefore.Unix())
	if err != nil {
		return wrap("expire", err)
	}
	_, err = s.db.Write().ExecContext(ctx, `DELETE FROM applications WHERE state <> $1 AND ended_at < $2`, Waiting, now.Add(-tombstones).Unix())
	if err != nil {
		return wrap("expire", err)
	}
	return wrap("expire", s.db.Forget(ctx))
}
