package mail

import (
	"cmp"
	"context"
	"crypto/tls"
	"net"
	"time"

	gomail "github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"
)

// A connection is one to the mail server, greeted and authenticated. It has one user at a
// time.
type connection struct {
	client  *smtp.Client
	wire    net.Conn
	limits  timeLimits
	letters int         // that it was used for
	expiry  *time.Timer // of the time for which it is kept
	said    string      // the last answer that mattered, for the operator alone: it may quote an address
}

// dial connects, greets and authenticates.
func (s *SMTP) dial(ctx context.Context) (*connection, error) {
	c, stop := &connection{limits: s.limits}, func() bool { return true }
	dialer := func(dialing context.Context, _, _ string) (wire net.Conn, err error) {
		if wire, err = s.wire(dialing); err == nil {
			c.wire, stop = wire, context.AfterFunc(ctx, func() { wire.Close() }) // go-mail itself looks at ctx only now
		}
		return wire, err
	}
	client, err := gomail.NewClient(s.server.host, s.options(dialer)...)
	if err != nil {
		return nil, err
	}
	c.client, err = client.DialToSMTPClientWithContext(ctx)
	stop()
	if err == nil {
		return c, nil
	}
	if c.wire != nil {
		c.wire.Close()
	}
	return nil, cmp.Or(ctx.Err(), err) // rather "deadline exceeded" than "closed connection"
}

func (s *SMTP) options(dialer gomail.DialContextFunc) []gomail.Option {
	return append([]gomail.Option{
		gomail.WithDialContextFunc(dialer),
		gomail.WithTLSConfig(s.tls()),
		gomail.WithTLSPolicy(s.server.policy),
		gomail.WithTimeout(s.limits.greeting),
		gomail.WithHELO(domain(s.head.from)),
	}, s.server.credentials()...)
}

// wire returns a connection on which nothing was said yet.
func (s *SMTP) wire(ctx context.Context) (net.Conn, error) {
	dialer := &net.Dialer{Timeout: s.limits.dial}
	if s.server.implicit {
		return (&tls.Dialer{NetDialer: dialer, Config: s.tls()}).DialContext(ctx, "tcp", s.server.addr())
	}
	return dialer.DialContext(ctx, "tcp", s.server.addr())
}

func (s *SMTP) tls() *tls.Config {
	return &tls.Config{ServerName: s.server.host, RootCAs: s.roots, MinVersion: tls.VersionTLS12}
}

// quit says good-bye, waits so long for an answer, and closes c.
func (c *connection) quit(limit time.Duration) {
	if c.within(limit) == nil {
		c.client.Quit() //nolint:errcheck // what was sent stands
	}
	c.wire.Close()
}

// within gives the next step of the conversation so long.
func (c *connection) within(limit time.Duration) error { return c.client.UpdateDeadline(limit) }
