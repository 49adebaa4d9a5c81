package member

import (
	"context"
	"database/sql"
	"time"

	"joinery/app/mail"
)

// A Link is what a letter carries to confirm an application: a link, and a code
// for those who type.
type Link struct {
	Selector     string // finds it
	VerifierHash string // the digest of the secret that proves the mailbox
	CodeHash     string // the digest of the code that does the same
	Letter       string // the ID of the letter, set by the store; "": there was none, beyond the limits
	CreatedAt    time.Time
	ExpiresAt    time.Time

	Attempts         int       // how often a code was typed while this was the link of the newest letter
	ScannerSuspected bool      // a machine follows it: no press counts any more
	PendingChoice    Choice    // what was chosen on its page, and does not yet count
	ChosenAt         time.Time // when
}

// A Choice is a choice on the page of a link.
type Choice string

// The presses.
const (
	NoChoice       Choice = ""
	Accept         Choice = "yes"    // it is my address
	Resend         Choice = "keep"   // send me a fresh link
	Decline        Choice = "no"     // I did not ask for this
	ConfirmDecline Choice = "delete" // and I am sure
)

// insertLink makes l the newest link of the application and queues the letter that
// carries it; an earlier one that was not sent by now is not sent any more.
// Beyond the limits there is no letter: l then says no more than that one was
// asked for, and the links of earlier letters stay what they were.
func insertLink(ctx context.Context, tx *sql.Tx, application string, l Link, letter mail.Letter, within *mail.Limits) (queued bool, err error) {
	queued, err = within.Allow(ctx, tx, letter)
	if err != nil {
		return false, err
	}
	if queued {
		if err := mail.Cancel(ctx, tx, application, letter.Written); err != nil {
			return false, err
		}
		letter.Topic, l.Letter = application, letter.ID
		if err := mail.Enqueue(ctx, tx, letter); err != nil {
			return false, err
		}
	}
	_, err = tx.ExecContext(ctx, `
		INSERT INTO links (selector, verifier_hash, code_hash, letter, application, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		l.Selector, l.VerifierHash, l.CodeHash, l.Letter, application, l.CreatedAt.Unix(), l.ExpiresAt.Unix())
	return queued && err == nil, err
}

// AddLink makes l the newest link of a waiting application and queues the letter
// that carries it, in the place of one that was not sent by now. Beyond the
// limits there is no letter, and nobody has l. It does nothing at all unless a
// letter was asked for before as often as asks says: of any number of calls at
// the same time, one does. It reports whether the letter was queued.
func (s *Store) AddLink(ctx context.Context, application string, asks int, l Link, letter mail.Letter, within *mail.Limits) (queued bool, err error) {
	err = s.db.Tx(ctx, "relink", func(tx *sql.Tx) error {
		var due bool
		err := tx.QueryRowContext(ctx, `
			SELECT state = $1 AND (SELECT count(*) FROM links WHERE application = a.id) = $2
			FROM applications a WHERE id = $3`, Waiting, asks, application).Scan(&due)
		if err != nil || !due {
			return err
		}
		queued, err = insertLink(ctx, tx, application, l, letter, within)
		return err
	})
	return queued && err == nil, err
}

// UpdateChoice puts in place of what is noted about the presses of the link with the
// given handle what decide makes of it: Doubted, Pressed and PressedAt. Nothing
// else happens to the link meanwhile. Of an application that waits no longer
// nothing is noted.
func (s *Store) UpdateChoice(ctx context.Context, handle string, decide func(Link) Link) error {
	return s.db.Tx(ctx, "press", func(tx *sql.Tx) error {
		var l Link
		err := tx.QueryRowContext(ctx, `
			SELECT `+linkColumns+` FROM links l JOIN applications a ON a.id = l.application
			WHERE l.selector = $1 AND a.state = $2`, handle, Waiting).Scan(l.into()...)
		if err != nil {
			return ignoreNone(err)
		}
		l = decide(l)
		_, err = tx.ExecContext(ctx, `UPDATE links SET scanner_suspected = $1, pending_choice = $2, chosen_at = $3 WHERE selector = $4`,
			l.ScannerSuspected, l.PendingChoice, l.ChosenAt.Unix(), handle)
		return err
	})
}

// CountAttempt counts one more try to type the code of an application, with the link of
// its newest letter, and returns its links, that one first. Tries at the same
// time are all counted, up to one more than most.
func (s *Store) CountAttempt(ctx context.Context, application string, most int) (links []Link, err error) {
	const newest = `l.letter = '', l.id DESC`
	err = s.db.Tx(ctx, "try", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `
			UPDATE links SET attempts = attempts + 1
			WHERE attempts <= $1 AND id = (SELECT l.id FROM links l WHERE l.application = $2 ORDER BY `+newest+` LIMIT 1)`, most, application)
		if err != nil {
			return err
		}
		links, err = linksOf(ctx, tx, application, newest)
		return err
	})
	return links, err
}

// Links returns the links of an application, one for each time a letter was
// asked for, the last first.
func (s *Store) Links(ctx context.Context, application string) ([]Link, error) {
	links, err := linksOf(ctx, s.db.Read(), application, `l.id DESC`)
	return links, s.db.Wrap("links", err)
}

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
