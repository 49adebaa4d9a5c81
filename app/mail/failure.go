package mail

import (
	"errors"
	"fmt"
	"net/textproto"

	gomail "github.com/wneessen/go-mail"
)

// The steps of an attempt to deliver a letter, in order.
const (
	writing    = "writing"    // the letter cannot be written now
	composing  = "composing"  // the letter cannot be made a mail
	connecting = "connecting" // greeting, encryption and authentication
	sender     = "sender"     // MAIL FROM
	recipient  = "recipient"  // RCPT TO
	content    = "content"    // DATA and its end
)

// A Failure is why a letter was not delivered. It is safe to log and to store: it has no
// address, and of the reply of the server only the code.
type Failure struct {
	Step string // the step that failed: writing, composing, connecting, sender, recipient, content
	Code int    // of the reply of the server; 0: there was no reply
	err  error
}

// Permanent reports whether another attempt would fail too: the server refused this
// recipient or this content. When the server refuses the connection or the sender, the
// settings are wrong, and can be corrected before the next attempt.
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

// Unwrap returns the error of the connection, which may quote the server.
func (f *Failure) Unwrap() error { return f.err }

// notConnected returns the failure of an attempt that ended with err before the letter.
func notConnected(err error) *Failure {
	f := &Failure{Step: connecting, err: err}
	if reply := (*textproto.Error)(nil); errors.As(err, &reply) {
		f.Code = reply.Code
	}
	return f
}

// notSent returns the failure of a conversation that ended with err. It drops err, in
// which go-mail quotes the recipient.
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
