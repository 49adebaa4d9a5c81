// Package member keeps applications that wait for confirmation, the members
// they become, and what each agreed to. Every change of state is one
// transaction, which also queues the mail that goes with it.
package member

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"joinery/app/db"
	"joinery/app/form"
	"joinery/app/i18n"
)

// ErrNotFound reports an application or a link that never was, or is long gone.
var ErrNotFound = errors.New("member: not found")

// A State says how far an application has come.
type State string

// The states. All but Waiting are final, and keep nothing about the person.
const (
	Waiting   State = "waiting"   // sent, address not yet confirmed
	Confirmed State = "confirmed" // address confirmed: there is a member
	Replaced  State = "replaced"  // corrected and sent again by the same person
	Withdrawn State = "withdrawn" // ended by whoever reads the mailbox
	Expired   State = "expired"   // not confirmed in time
)

// An Application is what a person sent.
type Application struct {
	ID       string
	Draft    string // the key of the draft it was
	State    State
	Email    string // canonical
	Lang     i18n.Lang
	Form     string // the version of the definition
	Answers  form.Answers
	Consents []Consent
	Sent     time.Time
}

// A Consent is a box that was shown, ticked or not, with the words beside it.
type Consent struct {
	Key     string    `json:"key"`
	Version string    `json:"version"`
	Purpose string    `json:"purpose"`
	Wording string    `json:"wording"` // exactly as shown
	Lang    i18n.Lang `json:"lang"`    // of the wording
	Given   bool      `json:"given"`
	At      time.Time `json:"at"` // UTC
}

// A ApplicationLink is an application as one of its links finds it.
type ApplicationLink struct {
	Application
	Link   Link
	Newest bool // no later letter was written for the application
}

// A Member is a person whose address is confirmed.
type Member struct {
	ID        string       `json:"id"`
	Email     string       `json:"email"`
	Lang      i18n.Lang    `json:"language"`
	Form      string       `json:"form"`
	Confirmed time.Time    `json:"confirmed"` // for the first time
	Updated   time.Time    `json:"updated"`
	Answers   form.Answers `json:"answers"`
	Consents  []Consent    `json:"consents"` // the latest of each
}

// A Store keeps applications and members in SQL. It may be used concurrently.
type Store struct{ db db.Scope }

// NewStore returns the store in d, whose tables are those of [db.Migrations].
func NewStore(d *db.DB) *Store {
	return &Store{db.Scope{DB: d, Package: "member", NotFound: ErrNotFound}}
}

// Ping returns an error when the file of the store cannot be written.
func (s *Store) Ping(ctx context.Context) error {
	return s.db.Wrap("ping", s.db.CheckWritable(ctx, time.Now()))
}

// ignoreNone returns err, unless it says that there is no row.
func ignoreNone(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	return err
}
