package member

import (
	"context"
	"database/sql"
	"time"

	"joinery/app/form"
)

// A Former is what a member had answered before, which later answers have replaced.
type Former struct {
	CodedLink
	Member     string
	Form       string       // the version of the form
	Answers    form.Answers // none after Restore, after ClearFormer, and when the member has another address since
	ReplacedAt time.Time
	RestoredAt time.Time // Unix time 0: they were not put back
	Current    bool      // the member has the answers that replaced them
	Attempts   int       // how often a code was typed
}

// insertFormer keeps the answers that a member has, before an application replaces them.
// The consents stay where they are: those up to the newest are the former ones.
func insertFormer(ctx context.Context, tx *sql.Tx, member, application string, now time.Time, l CodedLink) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO former_answers (selector, verifier_hash, code_hash, replaced_at, replaced_by, member, lang, form, answers, updated_at, application, last_consent)
		SELECT $1, $2, $3, $4, $5, id, lang, form, answers, updated_at, application, (SELECT coalesce(max(id), 0) FROM consents WHERE member = m.id)
		FROM members m WHERE id = $6`,
		l.Selector, l.VerifierHash, l.CodeHash, now.Unix(), application, member)
	return err
}

const formerColumns = `f.selector, f.verifier_hash, f.code_hash, f.member, f.form, f.answers, f.replaced_at, f.restored_at,
	m.application = f.replaced_by, f.attempts`

// into returns the destinations of formerColumns.
func (f *Former) into() []any {
	return []any{
		&f.Selector, &f.VerifierHash, &f.CodeHash, &f.Member, &f.Form, asJSON{&f.Answers}, asTime{&f.ReplacedAt}, asTime{&f.RestoredAt},
		&f.Current, &f.Attempts,
	}
}

// FormerBySelector returns the former answers that the link with the given selector leads
// to, or ErrNotFound. The caller must compare the verifier.
func (s *Store) FormerBySelector(ctx context.Context, selector string) (f Former, err error) {
	err = s.db.Read().QueryRowContext(ctx, `SELECT `+formerColumns+` FROM former_answers f JOIN members m ON m.id = f.member WHERE f.selector = $1`, selector).
		Scan(f.into()...)
	return f, s.db.Wrap("former by selector", err)
}

// CountRestoreAttempt counts one more attempt to type the code that puts former answers
// back, and returns these as they stand then. Attempts at the same time are all counted,
// up to one more than most.
func (s *Store) CountRestoreAttempt(ctx context.Context, selector string, most int) (f Former, err error) {
	err = s.db.Tx(ctx, "count restore attempt", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE former_answers SET attempts = attempts + 1 WHERE attempts <= $1 AND selector = $2`, most, selector)
		if err != nil {
			return err
		}
		return tx.QueryRowContext(ctx, `SELECT `+formerColumns+` FROM former_answers f JOIN members m ON m.id = f.member WHERE f.selector = $1`, selector).
			Scan(f.into()...)
	})
	return f, err
}

// Restore puts former answers and consents back in the place of those that replaced them
// after the given time, and forgets the latter. It does nothing when that was earlier,
// when they were put back or removed before, or when the member has other answers by now.
// Of any number of calls, one does something. Consents are added, so that it stays on
// record what was agreed to meanwhile: each as it was, and as refused each that was not
// asked. What the organization was told meanwhile stays withdrawn.
func (s *Store) Restore(ctx context.Context, selector string, replacedAfter, now time.Time) error {
	return s.db.Tx(ctx, "restore", func(tx *sql.Tx) error {
		var member, email string
		var lastConsent int64
		err := tx.QueryRowContext(ctx, `
			UPDATE members SET (lang, form, answers, updated_at, application) =
				(SELECT f.lang, f.form, f.answers, f.updated_at, f.application FROM former_answers f WHERE f.selector = $1)
			WHERE id = (SELECT f.member FROM former_answers f
				WHERE f.selector = $1 AND f.restored_at = 0 AND f.code_hash <> '' AND f.replaced_at > $2 AND f.replaced_by = members.application)
			RETURNING id, email, (SELECT f.last_consent FROM former_answers f WHERE f.selector = $1)`,
			selector, replacedAfter.Unix()).Scan(&member, &email, &lastConsent)
		if err != nil {
			return ignoreNone(err)
		}
		if err := s.restoreConsents(ctx, tx, member, email, lastConsent, now); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE former_answers SET restored_at = $1, answers = '{}' WHERE selector = $2`, now.Unix(), selector)
		return err
	})
}

// keepCleared is how long it stays known of former answers that they were there, so that
// the link in the letter can still say what became of them.
const keepCleared = 365 * 24 * time.Hour

// ClearFormer removes the former answers that were replaced before a time, and a year
// later all that is known of them.
func (s *Store) ClearFormer(ctx context.Context, replacedBefore time.Time) error {
	err := s.db.Tx(ctx, "clear former", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE former_answers SET answers = '{}', code_hash = '' WHERE replaced_at <= $1 AND code_hash <> ''`, replacedBefore.Unix())
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `DELETE FROM former_answers WHERE replaced_at <= $1`, replacedBefore.Add(-keepCleared).Unix())
		return err
	})
	if err != nil {
		return err
	}
	return s.db.Wrap("clear former", s.db.TruncateJournal(ctx))
}

// clearFormerOf removes all former answers of a member.
func clearFormerOf(ctx context.Context, tx *sql.Tx, member string) error {
	_, err := tx.ExecContext(ctx, `UPDATE former_answers SET answers = '{}', code_hash = '' WHERE member = $1`, member)
	return err
}

// FormerOf returns the former answers of a member that can still be put back, the newest
// first.
func (s *Store) FormerOf(ctx context.Context, member string) (all []Former, err error) {
	rows, err := s.db.Read().QueryContext(ctx, `
		SELECT `+formerColumns+` FROM former_answers f JOIN members m ON m.id = f.member
		WHERE f.member = $1 AND f.code_hash <> '' AND f.restored_at = 0 ORDER BY f.id DESC`, member)
	if err != nil {
		return nil, s.db.Wrap("former of", err)
	}
	defer rows.Close()
	for rows.Next() {
		var f Former
		if err := rows.Scan(f.into()...); err != nil {
			return nil, s.db.Wrap("former of", err)
		}
		all = append(all, f)
	}
	return all, s.db.Wrap("former of", rows.Err())
}
