package member

import (
	"context"
	"errors"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Search returns the members and the waiting applications with a text in their ID, address
// or answers, at most so many of each, the oldest first. Case and accents do not matter.
// An application that does not open is left out.
func (s *Store) Search(ctx context.Context, text string, most int) (members []Member, waiting []Application, err error) {
	text = folded(text)
	err = s.Each(ctx, func(m Member) error {
		if len(members) == most {
			return errEnough
		}
		if contains(text, m.ID, m.Email, m.Answers) {
			members = append(members, m)
		}
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return nil, nil, err
	}
	err = s.EachWaiting(ctx, func(a Application) error {
		if len(waiting) == most {
			return errEnough
		}
		if contains(text, a.ID, a.Email, a.Answers) {
			waiting = append(waiting, a)
		}
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return nil, nil, err
	}
	return members, waiting, nil
}

// errEnough ends a search that has found as many as were asked for.
var errEnough = errors.New("member: enough is found")

// EachWaiting calls do with every waiting application, the oldest first, until a call
// fails. An application that does not open is left out.
func (s *Store) EachWaiting(ctx context.Context, do func(Application) error) error {
	rows, err := s.db.Read().QueryContext(ctx, `SELECT `+applicationColumns+` FROM applications a WHERE a.state = $1 ORDER BY a.sent_at, a.id`, Waiting)
	if err != nil {
		return s.db.Wrap("each waiting", err)
	}
	defer rows.Close()
	for rows.Next() {
		var a Application
		err := rows.Scan(a.into(ctx, s.ring)...)
		if ignoreDamaged(err) != nil {
			return s.db.Wrap("each waiting", err)
		}
		if err != nil {
			continue
		}
		if err := do(a); err != nil {
			return err
		}
	}
	return s.db.Wrap("each waiting", rows.Err())
}

// contains reports whether an ID, an address or answers contain a folded text.
func contains(text, id, email string, answers map[string][]string) bool {
	if strings.Contains(folded(id), text) || strings.Contains(folded(email), text) {
		return true
	}
	for _, values := range answers {
		for _, value := range values {
			if strings.Contains(folded(value), text) {
				return true
			}
		}
	}
	return false
}

// folded returns text in lower case and without accents.
func folded(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsMark(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(strings.TrimSpace(text)))
}
