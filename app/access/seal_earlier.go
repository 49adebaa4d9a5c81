package access

import (
	"context"
	"database/sql"
	"errors"
)

// sealedAtOnce is how many drafts of an earlier version are sealed in one transaction.
const sealedAtOnce = 1000

// SealEarlier seals the addresses that an earlier version kept in clear, keys its digests,
// forgets its attempts, and gives each of its drafts a key. Then it empties the journal. Call it
// at the start, before the store is used. It may be interrupted: each draft is of the earlier
// version, with all that leads to it, or of this one. With nothing to seal it changes nothing.
func (s *Store) SealEarlier(ctx context.Context) error {
	for last, n := "", -1; n != 0; {
		err := s.db.Tx(ctx, "seal earlier", func(tx *sql.Tx) (err error) {
			last, n, err = s.sealSome(ctx, tx, last)
			return err
		})
		if err != nil {
			return err
		}
	}
	return s.db.Wrap("seal earlier", s.db.TruncateJournal(ctx))
}

// sealSome seals the next drafts of an earlier version whose keys follow after. It returns
// the last key, and how many drafts there were.
func (s *Store) sealSome(ctx context.Context, tx *sql.Tx, after string) (last string, n int, err error) {
	all, err := earlierEntries(ctx, tx, after)
	if err != nil || len(all) == 0 {
		return "", 0, err
	}
	last = all[len(all)-1].info.Draft
	for _, table := range []string{"sessions", "grants"} {
		if err := s.keyProven(ctx, tx, table, after, last); err != nil {
			return "", 0, err
		}
	}
	if err := errors.Join(forgetAttempts(ctx, tx), s.sealRecipients(ctx, tx, after, last)); err != nil {
		return "", 0, err
	}
	return last, len(all), s.sealEntries(ctx, tx, all) // at the end: afterwards nothing tells which rows are of an earlier version
}

// earlierEntries returns the next drafts of an earlier version whose keys follow after.
func earlierEntries(ctx context.Context, tx *sql.Tx, after string) ([]sealedInfo, error) {
	rows, err := tx.QueryContext(ctx, `
		SELECT `+infoColumns+` FROM draft_access d WHERE d.sealed_key IS NULL AND d.draft > $1 ORDER BY d.draft LIMIT $2`, after, sealedAtOnce)
	if err != nil {
		return nil, err
	}
	return scanInfos(rows)
}

// ofEarlier is the condition for rows about drafts of an earlier version, whose keys follow
// $1 up to $2.
const ofEarlier = `draft IN (SELECT draft FROM draft_access WHERE sealed_key IS NULL AND draft > $1 AND draft <= $2)`

// keyProven keys which mailboxes were proven, in a table.
func (s *Store) keyProven(ctx context.Context, tx *sql.Tx, table, after, last string) error {
	all, err := pairs(ctx, tx, `SELECT digest, proven FROM `+table+` WHERE proven <> '' AND `+ofEarlier, after, last)
	if err != nil {
		return err
	}
	return updateEach(ctx, tx, `UPDATE `+table+` SET proven = $1 WHERE digest = $2`, all, func(pair [2]string) []any {
		return []any{keyedDigest(s.ring, pair[1]), pair[0]}
	})
}

// forgetAttempts removes the attempts that an earlier version counted, under digests that
// anybody can make. They count for ten minutes only.
func forgetAttempts(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM attempts`)
	return err
}

// sealRecipients seals to which addresses links were mailed.
func (s *Store) sealRecipients(ctx context.Context, tx *sql.Tx, after, last string) error {
	all, err := pairs(ctx, tx, `SELECT digest, recipient FROM grants WHERE recipient <> '' AND `+ofEarlier, after, last)
	if err != nil {
		return err
	}
	return updateEach(ctx, tx, `UPDATE grants SET recipient = $1, recipient_digest = $2 WHERE digest = $3`, all, func(pair [2]string) []any {
		digest, email := pair[0], pair[1]
		return []any{s.ring.Seal(aboutRecipient(digest), email), mailboxDigest(s.ring, email), digest}
	})
}

// sealEntries seals the addresses of drafts, and gives each draft a key.
func (s *Store) sealEntries(ctx context.Context, tx *sql.Tx, all []sealedInfo) error {
	return updateEach(ctx, tx, `
		UPDATE draft_access SET answered_email = $1, answered_digest = $2, contact_email = $3, contact_digest = $4, proven = $5, sealed_key = $6
		WHERE draft = $7`, all, func(row sealedInfo) []any {
		draft := row.info.Draft
		_, key := s.ring.NewKey(aboutKey(draft))
		return []any{
			s.ring.Seal(aboutAnswered(draft), row.answered), mailboxDigest(s.ring, row.answered),
			s.ring.Seal(aboutContact(draft), row.contact), mailboxDigest(s.ring, row.contact),
			keyedDigest(s.ring, row.info.proven), key, draft,
		}
	})
}

// updateEach runs an update for each of some rows.
func updateEach[R any](ctx context.Context, tx *sql.Tx, update string, all []R, args func(R) []any) error {
	prepared, err := tx.PrepareContext(ctx, update)
	if err != nil {
		return err
	}
	defer prepared.Close()
	for _, row := range all {
		if _, err := prepared.ExecContext(ctx, args(row)...); err != nil {
			return err
		}
	}
	return nil
}

// pairs returns the rows of two texts that a query finds.
func pairs(ctx context.Context, tx *sql.Tx, query string, args ...any) (all [][2]string, err error) {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var pair [2]string
		if err := rows.Scan(&pair[0], &pair[1]); err != nil {
			return nil, err
		}
		all = append(all, pair)
	}
	return all, rows.Err()
}
