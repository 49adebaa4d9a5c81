package access

import (
	"context"
	"database/sql"
	"time"
)

// maxSessions is how many sessions a draft may have. One more takes the place of the
// oldest.
const maxSessions = 20

// A Beginning is what is known of a draft that begins.
type Beginning struct {
	Draft     string    // its key
	Session   string    // the first session that leads to it
	Email     string    // canonical: the address that was answered in it, or ""
	ExpiresAt time.Time // it does not end before
	Network   string    // the digest of the network of the browser, or ""
	At        time.Time
}

// Begin makes the entry of a draft with its first session. An entry that is there is kept
// as it is and gets one more session. If a budget of limits is used up, Begin does
// nothing and returns a [LimitError].
//
// A session is the digest of a secret that one browser has. It leads to one
// draft, the last that it was attached to.
func (s *Store) Begin(ctx context.Context, b Beginning, limits *BeginLimits) error {
	// A first look without a transaction: what is refused makes no other save wait.
	if err := limits.allow(ctx, s.db.Read(), b.Network, b.At); err != nil {
		return s.db.Wrap("begin", err)
	}
	return s.db.Tx(ctx, "begin", func(tx *sql.Tx) error {
		if err := limits.allow(ctx, tx, b.Network, b.At); err != nil {
			return err
		}
		if err := limits.count(ctx, tx, b.Network, b.At); err != nil {
			return err
		}
		if err := createEntry(ctx, tx, b.Draft, b.Email, b.ExpiresAt); err != nil {
			return err
		}
		return attachSession(ctx, tx, b.Draft, b.Session)
	})
}

func createEntry(ctx context.Context, tx *sql.Tx, draft, email string, ends time.Time) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO draft_access (draft, answered_email, expires_at) VALUES ($1, $2, $3) ON CONFLICT (draft) DO NOTHING`,
		draft, email, ends.Unix())
	return err
}

// attachSession makes session the newest session of draft.
func attachSession(ctx context.Context, tx *sql.Tx, draft, session string) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM sessions WHERE digest = $1`, session); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO sessions (digest, draft) VALUES ($1, $2)`, session, draft); err != nil {
		return err
	}
	return evictOldest(ctx, tx, draft)
}

// evictOldest removes the oldest sessions of a draft that has too many.
func evictOldest(ctx context.Context, tx *sql.Tx, draft string) error {
	_, err := tx.ExecContext(ctx, `
		DELETE FROM sessions
		WHERE draft = $1 AND id <= (SELECT id FROM sessions WHERE draft = $1 ORDER BY id DESC LIMIT 1 OFFSET $2)`,
		draft, maxSessions)
	return err
}

// MoveSessions makes the sessions of one draft those of another, and leaves
// nothing of the first; letters about it that wait are not sent. If there is no
// entry of the other, it begins, and does not end before ends. Moving twice is
// the same as once.
func (s *Store) MoveSessions(ctx context.Context, from, to string, ends time.Time) error {
	return s.db.Tx(ctx, "move sessions", func(tx *sql.Tx) error { return MoveSessions(ctx, tx, from, to, "", ends) })
}

// MoveSessions does within tx what the method does. An entry that begins has the
// given address, or "".
func MoveSessions(ctx context.Context, tx *sql.Tx, from, to, email string, ends time.Time) error {
	if from == to {
		return nil
	}
	if err := createEntry(ctx, tx, to, email, ends); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE sessions SET draft = $1 WHERE draft = $2`, to, from); err != nil {
		return err
	}
	if err := evictOldest(ctx, tx, to); err != nil {
		return err
	}
	return removeDraft(ctx, tx, from)
}

// BySession returns the draft of a browser session, or ErrNotFound.
func (s *Store) BySession(ctx context.Context, session string) (DraftInfo, error) {
	info, err := scanInfo(s.db.Read().QueryRowContext(ctx, `
		SELECT `+infoColumns+` FROM sessions s JOIN draft_access d USING (draft) WHERE s.digest = $1`, session))
	return info, s.db.Wrap("by session", err)
}
