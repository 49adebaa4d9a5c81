package member

import (
	"context"
	"encoding/json"
	"time"

	"joinery/app/mail"
	"joinery/app/seal"
)

const applicationColumns = `a.id, a.draft, a.state, a.content, a.lang, a.form, a.sent_at, a.held`

// ByDraft returns the application that was sent from the draft with the given
// key, or ErrNotFound.
func (s *Store) ByDraft(ctx context.Context, key string) (Application, error) {
	var a Application
	err := s.db.Read().QueryRowContext(ctx, `SELECT `+applicationColumns+` FROM applications a WHERE a.draft = $1`, key).Scan(a.into(ctx, s.ring)...)
	return a, s.db.Wrap("by draft", err)
}

// CorrectedBy returns the waiting application that the draft with the given key
// corrects, or ErrNotFound.
func (s *Store) CorrectedBy(ctx context.Context, key string) (Application, error) {
	var a Application
	err := s.db.Read().QueryRowContext(ctx, `SELECT `+applicationColumns+` FROM applications a WHERE a.correction <> '' AND a.correction = $1 AND a.state = $2`, key, Waiting).
		Scan(a.into(ctx, s.ring)...)
	return a, s.db.Wrap("corrected by", err)
}

const waitingByEmail = `SELECT ` + applicationColumns + ` FROM applications a WHERE a.state = 'waiting' AND a.email_digest = $1
	ORDER BY a.sent_at DESC, a.id LIMIT $2`

// WaitingByEmail returns the waiting applications with an address, in upper or lower
// case, at most so many, the newest first.
func (s *Store) WaitingByEmail(ctx context.Context, email string, most int) (all []Application, err error) {
	rows, err := s.db.Read().QueryContext(ctx, waitingByEmail, s.emailDigest(email), most)
	if err != nil {
		return nil, s.db.Wrap("waiting by email", err)
	}
	defer rows.Close()
	for rows.Next() {
		var a Application
		switch err := rows.Scan(a.into(ctx, s.ring)...); {
		case err == nil:
			all = append(all, a)
		case ignoreDamaged(err) != nil:
			return nil, s.db.Wrap("waiting by email", err)
		}
	}
	return all, s.db.Wrap("waiting by email", rows.Err())
}

const linkedColumns = applicationColumns + `, ` + linkColumns + `, ` + isNewest

// BySelector returns the application that the link with the given selector belongs
// to, or ErrNotFound. The caller must compare the verifier.
func (s *Store) BySelector(ctx context.Context, selector string) (ApplicationLink, error) {
	var found ApplicationLink
	err := s.db.Read().QueryRowContext(ctx, `
		SELECT `+linkedColumns+` FROM links l JOIN applications a ON a.id = l.application
		WHERE l.selector = $1`, selector).Scan(found.into(ctx, s.ring)...)
	return found, s.db.Wrap("by selector", err)
}

// PendingChoices returns the waiting applications with a link that has the pending
// choice Accept or ConfirmDecline, made at the given time or earlier.
func (s *Store) PendingChoices(ctx context.Context, before time.Time) (all []ApplicationLink, err error) {
	rows, err := s.db.Read().QueryContext(ctx, `
		SELECT `+linkedColumns+` FROM links l JOIN applications a ON a.id = l.application
		WHERE l.pending_choice IN ('yes', 'delete') AND l.chosen_at <= $1`, before.Unix())
	if err != nil {
		return nil, s.db.Wrap("pending choices", err)
	}
	defer rows.Close()
	for rows.Next() {
		var found ApplicationLink
		switch err := rows.Scan(found.into(ctx, s.ring)...); {
		case err == nil:
			all = append(all, found)
		case ignoreDamaged(err) != nil:
			return nil, s.db.Wrap("pending choices", err)
		}
	}
	return all, s.db.Wrap("pending choices", rows.Err())
}

// IsMember reports whether any member has this address, in upper or lower case.
func (s *Store) IsMember(ctx context.Context, address string) (is bool, err error) {
	err = s.db.Read().QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM members WHERE lower(email) = lower($1))`, address).Scan(&is)
	return is, s.db.Wrap("is member", err)
}

// ByID returns the member with the given ID, or ErrNotFound.
func (s *Store) ByID(ctx context.Context, id string) (Member, error) {
	m, err := scanMember(s.db.Read().QueryRowContext(ctx, `SELECT `+memberColumns+` FROM members m WHERE m.id = $1`, id))
	return m, s.db.Wrap("by ID", err)
}

// ByApplication returns the member with the answers of the application with the given
// ID, or ErrNotFound: also when later answers have taken their place, or the member has
// left.
func (s *Store) ByApplication(ctx context.Context, application string) (Member, error) {
	m, err := scanMember(s.db.Read().QueryRowContext(ctx, `SELECT `+memberColumns+` FROM members m WHERE m.application <> '' AND m.application = $1`, application))
	return m, s.db.Wrap("by application", err)
}

// memberColumns are the columns of members m that scanMember reads, with the latest of
// each of their consents.
const memberColumns = `m.id, m.email, m.lang, m.form, m.answers, m.confirmed_at, m.updated_at,
	(SELECT count(*) FROM members x WHERE lower(x.email) = lower(m.email)),
	(SELECT json_group_array(json_object('key', key, 'version', version, 'purpose', purpose, 'wording', wording,
		'lang', lang, 'given', json(iif(given, 'true', 'false')), 'at', strftime('%Y-%m-%dT%H:%M:%SZ', at, 'unixepoch')))
	 FROM consents c WHERE c.member = m.id
		AND c.id = (SELECT max(id) FROM consents x WHERE x.member = c.member AND x.key = c.key))`

func scanMember(row interface{ Scan(...any) error }) (m Member, err error) {
	var answers, consents string
	var confirmed, updated int64
	if err := row.Scan(&m.ID, &m.Email, &m.Lang, &m.Form, &answers, &confirmed, &updated, &m.Sharing, &consents); err != nil {
		return m, err
	}
	m.Confirmed, m.Updated = time.Unix(confirmed, 0).UTC(), time.Unix(updated, 0).UTC()
	if err := json.Unmarshal([]byte(answers), &m.Answers); err != nil {
		return m, err
	}
	return m, json.Unmarshal([]byte(consents), &m.Consents)
}

// Turn returns when the letter about an application goes out that was not tried yet, or the
// zero time if there is none.
func (s *Store) Turn(ctx context.Context, application string) (time.Time, error) {
	at, err := mail.Turn(ctx, s.db.DB, application)
	return at, s.db.Wrap("turn", err)
}

// Delivery returns what became of the letter with the given ID.
func (s *Store) Delivery(ctx context.Context, letter string) (mail.Delivery, error) {
	d, err := mail.DeliveryOf(ctx, s.db.DB, letter)
	return d, s.db.Wrap("delivery", err)
}

// into returns the destinations of applicationColumns.
func (a *Application) into(ctx context.Context, ring *seal.Ring) []any {
	return []any{
		&a.ID, &a.Draft, &a.State, asSealed{ctx, ring, a}, &a.Lang, &a.Form, asTime{&a.Sent}, &a.Held,
	}
}

// into returns the destinations of linkColumns.
func (l *Link) into() []any {
	return []any{
		&l.Selector, &l.VerifierHash, &l.CodeHash, &l.Letter, asTime{&l.CreatedAt}, asTime{&l.ExpiresAt},
		&l.Attempts, &l.ScannerSuspected, &l.PendingChoice, asTime{&l.ChosenAt},
	}
}

// into returns the destinations of linkedColumns.
func (l *ApplicationLink) into(ctx context.Context, ring *seal.Ring) []any {
	return append(append(l.Application.into(ctx, ring), l.Link.into()...), &l.Newest)
}

// asTime reads Unix seconds.
type asTime struct{ into *time.Time }

func (t asTime) Scan(seconds any) error {
	*t.into = time.Unix(seconds.(int64), 0) // the column is NOT NULL, and its table STRICT
	return nil
}

// asJSON reads JSON.
type asJSON struct{ into any }

func (j asJSON) Scan(text any) error { return json.Unmarshal([]byte(text.(string)), j.into) }
