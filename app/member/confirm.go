package member

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"joinery/app/mail"
)

// Letters are the letters that may follow a confirmation. Their topic is the application,
// whose ID a new member takes over.
type Letters struct {
	Welcome mail.Order // to a new member
	Updated mail.Order // to a person who was a member before

	Within *mail.Limits // in which the letter that was confirmed counts no longer for its network
}

// Confirm makes the sender of a waiting application a member, with the consents of the
// application, and queues the letter that says so. If a member has the same address, in
// upper or lower case, Confirm updates the answers, the language and the consents of
// that member instead. It cancels the letters that still ask for confirmation.
//
// Confirm reports whether this call did it. Of any number of calls, at the same time or
// one after the other, one does.
func (s *Store) Confirm(ctx context.Context, application string, now time.Time, letters Letters) (done bool, err error) {
	err = s.db.Tx(ctx, "confirm", func(tx *sql.Tx) error {
		var a Application
		err := tx.QueryRowContext(ctx, `SELECT `+applicationColumns+` FROM applications a WHERE a.id = $1`, application).Scan(a.into()...)
		if err != nil || a.State != Waiting {
			return err
		}
		member, fresh, err := upsert(ctx, tx, a, now)
		if err != nil {
			return err
		}
		if err := insertConsents(ctx, tx, member, a.Consents); err != nil {
			return err
		}
		if err := confirmLetters(ctx, tx, a.ID, now, letters.Within); err != nil {
			return err
		}
		if done, err = closeApplication(ctx, tx, a.ID, Confirmed, now); err != nil {
			return err
		}
		letters.Welcome.Topic, letters.Updated.Topic = a.ID, a.ID
		if !fresh {
			return mail.Enqueue(ctx, tx, letters.Updated)
		}
		return mail.Enqueue(ctx, tx, letters.Welcome)
	})
	return done && err == nil, err
}

// confirmLetters makes room in the budget of the networks that asked for the letters
// about an application.
func confirmLetters(ctx context.Context, tx *sql.Tx, application string, now time.Time, within *mail.Limits) error {
	links, err := linksOf(ctx, tx, application, `l.id`)
	if err != nil {
		return err
	}
	for _, l := range links {
		if err := within.Confirmed(ctx, tx, l.Letter, now); err != nil {
			return err
		}
	}
	return nil
}

// upsert adds a member, or updates the member with the same address.
func upsert(ctx context.Context, tx *sql.Tx, a Application, now time.Time) (id string, fresh bool, err error) {
	answers, err := json.Marshal(a.Answers)
	if err != nil {
		return "", false, err
	}
	err = tx.QueryRowContext(ctx, `
		UPDATE members SET lang = $1, form = $2, answers = $3, updated_at = $4, application = $5
		WHERE id = (SELECT id FROM members WHERE lower(email) = lower($6) ORDER BY confirmed_at LIMIT 1)
		RETURNING id`,
		a.Lang, a.Form, string(answers), now.Unix(), a.ID, a.Email).Scan(&id)
	if !errors.Is(err, sql.ErrNoRows) {
		return id, false, err
	}
	_, err = tx.ExecContext(ctx, `
		INSERT INTO members (id, application, email, lang, form, answers, confirmed_at, updated_at)
		VALUES ($1, $1, $2, $3, $4, $5, $6, $6)`,
		a.ID, a.Email, a.Lang, a.Form, string(answers), now.Unix())
	return a.ID, true, err
}

func insertConsents(ctx context.Context, tx *sql.Tx, member string, consents []Consent) error {
	for _, c := range consents {
		_, err := tx.ExecContext(ctx, `
			INSERT INTO consents (member, key, version, purpose, wording, lang, given, at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
			member, c.Key, c.Version, c.Purpose, c.Wording, c.Lang, c.Given, c.At.Unix())
		if err != nil {
			return err
		}
	}
	return nil
}
