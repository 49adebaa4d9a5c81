package mail

import (
	"errors"
	"fmt"
	"net/textproto"

	gomail "github.com/wneessen/go-mail"
)

// The steps of an attempt to deliver a letter, in their order.
const (
	composing  = "composing"  // the letter cannot be put in the form of a mail
	connecting = "connecting" // greeting, encryption and authentication
	sender     = "sender"     // MAIL FROM
	recipient  = "recipient"  // RCPT TO
	content    = "content"    // DATA and its end
)

// A Failure says why a letter was not delivered, in words that are safe to log
// and to keep: no address, and nothing that the server said but its code.
type Failure struct {
	Step string // how far the attempt came: composing, connecting, sender, recipient, content
	Code int    // of the server's reply; 0: there was none
	err  error
}

// Permanent reports whether no other attempt can mend it: the server refused
// this recipient or this content. That it refuses us or our sender is a fault
// of the configuration, which can be mended before the next attempt.
func (f *Failure) Permanent() bool {
	return f.Step == composing || f.Code/100 == 5 && (f.Step == recipient || f.Step == content)
}

func (f *Failure) Error() string {
	switch {
	case f.Code != 0:
		return fmt.Sprintf("mail: %s: the server answered %d", f.Step, f.Code)
	case f.err != nil:
		return fmt.Sprintf("mail: %s: %v", f.Step, f.err)
	default:
		return fmt.Sprintf("mail: %s: the connection broke or timed out", f.Step)
	}
}

// Unwrap returns what made connecting fail, which may quote the server.
func (f *Failure) Unwrap() error { return f.err }

// notConnected is the failure of an attempt that ended with err before the
// letter was mentioned.
func notConnected(err error) *Failure {
	f := &Failure{Step: connecting, err: err}
	if reply := (*textproto.Error)(nil); errors.As(err, &reply) {
		f.Code = reply.Code
	}
	return f
}

// notSent is the failure of a conversation that ended with err. It drops err:
// go-mail's words hold the recipient.
func notSent(err error) *Failure {
	refused := (*gomail.SendError)(nil)
	if !errors.As(err, &refused) {
		return &Failure{Step: content}
	}
	f := &Failure{Step: content, Code: refused.ErrorCode()}
	switch refused.Reason {
	case gomail.ErrConnCheck:
		f.Step = connecting
	case gomail.ErrSMTPMailFrom:
		f.Step = sender
	case gomail.ErrSMTPRcptTo:
		f.Step = recipient
	}
	return f
}
