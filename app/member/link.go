package member

import (
	"context"
	"database/sql"
	"time"

	"joinery/app/db"
	"joinery/app/mail"
	"joinery/app/seal"
)

// A Link is what a letter carries to confirm an application: a link, and a code to type
// instead.
type Link struct {
	Selector     string // finds the link
	VerifierHash string // the digest of the secret in the link, which proves the mailbox
	CodeHash     string // the digest of the code, which proves it too
	Letter       string // the ID of the letter, set by the store; "": it still waits for its turn, or an earlier version has queued none
	CreatedAt    time.Time
	ExpiresAt    time.Time

	Attempts         int       // how often a code was typed while this link was in the newest letter
	ScannerSuspected bool      // a program follows the link: no choice counts any more
	PendingChoice    Choice    // what was chosen on the page of the link and does not count yet
	ChosenAt         time.Time // when it was chosen
}

// A Choice is a choice on the page of a link.
type Choice string

// The choices.
const (
	NoChoice       Choice = ""
	Accept         Choice = "yes"    // it is my address
	Resend         Choice = "keep"   // send me a fresh link
	Decline        Choice = "no"     // I did not ask for this
	ConfirmDecline Choice = "delete" // and I am sure
)

// insertLink makes l the newest link of the application, queues the letter that carries
// it, and cancels earlier letters. A letter beyond a budget waits for its turn. Until its
// first attempt the links of earlier letters stay what they were, and it is not queued
// when an earlier letter still waits.
func insertLink(ctx context.Context, tx *sql.Tx, ring *seal.Ring, application string, l Link, letter mail.Order, within *mail.Limits) (queued bool, err error) {
	now := letter.Due
	letter.Topic = application
	if letter.Due, err = within.Room(ctx, tx, ring, letter); err != nil {
		return false, err
	}
	if letter.Due.After(now) {
		if waits, err := mail.Waits(ctx, tx, application); err != nil || waits {
			return false, err
		}
	} else {
		l.Letter = letter.ID
		if err := mail.Cancel(ctx, tx, application, now); err != nil {
			return false, err
		}
	}
	if err := mail.Enqueue(ctx, tx, ring, letter); err != nil {
		return false, err
	}
	_, err = tx.ExecContext(ctx, `
		INSERT INTO links (selector, verifier_hash, code_hash, letter, application, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		l.Selector, l.VerifierHash, l.CodeHash, l.Letter, application, l.CreatedAt.Unix(), l.ExpiresAt.Unix())
	return err == nil, err
}

// AddLink makes l the newest link of a waiting application, queues the letter that
// carries it, cancels earlier letters, and reports whether it queued one. Beyond a budget
// the letter waits for its turn; while another one waits, AddLink does nothing. It returns
// [mail.ErrFull] when too many letters wait.
//
// AddLink does nothing unless the application has exactly asks links: of any number of
// calls at the same time, one does something.
func (s *Store) AddLink(ctx context.Context, application string, asks int, l Link, letter mail.Order, within *mail.Limits) (queued bool, err error) {
	err = s.db.Tx(ctx, "add link", func(tx *sql.Tx) error {
		var due bool
		err := tx.QueryRowContext(ctx, `
			SELECT state = $1 AND (SELECT count(*) FROM links WHERE application = a.id) = $2
			FROM applications a WHERE id = $3`, Waiting, asks, application).Scan(&due)
		if err != nil || !due {
			return err
		}
		queued, err = insertLink(ctx, tx, s.ring, application, l, letter, within)
		return err
	})
	return queued && err == nil, err
}

// MarkSent notes that a letter is about to be sent with the link that has the given
// selector, and when the link ends. It returns ErrNotFound if the application does not
// wait, or a newer letter was sent.
func (s *Store) MarkSent(ctx context.Context, selector, letter string, expires time.Time) error {
	return s.db.Wrap("mark sent", db.MustChange(s.db.Write().ExecContext(ctx, `
		UPDATE links SET letter = $1, expires_at = $2
		WHERE selector = $3 AND EXISTS (SELECT 1 FROM applications a WHERE a.id = application AND a.state = $4)
			AND NOT EXISTS (SELECT 1 FROM links n WHERE n.application = links.application AND n.letter <> '' AND n.id > links.id)`,
		letter, expires.Unix(), selector, Waiting)))
}

// UpdateChoice stores what decide makes of ScannerSuspected, PendingChoice and ChosenAt
// of the link with the given selector. The link does not change between. UpdateChoice
// does nothing if the application does not wait, or is held.
func (s *Store) UpdateChoice(ctx context.Context, selector string, decide func(Link) Link) error {
	return s.db.Tx(ctx, "update choice", func(tx *sql.Tx) error {
		var l Link
		err := tx.QueryRowContext(ctx, `
			SELECT `+linkColumns+` FROM links l JOIN applications a ON a.id = l.application
			WHERE l.selector = $1 AND a.state = $2 AND a.held = $3`, selector, Waiting, NotHeld).Scan(l.into()...)
		if err != nil {
			return ignoreNone(err)
		}
		l = decide(l)
		_, err = tx.ExecContext(ctx, `UPDATE links SET scanner_suspected = $1, pending_choice = $2, chosen_at = $3 WHERE selector = $4`,
			l.ScannerSuspected, l.PendingChoice, l.ChosenAt.Unix(), selector)
		return err
	})
}

// CountAttempt counts one more attempt to type the code of an application, at the link
// of its newest letter, and returns the links of the application, that link first.
// Attempts at the same time are all counted, up to one more than most.
func (s *Store) CountAttempt(ctx context.Context, application string, most int) (links []Link, err error) {
	err = s.db.Tx(ctx, "count attempt", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `
			UPDATE links SET attempts = attempts + 1
			WHERE attempts <= $1 AND id = (SELECT l.id FROM links l WHERE l.application = $2 ORDER BY `+newestFirst+` LIMIT 1)`, most, application)
		if err != nil {
			return err
		}
		links, err = linksOf(ctx, tx, application, newestFirst)
		return err
	})
	return links, err
}

// Links returns the links of an application, one for each time a letter was asked for,
// the newest first.
func (s *Store) Links(ctx context.Context, application string) ([]Link, error) {
	links, err := linksOf(ctx, s.db.Read(), application, `l.id DESC`)
	return links, s.db.Wrap("links", err)
}

// A querier is a pool or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

func linksOf(ctx context.Context, q querier, application, order string) (links []Link, err error) {
	rows, err := q.QueryContext(ctx, `SELECT `+linkColumns+` FROM links l WHERE l.application = $1 ORDER BY `+order, application)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var l Link
		if err := rows.Scan(l.into()...); err != nil {
			return nil, err
		}
		links = append(links, l)
	}
	return links, rows.Err()
}

const linkColumns = `l.selector, l.verifier_hash, l.code_hash, l.letter, l.created_at, l.expires_at,
	l.attempts, l.scanner_suspected, l.pending_choice, l.chosen_at`
