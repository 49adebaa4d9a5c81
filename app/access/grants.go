package access

import (
	"context"
	"database/sql"
	"time"

	"joinery/app/db"
	"joinery/app/mail"
)

// maxLinks is how many mailed ways to one draft are kept. One more takes the
// place of the oldest. The usual budget allows fewer in the time that the link
// of a reminder has to last.
const maxLinks = 250

// AddGrant opens a way, or returns ErrNotFound if its draft is not known. A code
// that is handed over takes the place of the one before.
func (s *Store) AddGrant(ctx context.Context, w Grant) error {
	return s.db.Tx(ctx, "open", func(tx *sql.Tx) error { return addGrant(ctx, tx, w) })
}

func addGrant(ctx context.Context, tx *sql.Tx, w Grant) error {
	if w.Kind == ByHandoff {
		if _, err := tx.ExecContext(ctx, `DELETE FROM grants WHERE draft = $1 AND kind = $2`, w.Draft, ByHandoff); err != nil {
			return err
		}
	}
	err := db.MustChange(tx.ExecContext(ctx, `
		INSERT INTO grants (digest, kind, draft, recipient, lang, created_at, expires_at)
		SELECT $1, $2, draft, $3, $4, $5, $6 FROM draft_access WHERE draft = $7`,
		w.Digest, w.Kind, w.Recipient, w.Lang, w.CreatedAt.Unix(), w.ExpiresAt.Unix(), w.Draft))
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `
		DELETE FROM grants WHERE draft = $1 AND kind = $2 AND id <= (
			SELECT id FROM grants WHERE draft = $1 AND kind = $2 ORDER BY id DESC LIMIT 1 OFFSET $3)`,
		w.Draft, ByLink, maxLinks)
	return err
}

// SendGrants queues a letter and opens the ways that it carries. It does neither,
// and returns false, when the letter would be beyond the limits; and neither,
// with ErrNotFound, when the draft of a way is not known.
func (s *Store) SendGrants(ctx context.Context, ways []Grant, letter mail.Letter, within *mail.Limits) (queued bool, err error) {
	err = s.db.Tx(ctx, "mail", func(tx *sql.Tx) error {
		if queued, err = within.Enqueue(ctx, tx, letter); err != nil || !queued {
			return err
		}
		for _, w := range ways {
			if err := addGrant(ctx, tx, w); err != nil {
				return err
			}
		}
		return nil
	})
	return queued && err == nil, err
}

const grantColumns = `digest, kind, draft, recipient, lang, created_at, expires_at, used_by`

// Grant returns the way with the given secret, be it open, used up or expired,
// or ErrNotFound.
func (s *Store) Grant(ctx context.Context, secret string) (Grant, error) {
	w, err := scanGrant(s.db.Read().QueryRowContext(ctx, `SELECT `+grantColumns+` FROM grants WHERE digest = $1`, secret))
	return w, s.db.Wrap("way", err)
}

// HandoffGrant returns the code of a draft, be it open, used up or expired, or
// ErrNotFound.
func (s *Store) HandoffGrant(ctx context.Context, draft string) (Grant, error) {
	w, err := scanGrant(s.db.Read().QueryRowContext(ctx, `SELECT `+grantColumns+` FROM grants WHERE draft = $1 AND kind = $2`, draft, ByHandoff))
	return w, s.db.Wrap("handed", err)
}

func scanGrant(r row) (Grant, error) {
	var w Grant
	var made, expires int64
	err := r.Scan(&w.Digest, &w.Kind, &w.Draft, &w.Recipient, &w.Lang, &made, &expires, &w.UsedBy)
	w.CreatedAt, w.ExpiresAt = time.Unix(made, 0), time.Unix(expires, 0)
	return w, err
}
