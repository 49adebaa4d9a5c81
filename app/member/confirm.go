package member

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"joinery/app/mail"
)

// Confirm makes the sender of a waiting application a member, with the
// consents they gave, and queues the letter that welcomes them. Whoever is a
// member already, by canonical address, has their answers, language and
// consents brought up to date and stays the same member.
//
// It reports whether this call did it: of any number of calls, at the same
// time or one after the other, one does.
func (s *Store) Confirm(ctx context.Context, application string, now time.Time, welcome mail.Letter) (done bool, err error) {
	err = s.inTx(ctx, "confirm", func(tx *sql.Tx) error {
		var a Application
		row := tx.QueryRowContext(ctx, `SELECT `+applicationColumns+` FROM applications a WHERE a.id = $1`, application)
		if err := scan(row, &a); err != nil || a.State != Waiting {
			return notFound(err)
		}
		member, err := upsert(ctx, tx, a, now)
		if err != nil {
			return err
		}
		if err := record(ctx, tx, member, a.Consents); err != nil {
			return err
		}
		if err := conclude(ctx, tx, a.ID, now); err != nil {
			return err
		}
		done = true
		return mail.Enqueue(ctx, tx, welcome)
	})
	return done && err == nil, err
}

func upsert(ctx context.Context, tx *sql.Tx, a Application, now time.Time) (id string, err error) {
	answers, err := json.Marshal(a.Answers)
	if err != nil {
		return "", err
	}
	err = tx.QueryRowContext(ctx, `
		INSERT INTO members (id, email, lang, form, answers, confirmed_at, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $6)
		ON CONFLICT (email) DO UPDATE SET
			lang = excluded.lang, form = excluded.form, answers = excluded.answers, updated_at = excluded.updated_at
		RETURNING id`,
		a.ID, a.Email, a.Lang, a.Form, string(answers), now.Unix()).Scan(&id)
	return id, err
}

func record(ctx context.Context, tx *sql.Tx, member string, consents []Consent) error {
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

// conclude ends an application whose content the member now holds.
func conclude(ctx context.Context, tx *sql.Tx, application string, now time.Time) error {
	_, err := tx.ExecContext(ctx, `
		UPDATE applications SET `+ending+` WHERE id = $3`,
		Confirmed, now.Unix(), application)
	return err
}
