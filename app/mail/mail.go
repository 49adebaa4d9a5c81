// Package mail keeps orders for letters in a durable queue, has each letter written when
// it is sent, and delivers it by SMTP or into the development outbox.
//
// An order says what a letter is about. At each attempt a [Writer] writes the letter as
// things stand then. So a letter that comes late carries a link that works, the times in
// it are right, and what has ended is not written about. The queue never has the words.
//
// All attempts of a letter have one Message-ID, and each has its own Date: that of the
// attempt, when its words were written. A mail program that gets a letter twice, because
// the first answer of the server was lost, may show only the first: its links work too.
package mail

import (
	"context"
	"time"

	"joinery/app/i18n"
	"joinery/app/welcome"
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

	NewAddress     Kind = "new_address"     // asks the reader to confirm that it is to be the address of a member
	AddressChanged Kind = "address_changed" // tells the address that a member had that there is another now
)

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
	Site    string         // the address of the site, without a slash at the end
	Address string         // postal; may have several lines
	Contact string         // an address or a page for questions
	Colour  string         // of the background of white text, such as #0b5550
	Places  welcome.Places // what awaits a new member
	Zone    *time.Location // in which times are told; nil: UTC
	Logo    Logo           // stands on Colour
}

// A Logo is a picture in the head of letters. Without PNG there is none.
type Logo struct {
	PNG           []byte
	Width, Height int // at which it is shown
}
