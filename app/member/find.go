package member

import (
	"context"
	"encoding/json"
	"time"
)

const applicationColumns = `a.id, a.draft, a.state, a.email, a.lang, a.form, a.answers, a.consents, a.sent_at,
	EXISTS (SELECT 1 FROM links w WHERE w.application = a.id)`

// ByDraft returns the application that was sent from the draft with the given
// key, or ErrNotFound.
func (s *Store) ByDraft(ctx context.Context, key string) (Application, error) {
	row := s.db.Read().QueryRowContext(ctx, `SELECT `+applicationColumns+` FROM applications a WHERE a.draft = $1`, key)
	var a Application
	err := scan(row, &a)
	return a, wrap("by draft", notFound(err))
}

// Corrected returns the waiting application that the draft with the given key
// corrects, or ErrNotFound.
func (s *Store) Corrected(ctx context.Context, key string) (Application, error) {
	row := s.db.Read().QueryRowContext(ctx, `SELECT `+applicationColumns+` FROM applications a WHERE a.reopened = $1 AND a.state = $2`, key, Waiting)
	var a Application
	err := scan(row, &a)
	return a, wrap("corrected", notFound(err))
}

// ByHandle returns the application that the link with the given handle belongs
// to, or ErrNotFound. Whether the secret is right is for the caller to compare.
func (s *Store) ByHandle(ctx context.Context, handle string) (Linked, error) {
	row := s.db.Read().QueryRowContext(ctx, `
		SELECT `+applicationColumns+`, l.handle, l.secret, l.made_at, l.expires_at,
			NOT EXISTS (SELECT 1 FROM links n WHERE n.application = l.application AND n.rowid > l.rowid)
		FROM links l JOIN applications a ON a.id = l.application
		WHERE l.handle = $1`, handle)
	var found Linked
	var made, expires int64
	err := scan(row, &found.Application, &found.Link.Handle, &found.Link.Secret, &made, &expires, &found.Newest)
	found.Link.Made, found.Link.Expires = time.Unix(made, 0), time.Unix(expires, 0)
	return found, wrap("by handle", notFound(err))
}

type row interface{ Scan(...any) error }

// scan reads applicationColumns into a, and what follows them into more.
func scan(r row, a *Application, more ...any) error {
	var answers, consents string
	var sent int64
	into := append([]any{&a.ID, &a.Draft, &a.State, &a.Email, &a.Lang, &a.Form, &answers, &consents, &sent, &a.Written}, more...)
	if err := r.Scan(into...); err != nil {
		return err
	}
	a.Sent = time.Unix(sent, 0)
	if err := json.Unmarshal([]byte(answers), &a.Answers); err != nil {
		return err
	}
	return json.Unmarshal([]byte(consents), &a.Consents)
}
