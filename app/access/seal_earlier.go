package access

import (
	"context"
	"database/sql"
	"errors"
)

// SealEarlier seals the addresses that an earlier version kept in clear, keys its digests,
// forgets its attempts, and gives each of its drafts a key, all or nothing. Then it empties the journal. Call it
// at the start, before the store is used; with nothing to seal it changes nothing.
func (s *Store) SealEarlier(ctx context.Context) error {
	err := s.db.Tx(ctx, "seal earlier", func(tx *sql.Tx) error {
		for _, table := range []string{"sessions", "grants"} {
			if err := s.keyProven(ctx, tx, table); err != nil {
				return err
			}
		}
		if err := errors.Join(s.forgetAttempts(ctx, tx), s.sealRecipients(ctx, tx)); err != nil {
			return err
		}
		return s.sealEntries(ctx, tx) // last: afterwards nothing tells which rows are of an earlier version
	})
	if err != nil {
		return err
	}
	return s.db.Wrap("seal earlier", s.db.TruncateJournal(ctx))
}

// ofEarlier is the condition for rows about drafts of an earlier version.
const ofEarlier = `draft IN (SELECT draft FROM draft_access WHERE sealed_key IS NULL)`

// keyProven keys which mailboxes were proven, in a table.
func (s *Store) keyProven(ctx context.Context, tx *sql.Tx, table string) error {
	return updateEach(ctx, tx, `SELECT digest, proven FROM `+table+` WHERE proven <> '' AND `+ofEarlier,
		`UPDATE `+table+` SET proven = $1 WHERE digest = $2`,
		func(digest, proven string) []any { return []any{keyedDigest(s.ring, proven), digest} })
}

// forgetAttempts removes the attempts that an earlier version counted, under digests that
// anybody can make, while there are drafts of it. They count for ten minutes only.
func (s *Store) forgetAttempts(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM attempts WHERE EXISTS (SELECT 1 FROM draft_access WHERE sealed_key IS NULL)`)
	return err
}

// sealRecipients seals to which addresses links were mailed.
func (s *Store) sealRecipients(ctx context.Context, tx *sql.Tx) error {
	return updateEach(ctx, tx, `SELECT digest, recipient FROM grants WHERE recipient <> '' AND `+ofEarlier,
		`UPDATE grants SET recipient = $1, recipient_digest = $2 WHERE digest = $3`,
		func(digest, email string) []any {
			return []any{s.ring.Seal(aboutRecipient(digest), email), mailboxDigest(s.ring, email), digest}
		})
}

// updateEach runs an update for each row of two texts that a query finds.
func updateEach(ctx context.Context, tx *sql.Tx, query, update string, args func(first, second string) []any) error {
	rows, err := tx.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	all, err := scanPairs(rows)
	if err != nil {
		return err
	}
	for _, pair := range all {
		if _, err := tx.ExecContext(ctx, update, args(pair[0], pair[1])...); err != nil {
			return err
		}
	}
	return nil
}

// scanPairs scans and closes rows of two texts.
func scanPairs(rows *sql.Rows) (all [][2]string, err error) {
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

// sealEntries seals the addresses of drafts, and gives each draft a key.
func (s *Store) sealEntries(ctx context.Context, tx *sql.Tx) error {
	rows, err := tx.QueryContext(ctx, `SELECT `+infoColumns+` FROM draft_access d WHERE d.sealed_key IS NULL ORDER BY d.draft`)
	if err != nil {
		return err
	}
	earlier, err := scanInfos(rows)
	if err != nil {
		return err
	}
	for _, row := range earlier {
		if err := s.sealEntry(ctx, tx, row); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) sealEntry(ctx context.Context, tx *sql.Tx, row sealedInfo) error {
	draft := row.info.Draft
	_, key := s.ring.NewKey(aboutKey(draft))
	_, err := tx.ExecContext(ctx, `
		UPDATE draft_access SET answered_email = $1, answered_digest = $2, contact_email = $3, contact_digest = $4, proven = $5, sealed_key = $6
		WHERE draft = $7`,
		s.ring.Seal(aboutAnswered(draft), row.answered), mailboxDigest(s.ring, row.answered),
		s.ring.Seal(aboutContact(draft), row.contact), mailboxDigest(s.ring, row.contact),
		keyedDigest(s.ring, row.info.proven), key, draft)
	return err
}
