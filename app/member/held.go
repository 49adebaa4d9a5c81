package member

import (
	"context"
	"database/sql"
)

// A Hold is what a waiting application whose mailbox is proven waits for.
type Hold string

// The holds.
const (
	NotHeld      Hold = ""
	ForApplicant Hold = "who" // for the reader of the mailbox to say who sent it
)

// hold holds a waiting application, and forgets the choices on its links, which have
// counted.
func hold(ctx context.Context, tx *sql.Tx, application string) error {
	if _, err := tx.ExecContext(ctx, `UPDATE applications SET held = $1 WHERE id = $2`, ForApplicant, application); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `UPDATE links SET pending_choice = '', chosen_at = 0 WHERE application = $1`, application)
	return err
}

// insertProof records that a session of the browser that applied has proven the mailbox
// of an application. The record ends with either of them.
func insertProof(ctx context.Context, tx *sql.Tx, application, session string) error {
	if session == "" {
		return nil
	}
	_, err := tx.ExecContext(ctx, `
		INSERT INTO proven_sessions (application, session) SELECT $1, digest FROM sessions WHERE digest = $2
		ON CONFLICT (session, application) DO NOTHING`, application, session)
	return err
}

// Proven reports whether a session has proven the mailbox of an application.
func (s *Store) Proven(ctx context.Context, application, session string) (proven bool, err error) {
	err = s.db.Read().QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM proven_sessions WHERE application = $1 AND session = $2)`, application, session).
		Scan(&proven)
	return proven, s.db.Wrap("proven", err)
}

// Sharing returns the members with an address, in upper or lower case, the oldest first.
func (s *Store) Sharing(ctx context.Context, address string) ([]Member, error) {
	all, err := sharing(ctx, s.db.Read(), address)
	return all, s.db.Wrap("sharing", err)
}

// Shared reports whether an address, in upper or lower case, is that of more than one
// person: of several members, or of members and of applications that wait.
func (s *Store) Shared(ctx context.Context, address string) (shared bool, err error) {
	err = s.db.Read().QueryRowContext(ctx, `
		SELECT (SELECT count(*) FROM members WHERE lower(email) = lower($1)) + (SELECT count(*) FROM applications WHERE state = 'waiting' AND email_digest = $2) > 1`,
		address, s.emailDigest(address)).Scan(&shared)
	return shared, s.db.Wrap("shared", err)
}

func sharing(ctx context.Context, q querier, address string) (all []Member, err error) {
	rows, err := q.QueryContext(ctx, `SELECT `+memberColumns+` FROM members m WHERE lower(m.email) = lower($1) ORDER BY m.confirmed_at, m.id`, address)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		m, err := scanMember(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, m)
	}
	return all, rows.Err()
}
