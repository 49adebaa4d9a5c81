package mail

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"time"

	gomail "github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"
)

// SMTP delivers letters to a mail server, each in a conversation of its own.
type SMTP struct {
	Signer *Signer // signs the letters; nil: nobody does. Set it before the first letter

	head     letterhead
	server   server
	roots    *x509.CertPool // whose certificates are believed; nil: those that the system believes
	patience time.Duration  // for a whole conversation, however the server drags it out
}

// NewSMTP returns a sender by way of the server at rawURL: smtp:// with
// STARTTLS when it is offered (?tls=required: always, ?tls=none: never), or
// smtps://. The letters come from the address from and are answered to
// replyTo, which may be empty. Nothing is connected yet.
func NewSMTP(rawURL, from, replyTo string, org Organization) (*SMTP, error) {
	server, urlErr := parseServer(rawURL)
	from, fromErr := parseAddress("MAIL_FROM", from)
	var replyErr error
	if replyTo != "" {
		replyTo, replyErr = parseAddress("MAIL_REPLY_TO", replyTo)
	}
	if err := errors.Join(urlErr, fromErr, replyErr); err != nil {
		return nil, err
	}
	return &SMTP{head: letterhead{from, replyTo, org}, server: server, patience: 30 * time.Second}, nil
}

// Send delivers l to the server. What the server does after it has accepted
// the letter is no failure: another attempt would make a second letter. That
// is why the conversation has no RSET, for which go-mail would wait.
func (s *SMTP) Send(ctx context.Context, l Letter) error {
	m, err := s.compose(l)
	if err != nil {
		return &Failure{Step: composing, err: err}
	}
	return s.converse(ctx, isASCII(l.To), func(c *gomail.Client, conn *smtp.Client) error {
		if err := c.SendWithSMTPClient(conn, m); err != nil {
			return notSent(err)
		}
		return nil
	})
}

// compose returns l as it is sent, signed.
func (s *SMTP) compose(l Letter) (*gomail.Msg, error) {
	m, err := s.head.message(l)
	if err != nil || s.Signer == nil {
		return m, err
	}
	return m, s.Signer.sign(m, domain(s.head.from))
}

// converse connects, greets and authenticates, calls talk and takes its leave.
// It ends in time and leaves no connection open, whatever the server does:
// go-mail itself minds the context only while it connects.
func (s *SMTP) converse(ctx context.Context, ascii bool, talk func(*gomail.Client, *smtp.Client) error) error {
	ctx, cancel := context.WithTimeout(ctx, s.patience)
	defer cancel() // closes the connection
	client, err := gomail.NewClient(s.server.host, s.options(ctx, ascii)...)
	if err != nil {
		return notConnected(err)
	}
	conn, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return notConnected(cmp.Or(ctx.Err(), err)) // rather "deadline exceeded" than "closed connection"
	}
	defer client.CloseWithSMTPClient(conn) //nolint:errcheck // what is said is said
	return talk(client, conn)
}

// options are those of one conversation, which ends with ctx. SMTPUTF8 is
// asked for only where the address needs it: some servers cannot pass it on.
func (s *SMTP) options(ctx context.Context, ascii bool) []gomail.Option {
	options := []gomail.Option{
		gomail.WithDialContextFunc(func(context.Context, string, string) (net.Conn, error) { return s.dial(ctx) }),
		gomail.WithTLSConfig(s.tls()),
		gomail.WithTLSPolicy(s.server.policy),
		gomail.WithTimeout(s.patience),
		gomail.WithHELO(domain(s.head.from)),
		gomail.WithoutNoop(),
		gomail.WithoutRset(),
	}
	if ascii {
		options = append(options, gomail.WithoutSMTPUTF8())
	}
	return append(options, s.server.credentials()...)
}

// dial returns a connection that closes when ctx is done.
func (s *SMTP) dial(ctx context.Context) (conn net.Conn, err error) {
	if s.server.implicit {
		conn, err = (&tls.Dialer{Config: s.tls()}).DialContext(ctx, "tcp", s.server.addr())
	} else {
		conn, err = (&net.Dialer{}).DialContext(ctx, "tcp", s.server.addr())
	}
	if err == nil {
		context.AfterFunc(ctx, func() { conn.Close() })
	}
	return conn, err
}

func (s *SMTP) tls() *tls.Config {
	return &tls.Config{ServerName: s.server.host, RootCAs: s.roots, MinVersion: tls.VersionTLS12}
}
