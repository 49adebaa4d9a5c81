package access

import (
	"context"
	"time"

	"joinery/app/db"
	"joinery/app/i18n"
)

// BySession returns the draft that a browser holds, or ErrNotFound.
func (s *Store) BySession(ctx context.Context, holder string) (DraftInfo, error) {
	e, err := scanInfo(s.db.Read().QueryRowContext(ctx, `
		SELECT `+infoColumns+` FROM sessions s JOIN draft_access d USING (draft) WHERE s.digest = $1`, holder))
	return e, s.db.Wrap("held", err)
}

// ByDraft returns the draft with the given key, or ErrNotFound.
func (s *Store) ByDraft(ctx context.Context, draft string) (DraftInfo, error) {
	e, err := scanInfo(s.db.Read().QueryRowContext(ctx, `SELECT `+infoColumns+` FROM draft_access d WHERE d.draft = $1`, draft))
	return e, s.db.Wrap("entry", err)
}

// SetAnsweredEmail notes the address that was answered in a draft; "": none that is right
// any more. It returns ErrNotFound if the draft is not known.
func (s *Store) SetAnsweredEmail(ctx context.Context, draft, address string) error {
	return s.db.Wrap("reach", db.MustChange(s.db.Write().ExecContext(ctx, `UPDATE draft_access SET answered_email = $1 WHERE draft = $2`, address, draft)))
}

// SetContactEmail notes where the owner of a draft asked to have mail about it, and in
// which language. It returns ErrNotFound if the draft is not known.
func (s *Store) SetContactEmail(ctx context.Context, draft, mailbox string, lang i18n.Lang) error {
	return s.db.Wrap("want", db.MustChange(s.db.Write().ExecContext(ctx, `
		UPDATE draft_access SET contact_email = $1, lang = $2 WHERE draft = $3`, mailbox, lang, draft)))
}

// SetExpiry notes that a draft does not end before ends, be that sooner or later
// than it was. It returns ErrNotFound if the draft is not known.
func (s *Store) SetExpiry(ctx context.Context, draft string, ends time.Time) error {
	return s.db.Wrap("extend", db.MustChange(s.db.Write().ExecContext(ctx, `UPDATE draft_access SET expires_at = $1 WHERE draft = $2`, ends.Unix(), draft)))
}

// ByEmail returns the drafts that can be asked for at an address: it was the
// answer in them or mail about them was asked to it, in whichever case it is
// written. It returns at most so many, those first that end last, and also
// such as have ended.
func (s *Store) ByEmail(ctx context.Context, address string, most int) ([]DraftInfo, error) {
	all, err := s.list(ctx, `
		SELECT `+infoColumns+` FROM draft_access d
		WHERE (d.answered_email <> '' AND lower(d.answered_email) = lower($1)) OR (d.contact_email <> '' AND lower(d.contact_email) = lower($1))
		ORDER BY d.expires_at DESC, d.draft LIMIT $2`,
		address, most)
	return all, s.db.Wrap("asked", err)
}

// ExpiringBefore returns the drafts that may end at before or have ended, at most so
// many, the soonest first.
func (s *Store) ExpiringBefore(ctx context.Context, before time.Time, most int) ([]DraftInfo, error) {
	all, err := s.list(ctx, `
		SELECT `+infoColumns+` FROM draft_access d WHERE d.expires_at <= $1 ORDER BY d.expires_at, d.draft LIMIT $2`,
		before.Unix(), most)
	return all, s.db.Wrap("ending", err)
}

// ReminderDue returns those of the drafts that Ending returns of which their owner
// asked to have mail and was never reminded.
func (s *Store) ReminderDue(ctx context.Context, before time.Time, most int) ([]DraftInfo, error) {
	all, err := s.list(ctx, `
		SELECT `+infoColumns+` FROM draft_access d
		WHERE d.expires_at <= $1 AND d.contact_email <> '' AND d.reminded_at = 0
		ORDER BY d.expires_at, d.draft LIMIT $2`,
		before.Unix(), most)
	return all, s.db.Wrap("due", err)
}

func (s *Store) list(ctx context.Context, query string, args ...any) (all []DraftInfo, err error) {
	rows, err := s.db.Read().QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		e, err := scanInfo(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	return all, rows.Err()
}

const infoColumns = `d.draft, d.answered_email, d.contact_email, d.lang, d.expires_at, d.reminded_at`

type row interface{ Scan(...any) error }

func scanInfo(r row) (DraftInfo, error) {
	var e DraftInfo
	var ends, reminded int64
	err := r.Scan(&e.Draft, &e.AnsweredEmail, &e.ContactEmail, &e.Lang, &ends, &reminded)
	e.ExpiresAt, e.Reminded = time.Unix(ends, 0), reminded != 0
	return e, err
}
