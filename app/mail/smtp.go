package mail

import (
	"context"
	"crypto/x509"
	"errors"
	"sync"

	gomail "github.com/wneessen/go-mail"
)

// SMTP delivers letters to a mail server. It keeps connections for the next letters, as many
// as letters were under way at the same time.
type SMTP struct {
	Signer *Signer // signs the letters; nil: they are not signed. It must be set before the first letter

	head    letterhead
	bounces string // an address
	server  server
	roots   *x509.CertPool // the trusted certificates; nil: those of the system
	limits  timeLimits

	mu   sync.Mutex
	kept []*connection // the one used last comes last
}

// NewSMTP returns a sender that uses the server at rawURL: smtp:// with STARTTLS when the
// server offers it (?tls=required: always, ?tls=none: never), or smtps://. The letters
// come from the address from, with replies to replyTo, which may be empty; letters that
// cannot be delivered come back to bounces. NewSMTP does not connect.
func NewSMTP(rawURL, from, replyTo, bounces string, org Organization) (*SMTP, error) {
	server, urlErr := parseServer(rawURL)
	var fromErr, replyErr, bouncesErr error
	if bounces != from {
		bounces, bouncesErr = parseAddress("MAIL_BOUNCES", bounces)
	}
	from, fromErr = parseAddress("MAIL_FROM", from)
	if replyTo != "" {
		replyTo, replyErr = parseAddress("MAIL_REPLY_TO", replyTo)
	}
	if err := errors.Join(urlErr, fromErr, replyErr, bouncesErr); err != nil {
		return nil, err
	}
	return &SMTP{head: letterhead{from, replyTo, org}, bounces: bounces, server: server, limits: usualLimits}, nil
}

// Send delivers l to the server. Each step has a time limit of its own. What happens after
// the server has accepted the letter is no failure: another attempt would send a second
// letter.
func (s *SMTP) Send(ctx context.Context, l Letter) error {
	m, err := s.compose(l)
	if err != nil {
		return err
	}
	for {
		c, err := s.connection(ctx)
		if err != nil {
			return failed(connecting, err)
		}
		failure := c.send(ctx, s.bounces, l.To, m)
		wasKept := c.letters > 1
		s.keep(c, failure)
		switch {
		case failure == nil:
			return nil
		case wasKept && failure.Step == sender && (failure.Code == 0 || failure.Code == 421) && ctx.Err() == nil:
			continue // the server has closed a connection that was kept: nothing was told to it yet
		}
		return failure
	}
}

// compose returns l as a signed mail, or a [*Failure].
func (s *SMTP) compose(l Letter) (*gomail.Msg, error) {
	m, err := s.head.message(l)
	if err == nil && s.Signer != nil {
		err = s.Signer.sign(m, domain(s.head.from))
	}
	if err != nil {
		return nil, notComposed(err)
	}
	return m, nil
}
