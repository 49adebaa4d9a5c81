package access

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// maxSessions is how many browsers may hold one draft. One more takes the
// place of the one that came first.
const maxSessions = 20

// Begin makes the entry of a draft that ends at the earliest at ends, with its
// first holder. If there is one, it is kept as it is and gets one more holder.
//
// A holder is the digest of the secret of a browser. It holds one draft, the
// last that it was given.
func (s *Store) Begin(ctx context.Context, draft, holder string, ends time.Time) error {
	return s.inTx(ctx, "begin", func(tx *sql.Tx) error {
		if err := createEntry(ctx, tx, draft, ends); err != nil {
			return err
		}
		return attachSession(ctx, tx, draft, holder)
	})
}

func createEntry(ctx context.Context, tx *sql.Tx, draft string, ends time.Time) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO drafts (key, ends_at) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING`, draft, ends.Unix())
	return err
}

// attachSession makes holder the newest holder of draft.
func attachSession(ctx context.Context, tx *sql.Tx, draft, holder string) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM holders WHERE secret = $1`, holder); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO holders (secret, draft) VALUES ($1, $2)`, holder, draft); err != nil {
		return err
	}
	return evictOldest(ctx, tx, draft)
}

// evictOldest takes the draft from its oldest holders if there are too many.
func evictOldest(ctx context.Context, tx *sql.Tx, draft string) error {
	_, err := tx.ExecContext(ctx, `
		DELETE FROM holders
		WHERE draft = $1 AND id <= (SELECT id FROM holders WHERE draft = $1 ORDER BY id DESC LIMIT 1 OFFSET $2)`,
		draft, maxSessions)
	return err
}

// Redeem uses up the way with the given secret and makes holder a holder of its
// draft, and reports whether it did: the way must be unused and not expired.
// Of any number of calls at the same time, with different presses, one does.
//
// A press names one showing of the page on which the way is used up. With the
// same press it can be used again until it expires, so that whoever presses
// the button twice is let in by whichever answer the browser waits for.
func (s *Store) Redeem(ctx context.Context, secret, press, holder string, now time.Time) (ok bool, err error) {
	err = s.inTx(ctx, "admit", func(tx *sql.Tx) error {
		var draft string
		err := tx.QueryRowContext(ctx, `
			UPDATE ways SET press = $1
			WHERE $1 <> '' AND secret = $2 AND press IN ('', $1) AND expires_at > $3
			RETURNING draft`,
			press, secret, now.Unix()).Scan(&draft)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		ok = true
		return attachSession(ctx, tx, draft, holder)
	})
	return ok && err == nil, err
}

// MoveSessions makes the holders of one draft those of another, and leaves nothing of
// the first; letters about it that wait are not sent. If there is no entry of
// the other, it begins, and ends at the earliest at ends. Moving twice is the
// same as once.
func (s *Store) MoveSessions(ctx context.Context, from, to string, ends time.Time) error {
	if from == to {
		return nil
	}
	return s.inTx(ctx, "move", func(tx *sql.Tx) error {
		if err := createEntry(ctx, tx, to, ends); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE holders SET draft = $1 WHERE draft = $2`, to, from); err != nil {
			return err
		}
		if err := evictOldest(ctx, tx, to); err != nil {
			return err
		}
		return removeDraft(ctx, tx, from)
	})
}
