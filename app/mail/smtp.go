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

// SMTP delivers letters to a mail server, each in a connection of its own.
type SMTP struct {
	Signer *Signer // signs the letters; nil: they are not signed. It must be set before the first letter

	head     letterhead
	server   server
	roots    *x509.CertPool // the trusted certificates; nil: those of the system
	patience time.Duration  // for a whole connection
}

// NewSMTP returns a sender that uses the server at rawURL: smtp:// with STARTTLS when the
// server offers it (?tls=required: always, ?tls=none: never), or smtps://. The letters
// come from the address from, with replies to replyTo, which may be empty. NewSMTP does
// not connect.
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

// Send delivers l to the server. An error after the server has accepted the letter is no
// failure: another attempt would send a second letter. For the same reason there is no
// RSET, for which go-mail would wait.
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

// compose returns l as a signed mail.
func (s *SMTP) compose(l Letter) (*gomail.Msg, error) {
	m, err := s.head.message(l)
	if err != nil || s.Signer == nil {
		return m, err
	}
	return m, s.Signer.sign(m, domain(s.head.from))
}

// converse connects, greets and authenticates, calls talk and disconnects. It ends in
// time and closes the connection, whatever the server does: go-mail itself ends with the
// context only while it connects.
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
	defer client.CloseWithSMTPClient(conn) //nolint:errcheck // the result stands
	return talk(client, conn)
}

// options returns the options of one connection, which ends with ctx. It uses SMTPUTF8
// only when the address needs it: some servers cannot pass such a letter on.
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
