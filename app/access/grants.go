package access

import (
	"context"
	"database/sql"
	"time"

	"joinery/app/db"
	"joinery/app/mail"
)

// maxLinks is how many mailed links a draft may have. One more takes the place of the
// oldest. The usual mail budget allows fewer while the link of a reminder must last.
const maxLinks = 250

// AddHandoff adds a handoff code that the browser with a session has made, or returns
// ErrNotFound if the draft is not open in that session. The code takes the place of the
// one before. It passes on which mailbox the session has proven.
func (s *Store) AddHandoff(ctx context.Context, g Grant, session string) error {
	return s.db.Tx(ctx, "add handoff", func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM grants WHERE draft = $1 AND kind = $2`, g.Draft, ByHandoff); err != nil {
			return err
		}
		return db.MustChange(tx.ExecContext(ctx, `
			INSERT INTO grants (digest, kind, draft, lang, created_at, expires_at, proven)
			SELECT $1, $2, draft, $3, $4, $5, proven FROM sessions WHERE digest = $6 AND draft = $7 AND closed_at = 0`,
			g.Digest, ByHandoff, g.Lang, g.CreatedAt.Unix(), g.ExpiresAt.Unix(), session, g.Draft))
	})
}

// addLink adds a link, or returns ErrNotFound if its draft is not known.
func (s *Store) addLink(ctx context.Context, tx *sql.Tx, g Grant) error {
	err := db.MustChange(tx.ExecContext(ctx, `
		INSERT INTO grants (digest, kind, draft, recipient, recipient_digest, lang, created_at, expires_at)
		SELECT $1, $2, draft, $3, $4, $5, $6, $7 FROM draft_access WHERE draft = $8`,
		g.Digest, ByLink, s.ring.Seal(aboutRecipient(g.Digest), g.Recipient), mailboxDigest(s.ring, g.Recipient), g.Lang, g.CreatedAt.Unix(), g.ExpiresAt.Unix(), g.Draft))
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `
		DELETE FROM grants WHERE draft = $1 AND kind = $2 AND id <= (
			SELECT id FROM grants WHERE draft = $1 AND kind = $2 ORDER BY id DESC LIMIT 1 OFFSET $3)`,
		g.Draft, ByLink, maxLinks)
	return err
}

// Turn returns when the last letter with links goes out to an address that was not tried
// yet, or the zero time if there is none.
func (s *Store) Turn(ctx context.Context, email string) (time.Time, error) {
	at, err := mail.TurnOf(ctx, s.db.DB, s.ring, mail.Resume, email)
	return at, s.db.Wrap("turn", err)
}

// ExtendGrant notes when an unused grant ends, whose letter is about to be sent. It returns
// ErrNotFound if there is none.
func (s *Store) ExtendGrant(ctx context.Context, digest string, expires time.Time) error {
	return s.db.Wrap("extend grant", db.MustChange(s.db.Write().ExecContext(ctx, `
		UPDATE grants SET expires_at = $1 WHERE digest = $2 AND used_by = ''`, expires.Unix(), digest)))
}

const grantColumns = `digest, kind, draft, recipient, lang, created_at, expires_at, used_by`

// Grant returns the grant with the given digest, also when it is used or expired, or
// ErrNotFound.
func (s *Store) Grant(ctx context.Context, digest string) (Grant, error) {
	g, err := s.scanGrant(ctx, s.db.Read().QueryRowContext(ctx, `SELECT `+grantColumns+` FROM grants WHERE digest = $1`, digest))
	return g, s.db.Wrap("grant", err)
}

// HandoffGrant returns the handoff code of a draft, also when it is used or expired, or
// ErrNotFound.
func (s *Store) HandoffGrant(ctx context.Context, draft string) (Grant, error) {
	g, err := s.scanGrant(ctx, s.db.Read().QueryRowContext(ctx, `SELECT `+grantColumns+` FROM grants WHERE draft = $1 AND kind = $2`, draft, ByHandoff))
	return g, s.db.Wrap("handoff grant", err)
}

func (s *Store) scanGrant(ctx context.Context, r row) (g Grant, err error) {
	var recipient string
	var created, expires int64
	if err := r.Scan(&g.Digest, &g.Kind, &g.Draft, &recipient, &g.Lang, &created, &expires, &g.UsedBy); err != nil {
		return Grant{}, err
	}
	g.CreatedAt, g.ExpiresAt = time.Unix(created, 0), time.Unix(expires, 0)
	g.Recipient, err = s.ring.Open(ctx, aboutRecipient(g.Digest), recipient)
	return g, ignoreDamaged(err)
}
