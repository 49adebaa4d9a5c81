package mail

import (
	"context"
	"errors"
	"io"
	"net/textproto"
	"time"

	gomail "github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"
)

// send sends m, each step within its limit, and ends with ctx.
func (c *connection) send(ctx context.Context, from, to string, m *gomail.Msg) *Failure {
	c.letters++
	stop := context.AfterFunc(ctx, func() { c.wire.Close() })
	defer stop()
	if failure := c.envelope(from, to); failure != nil {
		return failure
	}
	var w io.WriteCloser
	err := c.step(c.limits.data, func() (err error) { w, err = c.client.Data(); return err })
	if err != nil {
		return failed(content, err)
	}
	if _, err := m.WriteTo(pieces{w, c}); err != nil {
		return failed(content, err)
	}
	failure := ended(c.step(c.limits.end, w.Close))
	if accepted, ok := w.(*smtp.DataCloser); ok && failure == nil {
		c.said = accepted.ServerResponse()
	}
	return failure
}

// envelope tells the server from whom and to whom the letter goes. It uses SMTPUTF8 only
// when the address needs it: some servers cannot pass such a letter on.
func (c *connection) envelope(from, to string) *Failure {
	c.client.SkipSMTPUTF8(isASCII(to))
	if err := c.step(c.limits.envelope, func() error { return c.client.Mail("<" + from + ">") }); err != nil {
		return failed(sender, err)
	}
	if err := c.step(c.limits.envelope, func() error { return c.client.Rcpt("<" + to + ">") }); err != nil {
		return failed(recipient, err)
	}
	return nil
}

// ended returns what the answer to the end of a letter means.
func ended(err error) *Failure {
	answer := (*textproto.Error)(nil)
	switch {
	case err == nil:
		return nil
	case errors.As(err, &answer):
		return failed(content, err)
	}
	return &Failure{Step: content, Cause: Unanswered}
}

// step does one step of the conversation within its limit.
func (c *connection) step(limit time.Duration, do func() error) error {
	if err := c.within(limit); err != nil {
		return err
	}
	err := do()
	if err != nil {
		c.said = err.Error()
	}
	return err
}

// pieces gives the server time anew for each piece of a letter.
type pieces struct {
	w io.Writer
	c *connection
}

func (p pieces) Write(b []byte) (n int, err error) {
	err = p.c.step(p.c.limits.block, func() error { n, err = p.w.Write(b); return err })
	return n, err
}
