// Package mail writes letters, keeps them in a durable queue, and delivers them by SMTP
// or into the development outbox.
package mail

import (
	"context"
	"time"

	"joinery/app/i18n"
)

// A Kind is the purpose of a letter.
type Kind string

// The kinds of letters. Each has two templates, views/mail/<kind>.html and .txt;
// [Confirm] has two more, views/mail/member.html and .txt, for members.
const (
	Confirm  Kind = "confirm"  // asks the reader to confirm an application
	Welcome  Kind = "welcome"  // tells the reader that they are a member
	Updated  Kind = "updated"  // tells a member that their answers were replaced
	Resume   Kind = "resume"   // lets the reader continue an application
	Reminder Kind = "reminder" // tells the reader that an application will be deleted
)

// A Letter is one mail, ready to send.
type Letter struct {
	ID      string // unique and unguessable; the left half of the Message-ID, the same at each attempt
	Kind    Kind
	Topic   string // the key or ID of what the letter is about, or ""; not sent, see [Cancel]
	Network string // the digest of the network that asked for the letter, or ""; not sent, see [Limits]
	To      string // one address, canonical
	Lang    i18n.Lang
	Subject string
	Text    string    // the plain text
	HTML    string    // the same text in the same order
	Written time.Time // the Date of the letter, and the time of the first attempt
}

// A Sender delivers letters. Its methods may be called concurrently.
type Sender interface {
	// Send delivers l or returns why it could not. It ends with ctx. After a permanent
	// [*Failure], another attempt would fail too. Errors are safe to log: they hold no
	// address and nothing of the letter.
	Send(ctx context.Context, l Letter) error
}

// An Organization is the sender of the letters.
type Organization struct {
	Name    i18n.Text
	Address string // postal; may have several lines
	Contact string // an address or a page for questions
	Colour  string // of the background of white text, such as #0b5550
}
