package access

import (
	"context"
	"database/sql"
	"time"

	"joinery/app/seal"
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
	At        time.Time // of the save that begins it
}

// Begin makes the entry of a draft with its first session, and returns the key that seals
// its answers. An entry that is there is kept as it is and gets one more session. If a
// budget of limits is used up, Begin does nothing and returns a [LimitError].
//
// A session is the digest of a secret that one browser has. It leads to one
// draft, the last that it was attached to.
func (s *Store) Begin(ctx context.Context, b Beginning, limits *BeginLimits) (seal.Key, error) {
	// A first look without a transaction: what is refused makes no other save wait.
	if err := limits.allow(ctx, s.db.Read(), b.Network, b.At); err != nil {
		return seal.Key{}, s.db.Wrap("begin", err)
	}
	_, sealed := s.ring.NewKey(aboutKey(b.Draft))
	err := s.db.Tx(ctx, "begin", func(tx *sql.Tx) (err error) {
		if err := limits.allow(ctx, tx, b.Network, b.At); err != nil {
			return err
		}
		if err := limits.count(ctx, tx, b.Network, b.At); err != nil {
			return err
		}
		if sealed, err = createEntry(ctx, tx, s.ring, entry{draft: b.Draft, email: b.Email, key: sealed, saved: b.At, ends: b.ExpiresAt}); err != nil {
			return err
		}
		return attachSession(ctx, tx, b.Draft, b.Session, "")
	})
	if err != nil {
		return seal.Key{}, err
	}
	key, err := openKey(ctx, s.ring, b.Draft, sealed)
	return key, s.db.Wrap("begin", err)
}

// An entry is what the entry of a draft begins with.
type entry struct {
	draft  string    // its key
	email  string    // the answered address, or ""
	proven string    // the mailbox that was proven, as a digest, or ""
	key    string    // sealed; "": the draft has no answers
	clear  bool      // its answers may be in clear
	saved  time.Time // ends counts from it; zero: the draft has no answers
	ends   time.Time
}

// createEntry adds an entry, or keeps the one that is there, and returns its sealed key.
func createEntry(ctx context.Context, tx *sql.Tx, ring *seal.Ring, e entry) (key string, err error) {
	var noted int64
	if !e.saved.IsZero() {
		noted = e.saved.Unix()
	}
	err = tx.QueryRowContext(ctx, `
		INSERT INTO draft_access (draft, answered_email, answered_digest, proven, sealed_key, noted_at, expires_at, may_be_clear)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (draft) DO UPDATE SET draft = excluded.draft
		RETURNING coalesce(sealed_key, '')`,
		e.draft, ring.Seal(aboutAnswered(e.draft), e.email), mailboxDigest(ring, e.email), e.proven, e.key, noted, e.ends.Unix(), e.clear).Scan(&key)
	return key, err
}

// attachSession makes session the newest session of draft, with the mailbox that it has
// proven, as a digest.
func attachSession(ctx context.Context, tx *sql.Tx, draft, session, proven string) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM sessions WHERE digest = $1`, session); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO sessions (digest, draft, proven) VALUES ($1, $2, $3)`, session, draft, proven); err != nil {
		return err
	}
	return evictOldest(ctx, tx, draft)
}

// evictOldest removes the oldest sessions of a draft that has too many, the closed ones
// first.
func evictOldest(ctx context.Context, tx *sql.Tx, draft string) error {
	_, err := tx.ExecContext(ctx, `
		DELETE FROM sessions
		WHERE draft = $1 AND id NOT IN (SELECT id FROM sessions WHERE draft = $1 ORDER BY closed_at > 0, id DESC LIMIT $2)`,
		draft, maxSessions)
	return err
}

// MoveSessions makes the sessions of one draft those of another, with the mailboxes
// that were proven, and leaves nothing of the first; letters about it that wait are not
// sent. If there is no entry of the other, it begins as that of a draft without answers, and
// does not end before ends. Moving twice is the same as once.
func (s *Store) MoveSessions(ctx context.Context, from, to string, ends time.Time) error {
	return s.db.Tx(ctx, "move sessions", func(tx *sql.Tx) error { return MoveSessions(ctx, tx, s.ring, from, to, "", time.Time{}, ends) })
}

// MoveSessions does within tx what the method does. An entry that begins has the
// given address, sealed with ring, or "", but where another mailbox was proven only that
// one leads to it. Its key is that of [Store.CorrectionKey], if there is one, and its answers
// were saved at the given time; zero: it has none.
func MoveSessions(ctx context.Context, tx *sql.Tx, ring *seal.Ring, from, to, email string, saved, ends time.Time) error {
	if from == to {
		return nil
	}
	moved, err := movedEntry(ctx, tx, from)
	if err != nil {
		return err
	}
	moved.draft, moved.saved, moved.ends = to, saved, ends
	if moved.proven == "" || moved.proven == mailboxDigest(ring, email) {
		moved.email = email
	}
	if _, err := createEntry(ctx, tx, ring, moved); err != nil {
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

// BySession returns the draft of a browser session, ErrNotFound, or ErrClosed.
func (s *Store) BySession(ctx context.Context, session string) (DraftInfo, error) {
	var closed int64
	row, err := scanInfo(s.db.Read().QueryRowContext(ctx, `
		SELECT `+infoColumns+`, s.closed_at FROM sessions s JOIN draft_access d USING (draft) WHERE s.digest = $1`, session), &closed)
	switch {
	case err != nil:
		return DraftInfo{}, s.db.Wrap("by session", err)
	case closed != 0:
		return DraftInfo{}, ErrClosed
	}
	info, err := s.open(ctx, row)
	return info, s.db.Wrap("by session", err)
}

// NotClosed returns, within tx, ErrClosed for a session that was closed.
func NotClosed(ctx context.Context, tx *sql.Tx, session string) error {
	var closed bool
	err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM sessions WHERE digest = $1 AND closed_at <> 0)`, session).Scan(&closed)
	if err == nil && closed {
		return ErrClosed
	}
	return err
}

// Leave removes a session, open or closed: its browser opens nothing any more. The draft
// and all else that leads to it stay. A session that is not known is no error.
func (s *Store) Leave(ctx context.Context, session string) error {
	_, err := s.db.Write().ExecContext(ctx, `DELETE FROM sessions WHERE digest = $1`, session)
	return s.db.Wrap("leave", err)
}
