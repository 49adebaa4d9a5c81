package member

import (
	"context"
)

// pageOfMembers is how many members Each reads at once.
const pageOfMembers = 2000

// Each calls do with every member, the oldest first, until a call fails. It holds some
// members at a time in memory, and no transaction meanwhile, so that others can write and
// the journal can be emptied. A member who joins meanwhile may be among them.
func (s *Store) Each(ctx context.Context, do func(Member) error) error {
	last := Member{}
	for page, err := s.after(ctx, last); ; page, err = s.after(ctx, last) {
		if err != nil {
			return err
		}
		for _, m := range page {
			if err := do(m); err != nil {
				return err
			}
		}
		if len(page) < pageOfMembers {
			return nil
		}
		last = page[len(page)-1]
	}
}

// afterQuery finds the members who follow one, by the index of their order.
const afterQuery = `
	SELECT ` + memberColumns + ` FROM members m WHERE (m.confirmed_at, m.id) > ($1, $2)
	ORDER BY m.confirmed_at, m.id LIMIT $3`

// after returns the members who follow last, at most pageOfMembers.
func (s *Store) after(ctx context.Context, last Member) (page []Member, err error) {
	rows, err := s.db.Read().QueryContext(ctx, afterQuery, unixOf(last), last.ID, pageOfMembers)
	if err != nil {
		return nil, s.db.Wrap("each", err)
	}
	defer rows.Close()
	for rows.Next() {
		m, err := scanMember(rows)
		if err != nil {
			return nil, s.db.Wrap("each", err)
		}
		page = append(page, m)
	}
	return page, s.db.Wrap("each", rows.Err())
}

// unixOf returns when a member was confirmed; before all others for the zero member.
func unixOf(m Member) int64 {
	if m.ID == "" {
		return -1
	}
	return m.Confirmed.Unix()
}

// Count returns how many members there are.
func (s *Store) Count(ctx context.Context) (n int, err error) {
	err = s.db.Read().QueryRowContext(ctx, `SELECT count(*) FROM members`).Scan(&n)
	return n, s.db.Wrap("count", err)
}

// AnswerKeys returns the keys of all answers of members, in the order of the alphabet.
func (s *Store) AnswerKeys(ctx context.Context) (keys []string, err error) {
	rows, err := s.db.Read().QueryContext(ctx, `SELECT DISTINCT j.key FROM members m, json_each(m.answers) j ORDER BY j.key`)
	if err != nil {
		return nil, s.db.Wrap("answer keys", err)
	}
	defer rows.Close()
	for rows.Next() {
		var key string
		if err := rows.Scan(&key); err != nil {
			return nil, s.db.Wrap("answer keys", err)
		}
		keys = append(keys, key)
	}
	return keys, s.db.Wrap("answer keys", rows.Err())
}
