package consent

import (
	"context"
	"database/sql"
)

// Each calls do with every record that is not emptied, the oldest first, until a call
// fails. It holds one record at a time in memory.
func (s *Store) Each(ctx context.Context, do func(Record) error) error {
	rows, err := s.db.Read().QueryContext(ctx, `SELECT `+columns+` FROM consents c WHERE c.member <> '' ORDER BY c.id`)
	return s.each(rows, err, do)
}

// EachOf does what Each does with the records of the members with an address, in upper or
// lower case, also those that agreed with another address before, and of those that agreed
// with it and have left. A member with another address now is left out: another person may
// read the mail of the one from before.
func (s *Store) EachOf(ctx context.Context, address string, do func(Record) error) error {
	rows, err := s.db.Read().QueryContext(ctx, `
		SELECT `+columns+` FROM consents c WHERE c.member IN (
			SELECT k.member FROM consents k WHERE k.address = $1 AND k.address <> ''
				AND NOT EXISTS (SELECT 1 FROM members m WHERE m.id = k.member AND lower(m.email) <> lower($2))
			UNION SELECT id FROM members WHERE lower(email) = lower($2))
		ORDER BY c.id`, addressDigest(s.ring, address), address)
	return s.each(rows, err, do)
}

func (s *Store) each(rows *sql.Rows, err error, do func(Record) error) error {
	if err != nil {
		return s.db.Wrap("each", err)
	}
	defer rows.Close()
	for rows.Next() {
		r, err := scan(rows)
		if err != nil {
			return s.db.Wrap("each", err)
		}
		if err := do(r.Record); err != nil {
			return err
		}
	}
	return s.db.Wrap("each", rows.Err())
}

// Latest returns the newest record of each key that a member was asked for, within tx,
// of those up to the row with the given number. They have the order in which they were
// first asked.
func Latest(ctx context.Context, tx *sql.Tx, member string, upTo int64) (all []Record, err error) {
	return newest(ctx, tx, `c.member = $1 AND c.id <= $2`, member, upTo)
}

// LatestTold returns the newest record of each key of which the organization was told
// otherwise than by the form, within tx, of those after the row with the given number.
func LatestTold(ctx context.Context, tx *sql.Tx, member string, after int64) (all []Record, err error) {
	return newest(ctx, tx, `c.member = $1 AND c.id > $2 AND c.how <> ''`, member, after)
}

// newest returns the newest record of each key of those that meet a condition.
func newest(ctx context.Context, tx *sql.Tx, condition string, args ...any) (all []Record, err error) {
	rows, err := tx.QueryContext(ctx, `SELECT `+columns+` FROM consents c WHERE `+condition+` ORDER BY c.id`, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	at := make(map[string]int)
	for rows.Next() {
		r, err := scan(rows)
		if err != nil {
			return nil, err
		}
		i, known := at[r.Key]
		if !known {
			i, all = len(all), append(all, Record{})
			at[r.Key] = i
		}
		all[i] = r.Record
	}
	return all, rows.Err()
}
