package member

import (
	"cmp"
	"context"
	"database/sql"
	"time"

	"joinery/app/access"
	"joinery/app/db"
	"joinery/app/mail"
)

// Replace does what Submit does for an application in the place of another, which
// ends. The sessions of the draft with the key from become those of a's draft. If
// the other does not wait, Replace does nothing and returns ErrNotFound; if too many
// letters wait, [mail.ErrFull].
func (s *Store) Replace(ctx context.Context, a Application, other, from string, l Link, letter mail.Order, within *mail.Limits, ends time.Time) error {
	return s.db.Tx(ctx, "replace", func(tx *sql.Tx) error {
		fresh, err := s.insertApplication(ctx, tx, a)
		if err != nil || !fresh {
			return err
		}
		if closed, err := closeApplication(ctx, tx, other, Replaced, a.Sent); err != nil || !closed {
			return cmp.Or(err, ErrNotFound)
		}
		if _, err := insertLink(ctx, tx, s.ring, a.ID, l, letter, within); err != nil {
			return err
		}
		if err := access.MoveSessions(ctx, tx, s.ring, from, a.Draft, "", time.Time{}, ends); err != nil {
			return err
		}
		return access.MarkSubmitted(ctx, tx, a.Draft, ends)
	})
}

const noteCorrection = `UPDATE applications SET correction = $1 WHERE id = $2 AND state = $3`

// NoteCorrection notes that a waiting application is about to be corrected in the
// draft with the key correction, or returns ErrNotFound when it does not wait. When
// the application ends before [Store.StartCorrection], the answers of that draft
// are discarded.
func (s *Store) NoteCorrection(ctx context.Context, application, correction string) error {
	return s.db.Wrap("note correction", db.MustChange(s.db.Write().ExecContext(ctx, noteCorrection, correction, application, Waiting)))
}

// StartCorrection has a waiting application corrected in the draft with the key
// correction: when that is submitted, this one ends. Until then it can still be
// confirmed. The sessions of the draft with the key from become those of the
// correction, which was saved at the given time and does not end before ends.
// StartCorrection returns ErrNotFound when the application does not wait.
func (s *Store) StartCorrection(ctx context.Context, a Application, from, correction string, saved, ends time.Time) error {
	return s.db.Tx(ctx, "start correction", func(tx *sql.Tx) error {
		if err := db.MustChange(tx.ExecContext(ctx, noteCorrection, correction, a.ID, Waiting)); err != nil {
			return err
		}
		return access.MoveSessions(ctx, tx, s.ring, from, correction, a.Email, saved, ends)
	})
}

// supersede ends the application that a corrects, if there is one.
func supersede(ctx context.Context, tx *sql.Tx, a Application) error {
	var corrected string
	err := tx.QueryRowContext(ctx, `SELECT id FROM applications WHERE correction <> '' AND correction = $1 AND state = $2`, a.Draft, Waiting).Scan(&corrected)
	if err != nil {
		return ignoreNone(err)
	}
	_, err = closeApplication(ctx, tx, corrected, Replaced, a.Sent)
	return err
}
