package mail

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net/textproto"

	"github.com/wneessen/go-mail/smtp"
)

// The steps of an attempt to deliver a letter, in order.
const (
	writing    = "writing"    // the letter cannot be written now
	composing  = "composing"  // the letter cannot be made a mail
	connecting = "connecting" // greeting, encryption and authentication
	sender     = "sender"     // MAIL FROM
	recipient  = "recipient"  // RCPT TO
	content    = "content"    // DATA, the letter and its end
)

// A Failure is why a letter was not delivered. It is safe to log and to store: it has no
// address, and of the reply of the server only the codes.
type Failure struct {
	Step   string // the step that failed: writing, composing, connecting, sender, recipient, content
	Code   int    // of the reply of the server; 0: there was no reply
	Status string // the enhanced code of the reply, such as 5.7.1, or ""
	Cause  Cause
	err    error
}

// Permanent reports whether another attempt would fail too, because the address is wrong.
// When the server refuses us or the letter, that can be mended before the next attempt.
func (f *Failure) Permanent() bool { return f.Cause == Address }

func (f *Failure) Error() string {
	switch {
	case f.Code != 0 && f.Status != "":
		return fmt.Sprintf("mail: %s: the server answered %d %s", f.Step, f.Code, f.Status)
	case f.Code != 0:
		return fmt.Sprintf("mail: %s: the server answered %d", f.Step, f.Code)
	case f.Cause == Unanswered:
		return "mail: the server has the whole letter and did not say whether it takes it"
	case f.err != nil:
		return fmt.Sprintf("mail: %s: %v", f.Step, f.err)
	default:
		return fmt.Sprintf("mail: %s: the connection broke or timed out", f.Step)
	}
}

// Unwrap returns the error of the connection, which may quote the server.
func (f *Failure) Unwrap() error { return f.err }

// failed returns the failure of a step that ended with err, an error of the conversation.
// It keeps err only of the steps in which no address is told to the server, whose errors
// cannot quote one.
func failed(step string, err error) *Failure {
	f := &Failure{Step: step, Cause: Passing}
	if step == connecting {
		f.err = err
	}
	if refusal := (*textproto.Error)(nil); errors.As(err, &refusal) {
		r := newReply(refusal.Code, refusal.Msg)
		f.Code, f.Status, f.Cause = r.code, r.status, r.cause(step)
	}
	certificate := (*tls.CertificateVerificationError)(nil)
	if errors.As(err, &certificate) || errors.Is(err, smtp.ErrUnencrypted) {
		f.Cause = Ours
	}
	return f
}

// notComposed returns the failure of a letter of which no mail can be made.
func notComposed(err error) *Failure {
	f := &Failure{Step: composing, Cause: Ours, err: err}
	if errors.Is(err, errNoAddress) {
		f.Cause = Address
	}
	return f
}
