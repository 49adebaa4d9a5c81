package member

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"time"

	"joinery/app/consent"
	"joinery/app/mail"
)

// MaxSharing is how many members may share a mailbox.
const MaxSharing = 20

// Letters are the letters that may follow a confirmation. Their topic is the application,
// whose ID a new member takes over.
type Letters struct {
	Welcome mail.Order // to a new member
	Updated mail.Order // to a person who was a member before
	Restore CodedLink  // in Updated

	Within *mail.Limits // in which the letter that was confirmed counts no longer for its network
}

// An Applicant is the person who sent an application, as far as that is known.
type Applicant struct {
	Unknown bool   // the reader of the mailbox is to be asked
	Member  string // the ID of the member with new answers; "": a person who is no member yet
}

// An Identify says who sent an application, of which the mailbox is proven. Sharing are
// the members with the same address, in upper or lower case, the oldest first.
type Identify func(a Application, sharing []Member) Applicant

// An Outcome is what a confirmation has done.
type Outcome string

// The outcomes.
const (
	Nothing Outcome = ""        // the application does not wait any more
	Joined  Outcome = "joined"  // the applicant is a member
	Updated Outcome = "updated" // the answers of a member are replaced
	Held    Outcome = "held"    // the reader of the mailbox must be asked who sent the application
)

// A Proof is what proves the mailbox of a waiting application.
type Proof struct {
	Session string // the digest of the session of the applicant's browser that has the link or the code; "": another browser has it
	At      time.Time
}

// Confirm ends a waiting application whose mailbox is proven, as identify says: it makes
// the applicant a member with the consents of the application, or gives these and the
// answers to a member, whose former answers it keeps, see [Store.Restore]. It queues the
// letter that says so, and cancels those that still ask for confirmation.
//
// While the applicant is unknown, or named as a member who does not share the mailbox, or
// would be one member more than [MaxSharing], the application is held: it goes on waiting,
// and the choices on its links are forgotten.
//
// Of any number of calls, at the same time or one after the other, one ends the
// application.
func (s *Store) Confirm(ctx context.Context, application string, proof Proof, identify Identify, letters Letters) (did Outcome, err error) {
	err = s.db.Tx(ctx, "confirm", func(tx *sql.Tx) error {
		var a Application
		err := tx.QueryRowContext(ctx, `SELECT `+applicationColumns+` FROM applications a WHERE a.id = $1`, application).Scan(a.into(ctx, s.ring)...)
		if err != nil || a.State != Waiting {
			return err
		}
		if err := insertProof(ctx, tx, a.ID, proof.Session); err != nil {
			return err
		}
		if err := confirmLetters(ctx, tx, a.ID, proof.At, letters.Within); err != nil {
			return err
		}
		sharing, err := sharing(ctx, tx, a.Email)
		if err != nil {
			return err
		}
		did, err = s.confirm(ctx, tx, a, identify(a, sharing), sharing, proof.At, letters)
		return err
	})
	if err != nil {
		return Nothing, err
	}
	return did, nil
}

// confirmLetters makes room in the budget of the networks that asked for the letters
// about an application.
func confirmLetters(ctx context.Context, tx *sql.Tx, application string, now time.Time, within *mail.Limits) error {
	links, err := linksOf(ctx, tx, application, `l.id`)
	if err != nil {
		return err
	}
	for _, l := range links {
		if err := within.Confirmed(ctx, tx, l.Letter, now); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) confirm(ctx context.Context, tx *sql.Tx, a Application, who Applicant, sharing []Member, now time.Time, letters Letters) (Outcome, error) {
	known := slices.IndexFunc(sharing, func(m Member) bool { return m.ID == who.Member })
	switch {
	case who.Unknown, who.Member != "" && known < 0, who.Member == "" && len(sharing) >= MaxSharing:
		return Held, hold(ctx, tx, a.ID)
	case who.Member == "":
		return Joined, s.join(ctx, tx, a, now, letters.Welcome)
	}
	return Updated, s.update(ctx, tx, a, sharing[known], now, letters)
}

// join makes the sender of an application a member.
func (s *Store) join(ctx context.Context, tx *sql.Tx, a Application, now time.Time, welcome mail.Order) error {
	answers, err := json.Marshal(a.Answers)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `
		INSERT INTO members (id, application, email, lang, form, answers, confirmed_at, updated_at)
		VALUES ($1, $1, $2, $3, $4, $5, $6, $6)`,
		a.ID, a.Email, a.Lang, a.Form, string(answers), now.Unix())
	if err != nil {
		return err
	}
	return s.complete(ctx, tx, a, a.ID, now, welcome)
}

// update gives a member the answers of an application, and keeps the former ones.
func (s *Store) update(ctx context.Context, tx *sql.Tx, a Application, m Member, now time.Time, letters Letters) error {
	answers, err := json.Marshal(a.Answers)
	if err != nil {
		return err
	}
	if err := insertFormer(ctx, tx, m.ID, a.ID, now, letters.Restore); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE members SET lang = $1, form = $2, answers = $3, updated_at = $4, application = $5 WHERE id = $6`,
		a.Lang, a.Form, string(answers), now.Unix(), a.ID, m.ID)
	if err != nil {
		return err
	}
	return s.complete(ctx, tx, a, m.ID, now, letters.Updated)
}

// complete records the consents of an application for a member, ends it, and queues a
// letter.
func (s *Store) complete(ctx context.Context, tx *sql.Tx, a Application, member string, now time.Time, letter mail.Order) error {
	if err := consent.Append(ctx, tx, s.ring, member, a.Email, "", a.Consents...); err != nil {
		return err
	}
	if _, err := closeApplication(ctx, tx, a.ID, Confirmed, now); err != nil {
		return err
	}
	letter.Topic = a.ID
	return mail.Enqueue(ctx, tx, s.ring, letter)
}
