package access

import (
	"context"
	"time"

	"joinery/app/i18n"
)

// Held returns the draft that a browser holds, or ErrNotFound.
func (s *Store) Held(ctx context.Context, holder string) (Entry, error) {
	e, err := scanEntry(s.db.Read().QueryRowContext(ctx, `
		SELECT `+entryColumns+` FROM holders h JOIN drafts d ON d.key = h.draft WHERE h.secret = $1`, holder))
	return e, wrap("held", notFound(err))
}

// Entry returns the draft with the given key, or ErrNotFound.
func (s *Store) Entry(ctx context.Context, draft string) (Entry, error) {
	e, err := scanEntry(s.db.Read().QueryRowContext(ctx, `SELECT `+entryColumns+` FROM drafts d WHERE d.key = $1`, draft))
	return e, wrap("entry", notFound(err))
}

// Reach notes the address that was answered in a draft; "": none that is right
// any more. It returns ErrNotFound if the draft is not known.
func (s *Store) Reach(ctx context.Context, draft, address string) error {
	return wrap("reach", must(s.db.Write().ExecContext(ctx, `UPDATE drafts SET address = $1 WHERE key = $2`, address, draft)))
}

// Want notes where the owner of a draft asked to have mail about it, and in
// which language. It returns ErrNotFound if the draft is not known.
func (s *Store) Want(ctx context.Context, draft, mailbox string, lang i18n.Lang) error {
	return wrap("want", must(s.db.Write().ExecContext(ctx, `
		UPDATE drafts SET mailbox = $1, lang = $2 WHERE key = $3`, mailbox, lang, draft)))
}

// Extend notes that a draft does not end before ends, be that sooner or later
// than it was. It returns ErrNotFound if the draft is not known.
func (s *Store) Extend(ctx context.Context, draft string, ends time.Time) error {
	return wrap("extend", must(s.db.Write().ExecContext(ctx, `UPDATE drafts SET ends_at = $1 WHERE key = $2`, ends.Unix(), draft)))
}

// Asked returns the drafts that can be asked for at an address: it was the
// answer in them or mail about them was asked to it, in whichever case it is
// written. It returns at most so many, those first that end last, and also
// such as have ended.
func (s *Store) Asked(ctx context.Context, address string, most int) ([]Entry, error) {
	all, err := s.entries(ctx, `
		SELECT `+entryColumns+` FROM drafts d
		WHERE (d.address <> '' AND lower(d.address) = lower($1)) OR (d.mailbox <> '' AND lower(d.mailbox) = lower($1))
		ORDER BY d.ends_at DESC, d.key LIMIT $2`,
		address, most)
	return all, wrap("asked", err)
}

// Ending returns the drafts that may end at before or have ended, at most so
// many, the soonest first.
func (s *Store) Ending(ctx context.Context, before time.Time, most int) ([]Entry, error) {
	all, err := s.entries(ctx, `
		SELECT `+entryColumns+` FROM drafts d WHERE d.ends_at <= $1 ORDER BY d.ends_at, d.key LIMIT $2`,
		before.Unix(), most)
	return all, wrap("ending", err)
}

// Due returns those of the drafts that Ending returns of which their owner
// asked to have mail and was never reminded.
func (s *Store) Due(ctx context.Context, before time.Time, most int) ([]Entry, error) {
	all, err := s.entries(ctx, `
		SELECT `+entryColumns+` FROM drafts d
		WHERE d.ends_at <= $1 AND d.mailbox <> '' AND d.reminded_at = 0
		ORDER BY d.ends_at, d.key LIMIT $2`,
		before.Unix(), most)
	return all, wrap("due", err)
}

func (s *Store) entries(ctx context.Context, query string, args ...any) (all []Entry, err error) {
	rows, err := s.db.Read().QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		e, err := scanEntry(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	return all, rows.Err()
}

const entryColumns = `d.key, d.address, d.mailbox, d.lang, d.ends_at, d.reminded_at`

type row interface{ Scan(...any) error }

func scanEntry(r row) (Entry, error) {
	var e Entry
	var ends, reminded int64
	err := r.Scan(&e.Draft, &e.Address, &e.Mailbox, &e.Lang, &ends, &reminded)
	e.Ends, e.Reminded = time.Unix(ends, 0), reminded != 0
	return e, err
}
