package access

import (
	"context"
	"database/sql"
	"time"

	"joinery/app/mail"
)

// mostMailed is how many mailed ways to one draft are kept. One more takes the
// place of the oldest. The usual budget allows fewer in the time that the link
// of a reminder has to last.
const mostMailed = 250

// Open opens a way, or returns ErrNotFound if its draft is not known. A code
// that is handed over takes the place of the one before.
func (s *Store) Open(ctx context.Context, w Way) error {
	return s.inTx(ctx, "open", func(tx *sql.Tx) error { return open(ctx, tx, w) })
}

func open(ctx context.Context, tx *sql.Tx, w Way) error {
	if w.Kind == Handed {
		if _, err := tx.ExecContext(ctx, `DELETE FROM ways WHERE draft = $1 AND kind = $2`, w.Draft, Handed); err != nil {
			return err
		}
	}
	err := must(tx.ExecContext(ctx, `
		INSERT INTO ways (secret, kind, draft, mailbox, lang, made_at, expires_at)
		SELECT $1, $2, key, $3, $4, $5, $6 FROM drafts WHERE key = $7`,
		w.Secret, w.Kind, w.Mailbox, w.Lang, w.Made.Unix(), w.Expires.Unix(), w.Draft))
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `
		DELETE FROM ways WHERE draft = $1 AND kind = $2 AND id <= (
			SELECT id FROM ways WHERE draft = $1 AND kind = $2 ORDER BY id DESC LIMIT 1 OFFSET $3)`,
		w.Draft, Mailed, mostMailed)
	return err
}

// Mail queues a letter and opens the ways that it carries. It does neither,
// and returns false, when the letter would be beyond the limits; and neither,
// with ErrNotFound, when the draft of a way is not known.
func (s *Store) Mail(ctx context.Context, ways []Way, letter mail.Letter, within *mail.Limits) (queued bool, err error) {
	err = s.inTx(ctx, "mail", func(tx *sql.Tx) error {
		if queued, err = within.Enqueue(ctx, tx, letter); err != nil || !queued {
			return err
		}
		for _, w := range ways {
			if err := open(ctx, tx, w); err != nil {
				return err
			}
		}
		return nil
	})
	return queued && err == nil, err
}

const wayColumns = `secret, kind, draft, mailbox, lang, made_at, expires_at, press`

// Way returns the way with the given secret, be it open, used up or expired,
// or ErrNotFound.
func (s *Store) Way(ctx context.Context, secret string) (Way, error) {
	w, err := scanWay(s.db.Read().QueryRowContext(ctx, `SELECT `+wayColumns+` FROM ways WHERE secret = $1`, secret))
	return w, wrap("way", err)
}

// Handed returns the code of a draft, be it open, used up or expired, or
// ErrNotFound.
func (s *Store) Handed(ctx context.Context, draft string) (Way, error) {
	w, err := scanWay(s.db.Read().QueryRowContext(ctx, `SELECT `+wayColumns+` FROM ways WHERE draft = $1 AND kind = $2`, draft, Handed))
	return w, wrap("handed", err)
}

func scanWay(r row) (Way, error) {
	var w Way
	var made, expires int64
	err := r.Scan(&w.Secret, &w.Kind, &w.Draft, &w.Mailbox, &w.Lang, &made, &expires, &w.Press)
	w.Made, w.Expires = time.Unix(made, 0), time.Unix(expires, 0)
	return w, notFound(err)
}
