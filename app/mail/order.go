package mail

import (
	"context"
	"crypto/rand"
	"errors"
	"time"

	"joinery/app/i18n"
)

// An Order is a letter that is still to be written: to whom it goes and what it is about,
// but none of its words. It is all that the queue keeps of a letter.
type Order struct {
	ID      string // unique and unguessable; the left half of the Message-ID, the same at each attempt
	Kind    Kind
	Topic   string // the key or ID of what the letter is about, or ""; see [Cancel]
	Network string // the digest of the network that asked for the letter, or ""; see [Limits]
	To      string // one address, canonical
	Lang    i18n.Lang
	Secrets []string  // for the links and codes of the letter; random, without spaces
	Due     time.Time // the first attempt is made then or later; see [Limits.Room]

	keys addressKeys // of To, once it is queued or in question
}

// NewOrder returns an order with an ID of its own that is due now.
func NewOrder(kind Kind, to string, lang i18n.Lang, now time.Time) Order {
	return Order{ID: rand.Text(), Kind: kind, To: to, Lang: lang, Due: now}
}

// A Writer writes the letter of an order as things stand now, at one attempt to send it:
// the times that the letter tells run from now, and its links work until then. It returns
// [ErrEnded] when there is nothing to write about any more. The error is safe to log.
type Writer func(ctx context.Context, o Order) (Letter, error)

// ErrEnded reports that what a letter is about has ended, so that it is not sent.
var ErrEnded = errors.New("mail: what the letter is about has ended")

// A Letter is one mail, ready to send.
type Letter struct {
	Order
	Subject string
	Text    string    // the plain text
	HTML    string    // the same text in the same order
	Written time.Time // the Date of the letter: the time of this attempt
}
