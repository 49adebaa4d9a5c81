package access

import (
	"context"
	"database/sql"
)

// SealEarlier seals the addresses that an earlier version kept in clear, keys its digests,
// and gives each of its drafts a key, all or nothing. Then it empties the journal. Call it
// at the start, before the store is used; with nothing to seal it changes nothing.
func (s *Store) SealEarlier(ctx context.Context) error {
	err := s.db.Tx(ctx, "seal earlier", func(tx *sql.Tx) error {
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
	})
	if err != nil {
		return err
	}
	return s.db.Wrap("seal earlier", s.db.TruncateJournal(ctx))
}

// sealEntry seals the entry of a draft, with its sessions and grants.
func (s *Store) sealEntry(ctx context.Context, tx *sql.Tx, row sealedInfo) error {
	draft := row.info.Draft
	_, key := s.ring.NewKey(aboutKey(draft))
	_, err := tx.ExecContext(ctx, `
		UPDATE draft_access SET answered_email = $1, answered_digest = $2, contact_email = $3, contact_digest = $4, proven = $5, sealed_key = $6
		WHERE draft = $7`,
		s.ring.Seal(aboutAnswered(draft), row.answered), mailboxDigest(s.ring, row.answered),
		s.ring.Seal(aboutContact(draft), row.contact), mailboxDigest(s.ring, row.contact),
		keyedDigest(s.ring, row.info.proven), key, draft)
	if err != nil {
		return err
	}
	if err := s.keySessions(ctx, tx, draft); err != nil {
		return err
	}
	return s.sealGrants(ctx, tx, draft)
}

// keySessions keys what the sessions of a draft have proven.
func (s *Store) keySessions(ctx context.Context, tx *sql.Tx, draft string) error {
	proven, err := pairs(tx.QueryContext(ctx, `SELECT digest, proven FROM sessions WHERE draft = $1 AND proven <> ''`, draft))
	if err != nil {
		return err
	}
	for _, p := range proven {
		if _, err := tx.ExecContext(ctx, `UPDATE sessions SET proven = $1 WHERE digest = $2`, keyedDigest(s.ring, p[1]), p[0]); err != nil {
			return err
		}
	}
	return nil
}

// sealGrants seals to which addresses the links of a draft were mailed, and keys what its
// code passes on.
func (s *Store) sealGrants(ctx context.Context, tx *sql.Tx, draft string) error {
	mailed, err := pairs(tx.QueryContext(ctx, `SELECT digest, recipient FROM grants WHERE draft = $1 AND recipient <> ''`, draft))
	if err != nil {
		return err
	}
	for _, p := range mailed {
		_, err := tx.ExecContext(ctx, `UPDATE grants SET recipient = $1, recipient_digest = $2 WHERE digest = $3`,
			s.ring.Seal(aboutRecipient(p[0]), p[1]), mailboxDigest(s.ring, p[1]), p[0])
		if err != nil {
			return err
		}
	}
	proven, err := pairs(tx.QueryContext(ctx, `SELECT digest, proven FROM grants WHERE draft = $1 AND proven <> ''`, draft))
	if err != nil {
		return err
	}
	for _, p := range proven {
		if _, err := tx.ExecContext(ctx, `UPDATE grants SET proven = $1 WHERE digest = $2`, keyedDigest(s.ring, p[1]), p[0]); err != nil {
			return err
		}
	}
	return nil
}

// pairs returns rows of two texts.
func pairs(rows *sql.Rows, err error) (all [][2]string, _ error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var p [2]string
		if err := rows.Scan(&p[0], &p[1]); err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	return all, rows.Err()
}
