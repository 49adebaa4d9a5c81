package member

import (
	"context"
	"database/sql"
	"time"

	"joinery/app/access"
	"joinery/app/mail"
)

// An Erasure is what Erase has found of an address.
type Erasure struct {
	Members []string // their IDs
	Former  int      // former answers of these
	Changes int      // open changes of address, of these and to the address
	Waiting []string // the IDs of applications that waited

	// Drafts are the keys of the drafts from which the applications of all these were sent,
	// and of those that correct them.
	Drafts []string
}

// Erase removes the members and the waiting applications with an address, in upper or
// lower case, with their former answers, cancels letters about them, and removes the
// copies in the journal. The links in letters then say that the application was withdrawn.
// The drafts of the applications are discarded, see [access.Discard]: no browser leads to
// one any more, and the caller or a later job deletes what the store of drafts has of them.
// A change of address that another member was to confirm with it is withdrawn. The consents
// of members stay as a proof, see package consent.
func (s *Store) Erase(ctx context.Context, address string, now time.Time) (found Erasure, err error) {
	return s.erase(ctx, now, func(tx *sql.Tx) (found Erasure, err error) {
		if found.Members, err = ids(ctx, tx, `SELECT id FROM members WHERE lower(email) = lower($1) ORDER BY confirmed_at, id`, address); err != nil {
			return found, err
		}
		if found.Changes, err = s.withdrawAddressChanges(ctx, tx, address, now); err != nil {
			return found, err
		}
		found.Waiting, err = s.waitingIDs(ctx, tx, address)
		return found, err
	})
}

// EraseMember does what Erase does for one of several members who share an address, or
// returns ErrNotFound.
func (s *Store) EraseMember(ctx context.Context, id string, now time.Time) (Erasure, error) {
	return s.erase(ctx, now, func(tx *sql.Tx) (found Erasure, err error) {
		found.Members, err = ids(ctx, tx, `SELECT id FROM members WHERE id = $1`, id)
		if err == nil && len(found.Members) == 0 {
			err = ErrNotFound
		}
		return found, err
	})
}

// EraseWaiting does what Erase does for the waiting applications with an address alone.
func (s *Store) EraseWaiting(ctx context.Context, address string, now time.Time) (Erasure, error) {
	return s.erase(ctx, now, func(tx *sql.Tx) (found Erasure, err error) {
		found.Waiting, err = s.waitingIDs(ctx, tx, address)
		return found, err
	})
}

// waitingIDs returns the IDs of the waiting applications with an address.
func (s *Store) waitingIDs(ctx context.Context, tx *sql.Tx, address string) ([]string, error) {
	return ids(ctx, tx, `SELECT id FROM applications WHERE state = 'waiting' AND email_digest = $1 ORDER BY sent_at, id`, s.emailDigest(address))
}

// erase removes what find finds.
func (s *Store) erase(ctx context.Context, now time.Time, find func(*sql.Tx) (Erasure, error)) (found Erasure, err error) {
	err = s.db.Tx(ctx, "erase", func(tx *sql.Tx) (err error) {
		if found, err = find(tx); err != nil {
			return err
		}
		for _, application := range found.Waiting {
			if err := found.removeWaiting(ctx, tx, application, now); err != nil {
				return err
			}
		}
		for _, member := range found.Members {
			if err := found.removeMember(ctx, tx, member, now); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return Erasure{}, err
	}
	return found, s.db.Wrap("erase", s.db.TruncateJournal(ctx))
}

// removeWaiting ends an application that waits, and discards its drafts.
func (e *Erasure) removeWaiting(ctx context.Context, tx *sql.Tx, application string, now time.Time) error {
	if err := e.discardDrafts(ctx, tx, application); err != nil {
		return err
	}
	_, err := closeApplication(ctx, tx, application, Withdrawn, now)
	return err
}

// removeMember removes a member with all former answers. The applications that the answers
// came with count as withdrawn from now on.
func (e *Erasure) removeMember(ctx context.Context, tx *sql.Tx, member string, now time.Time) error {
	applications, err := applicationsOf(ctx, tx, member)
	if err != nil {
		return err
	}
	for _, application := range applications {
		if err := e.withdraw(ctx, tx, application, now); err != nil {
			return err
		}
	}
	changes, err := removeAddressChanges(ctx, tx, member, now)
	if err != nil {
		return err
	}
	e.Changes += changes
	var former int
	if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM former_answers WHERE member = $1`, member).Scan(&former); err != nil {
		return err
	}
	e.Former += former
	_, err = tx.ExecContext(ctx, `DELETE FROM members WHERE id = $1`, member) // and with it the former answers
	return err
}

// applicationsOf returns the IDs of the applications that the answers of a member came with,
// also the former ones. Letters about the member have them as their topics.
func applicationsOf(ctx context.Context, tx *sql.Tx, member string) ([]string, error) {
	return ids(ctx, tx, `
		SELECT id FROM applications WHERE id = $1 OR id IN (
			SELECT application FROM members WHERE id = $1
			UNION SELECT application FROM former_answers WHERE member = $1
			UNION SELECT replaced_by FROM former_answers WHERE member = $1)`, member)
}

// withdraw has a confirmed application count as withdrawn, and discards its drafts.
func (e *Erasure) withdraw(ctx context.Context, tx *sql.Tx, application string, now time.Time) error {
	if _, err := tx.ExecContext(ctx, `UPDATE applications SET state = $1 WHERE id = $2 AND state = $3`, Withdrawn, application, Confirmed); err != nil {
		return err
	}
	if err := e.discardDrafts(ctx, tx, application); err != nil {
		return err
	}
	return mail.Cancel(ctx, tx, application, now)
}

// discardDrafts discards the draft of an application, and the one that corrects it.
func (e *Erasure) discardDrafts(ctx context.Context, tx *sql.Tx, application string) error {
	drafts, err := ids(ctx, tx, `
		SELECT draft FROM applications WHERE id = $1
		UNION SELECT correction FROM applications WHERE id = $1 AND correction <> ''`, application)
	if err != nil {
		return err
	}
	for _, draft := range drafts {
		if err := access.Discard(ctx, tx, draft); err != nil {
			return err
		}
	}
	e.Drafts = append(e.Drafts, drafts...)
	return nil
}

// ids returns the IDs that a query finds.
func ids(ctx context.Context, tx *sql.Tx, query string, args ...any) (all []string, err error) {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		all = append(all, id)
	}
	return all, rows.Err()
}
