package access

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"joinery/app/db"
	"joinery/app/i18n"
)

// ByDraft returns the draft with the given key, or ErrNotFound.
func (s *Store) ByDraft(ctx context.Context, draft string) (DraftInfo, error) {
	row, err := scanInfo(s.db.Read().QueryRowContext(ctx, `SELECT `+infoColumns+` FROM draft_access d WHERE d.draft = $1`, draft))
	if err != nil {
		return DraftInfo{}, s.db.Wrap("by draft", err)
	}
	info, err := s.open(ctx, row)
	return info, s.db.Wrap("by draft", err)
}

// SetAnsweredEmail notes the address that was answered in a draft by a session; "": the
// answer is not valid any more. It returns ErrNotFound if the draft is not known, or is
// not open in the session.
func (s *Store) SetAnsweredEmail(ctx context.Context, session, draft, email string) error {
	return s.db.Wrap("set answered email", db.MustChange(s.db.Write().ExecContext(ctx, `
		UPDATE draft_access SET answered_email = $1, answered_digest = $2
		WHERE draft = $3 AND EXISTS (SELECT 1 FROM sessions WHERE digest = $4 AND draft = $3 AND closed_at = 0)`,
		s.ring.Seal(aboutAnswered(draft), email), mailboxDigest(s.ring, email), draft, session)))
}

// SetContactEmail notes where the applicant asked, by a session, to have mail about a
// draft, and in which language. It returns ErrNotFound if the draft is not known, or is
// not open in the session.
func (s *Store) SetContactEmail(ctx context.Context, session, draft, email string, lang i18n.Lang) error {
	return s.db.Wrap("set contact email", db.MustChange(s.db.Write().ExecContext(ctx, `
		UPDATE draft_access SET contact_email = $1, contact_digest = $2, lang = $3
		WHERE draft = $4 AND EXISTS (SELECT 1 FROM sessions WHERE digest = $5 AND draft = $4 AND closed_at = 0)`,
		s.ring.Seal(aboutContact(draft), email), mailboxDigest(s.ring, email), lang, draft, session)))
}

// SetExpiry notes that a draft was saved, and that it does not end before expires, which
// counts from that save and may be earlier or later than the time noted before. It returns
// ErrNotFound if the draft is not known.
func (s *Store) SetExpiry(ctx context.Context, draft string, saved, expires time.Time) error {
	return s.db.Wrap("set expiry", db.MustChange(s.db.Write().ExecContext(ctx, `
		UPDATE draft_access SET noted_at = $1, expires_at = $2 WHERE draft = $3`, saved.Unix(), expires.Unix(), draft)))
}

// ByEmail returns the drafts with the given proven, answered or contact address, in upper
// or lower case: first those for which it was proven, then the others, in each part the
// draft that ends last first. It returns at most so many, and also drafts that have
// ended.
func (s *Store) ByEmail(ctx context.Context, email string, most int) ([]DraftInfo, error) {
	all, err := s.list(ctx, `
		SELECT `+infoColumns+` FROM draft_access d
		WHERE (d.answered_digest <> '' AND d.answered_digest = $1) OR (d.contact_digest <> '' AND d.contact_digest = $1)
			OR (d.proven <> '' AND d.proven = $1)
		ORDER BY d.proven = $1 DESC, d.expires_at DESC, d.draft LIMIT $2`,
		mailboxDigest(s.ring, email), most)
	return all, s.db.Wrap("by email", err)
}

// ExpiringBefore returns the drafts that may end by the given time or have ended, at
// most so many, the draft that ends soonest first.
func (s *Store) ExpiringBefore(ctx context.Context, before time.Time, most int) ([]DraftInfo, error) {
	all, err := s.list(ctx, `
		SELECT `+infoColumns+` FROM draft_access d WHERE d.expires_at <= $1 ORDER BY d.expires_at, d.draft LIMIT $2`,
		before.Unix(), most)
	return all, s.db.Wrap("expiring before", err)
}

// ReminderDue returns those of the drafts of ExpiringBefore that have a contact address
// that can be written to, and were never reminded of.
func (s *Store) ReminderDue(ctx context.Context, before time.Time, most int) ([]DraftInfo, error) {
	all, err := s.list(ctx, `
		SELECT `+infoColumns+` FROM draft_access d
		WHERE d.expires_at <= $1 AND d.contact_email <> '' AND d.reminded_at = 0
		ORDER BY d.expires_at, d.draft LIMIT $2`,
		before.Unix(), most)
	all = slices.DeleteFunc(all, func(i DraftInfo) bool { return i.ContactEmail == "" }) // it does not open
	return all, s.db.Wrap("reminder due", err)
}

func (s *Store) list(ctx context.Context, query string, args ...any) (all []DraftInfo, err error) {
	rows, err := s.db.Read().QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	stored, err := scanInfos(rows)
	if err != nil {
		return nil, err
	}
	for _, row := range stored {
		info, err := s.open(ctx, row)
		if err != nil {
			return nil, err
		}
		all = append(all, info)
	}
	return all, nil
}

// scanInfos scans and closes rows of infoColumns.
func scanInfos(rows *sql.Rows) (all []sealedInfo, err error) {
	defer rows.Close()
	for rows.Next() {
		row, err := scanInfo(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, row)
	}
	return all, rows.Err()
}

const infoColumns = `d.draft, d.answered_email, d.contact_email, d.lang, d.noted_at, d.expires_at, d.reminded_at, d.proven, coalesce(d.sealed_key, ''), d.may_be_clear`

// A row is an [sql.Row], or [sql.Rows] at one of them.
type row interface{ Scan(...any) error }

// scanInfo scans infoColumns, and what follows them into more.
func scanInfo(r row, more ...any) (s sealedInfo, err error) {
	var noted, expires, reminded int64
	err = r.Scan(append([]any{&s.info.Draft, &s.answered, &s.contact, &s.info.Lang, &noted, &expires, &reminded, &s.info.proven, &s.key, &s.info.MayBeClear}, more...)...)
	s.info.ExpiresAt, s.info.Reminded = time.Unix(expires, 0), reminded != 0
	if noted != 0 {
		s.info.NotedAt = time.Unix(noted, 0)
	}
	return s, err
}
