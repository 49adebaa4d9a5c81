// Package member keeps the applications that wait for confirmation, the members that
// they become, and the consents of both. Every change of state is one transaction,
// which also queues the letter that goes with it.
package member

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"joinery/app/consent"
	"joinery/app/db"
	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/seal"
)

// ErrNotFound reports an application, a link or a member that is not known, or is not
// known any more.
var ErrNotFound = errors.New("member: not found")

// A State is how far an application has come.
type State string

// The states. All but Waiting are final: the application then has no personal data.
const (
	Waiting   State = "waiting"   // sent; the address is not confirmed yet
	Confirmed State = "confirmed" // the address is confirmed: there is a member
	Replaced  State = "replaced"  // the applicant corrected it and sent it again
	Withdrawn State = "withdrawn" // ended by the reader of the mailbox
	Expired   State = "expired"   // not confirmed in time
)

// An Application is what an applicant sent.
type Application struct {
	ID       string
	Draft    string // the key of the draft that was sent
	State    State
	Email    string // canonical
	Lang     i18n.Lang
	Form     string // the version of the form
	Answers  form.Answers
	Consents []Consent
	Sent     time.Time
	Held     Hold // only while it waits
}

// A Consent is a checkbox that was shown, ticked or not, with the words beside it.
type Consent = consent.Consent

// An ApplicationLink is an application and one of its links.
type ApplicationLink struct {
	Application
	Link   Link
	Newest bool // no later link of the application has a letter
}

// A Member is a person with a confirmed address.
type Member struct {
	ID        string       `json:"id"`
	Email     string       `json:"email"`
	Lang      i18n.Lang    `json:"language"`
	Form      string       `json:"form"`
	Confirmed time.Time    `json:"confirmed"` // the first time
	Updated   time.Time    `json:"updated"`
	Sharing   int          `json:"members_with_this_address"` // this one and those with whom they share the mailbox
	Answers   form.Answers `json:"answers"`
	Consents  []Consent    `json:"consents"` // the latest of each key
}

// A Store keeps applications and members in SQL. It may be used concurrently.
type Store struct {
	db   db.Scope
	ring *seal.Ring
}

// NewStore returns the store in d, whose tables are those of [db.Migrations]. It seals
// with ring what is not about members; to read members alone it needs none.
func NewStore(d *db.DB, ring *seal.Ring) *Store {
	return &Store{db.Scope{DB: d, Package: "member", NotFound: ErrNotFound}, ring}
}

// Ping returns an error when the file of the store cannot be written.
func (s *Store) Ping(ctx context.Context) error {
	return s.db.Wrap("ping", s.db.CheckWritable(ctx, time.Now()))
}

// ignoreNone returns err, or nil if there was no row.
func ignoreNone(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	return err
}
