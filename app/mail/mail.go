// Package mail writes letters, keeps them in a durable queue and delivers them:
// by SMTP, or into the outbox of a developer.
package mail

import (
	"context"
	"time"

	"joinery/app/i18n"
)

// A Kind says what a letter is for.
type Kind string

// The kinds of letters. Each has two templates, views/mail/<kind>.html and .txt;
// [Confirm] has two more, views/mail/member.html and .txt, for members.
const (
	Confirm  Kind = "confirm"  // asks whether an application is its reader's
	Welcome  Kind = "welcome"  // tells them that they are a member
	Updated  Kind = "updated"  // tells a member that their answers were replaced
	Resume   Kind = "resume"   // lets them continue an application that they began
	Reminder Kind = "reminder" // tells them that one will be deleted
)

// A Letter is one mail, ready to send.
type Letter struct {
	ID      string // unique and unguessable; the left half of its Message-ID, the same at each attempt
	Kind    Kind
	Topic   string // what it is about, or ""; not sent with it, see [Cancel]
	Network string // the digest of the network from which it was asked for, or ""; not sent with it, see [Limits]
	To      string // one address, canonical
	Lang    i18n.Lang
	Subject string
	Text    string    // its words, plain
	HTML    string    // the same words in the same order
	Written time.Time // its Date, and when it is first due
}

// A Sender delivers letters. Its methods may be called concurrently.
type Sender interface {
	// Send delivers l, or says why it could not. It ends with ctx. A [*Failure]
	// that is permanent means that no other attempt can mend it. The words of
	// its errors are safe to log: they hold no address and nothing of the letter.
	Send(ctx context.Context, l Letter) error
}

// An Organization is who writes the letters.
type Organization struct {
	Name    i18n.Text
	Address string // postal; may have several lines
	Contact string // an address or a page that people can turn to
	Colour  string // of the ground of white words, such as #0b5550
}
