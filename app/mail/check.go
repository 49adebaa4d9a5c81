package mail

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/textproto"
	"strings"
	"time"

	"github.com/wneessen/go-mail/smtp"
)

// checkTime is how long a check may take: its reader waits.
const checkTime = time.Minute

// Check connects, greets, authenticates, and goes as far as a letter to an address goes
// before its words. It returns an error that says what to do. The error is for the
// operator of the site and may quote the server.
func (s *SMTP) Check(ctx context.Context, to string) error {
	_, err := s.try(ctx, func(c *connection) *Failure {
		defer c.client.Reset() //nolint:errcheck // the connection ends
		return c.envelope(s.bounces, to)
	})
	return err
}

// SendNow sends l at once, past the queue, and returns what the server answered. The error
// says what to do, and may quote the server.
func (s *SMTP) SendNow(ctx context.Context, l Letter) (answer string, err error) {
	m, err := s.compose(l)
	if err != nil {
		return "", err
	}
	return s.try(ctx, func(c *connection) *Failure { return c.send(ctx, s.bounces, l.To, m) })
}

// try has a conversation on a connection of its own, and returns what the server said.
func (s *SMTP) try(ctx context.Context, talk func(*connection) *Failure) (said string, err error) {
	ctx, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	c, err := s.dial(ctx)
	if err != nil {
		return "", fmt.Errorf("mail: the server at %s %s: %w", s.server.addr(), advice(err), err)
	}
	defer c.quit(c.limits.again)
	stop := context.AfterFunc(ctx, func() { c.wire.Close() })
	defer stop()
	if failure := talk(c); failure != nil {
		return "", fmt.Errorf("mail: the server at %s %s: %s", s.server.addr(), failure.advice(), c.said)
	}
	return c.said, nil
}

// advice says what to do about a failure after the greeting.
func (f *Failure) advice() string {
	switch {
	case f.Cause == Unanswered:
		return "took the letter and did not say whether it keeps it; it may come all the same"
	case f.Cause == Address:
		return "knows no such recipient; try another address"
	case f.Cause == Full:
		return "says that the mailbox of the recipient is full; try another address"
	case f.Step == sender && f.Code != 0:
		return "does not let us send from MAIL_BOUNCES, which is MAIL_FROM unless it is set; let it allow that address to the user in SMTP_URL"
	case f.Cause == Ours:
		return "does not take mail from us; let it allow this host, or the user in SMTP_URL, to send to any address"
	}
	return "does not take the letter now; it may later"
}

// ErrNoAnswer reports that DNS did not answer.
var ErrNoAnswer = errors.New("mail: DNS does not answer")

// Record returns the name of the DNS record for the verification of signatures, and the
// text that the record must have. Signer must not be nil.
func (s *SMTP) Record() (name, text string) {
	return s.Signer.selector + "._domainkey." + domain(s.head.from), s.Signer.public()
}

// CheckRecord looks up the record. It returns an error that says what to do when the
// record is missing or differs, or [ErrNoAnswer].
func (s *SMTP) CheckRecord(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	name, want := s.Record()
	got, err := net.DefaultResolver.LookupTXT(ctx, name+".") // the dot keeps the resolver from adding a domain
	missing := (*net.DNSError)(nil)
	switch {
	case errors.As(err, &missing) && missing.IsNotFound:
		return fmt.Errorf("mail: DNS has no TXT record %s, so nobody can verify the signatures: publish it", name)
	case err != nil:
		return fmt.Errorf("%w: %w", ErrNoAnswer, err)
	case len(got) != 1:
		return fmt.Errorf("mail: DNS has %d TXT records %s: leave only the one of the key in DKIM_KEY", len(got), name)
	case !sameKey(got[0], want):
		return fmt.Errorf("mail: the TXT record %s is not of the key in DKIM_KEY: publish that one, or under another DKIM_SELECTOR", name)
	}
	return nil
}

// sameKey reports whether two records publish the same key.
func sameKey(a, b string) bool {
	x, y := tags(a), tags(b)
	return cmp.Or(x["v"], "DKIM1") == y["v"] && cmp.Or(x["k"], "rsa") == y["k"] && x["p"] == y["p"]
}

// tags returns the values in a record such as "v=DKIM1; p=…", without spaces.
func tags(record string) map[string]string {
	values := make(map[string]string)
	for tag := range strings.SplitSeq(record, ";") {
		name, value, _ := strings.Cut(tag, "=")
		values[strings.TrimSpace(name)] = strings.Join(strings.Fields(value), "")
	}
	return values
}

// advice says what to do about an error of a connection.
func advice(err error) string {
	var (
		reply       *textproto.Error
		certificate *tls.CertificateVerificationError
		record      tls.RecordHeaderError
		network     net.Error
	)
	switch {
	case errors.As(err, &reply) && (reply.Code == 530 || reply.Code == 534 || reply.Code == 535):
		return "refused the user or the password in SMTP_URL"
	case errors.As(err, &reply):
		return "does not want to talk to us"
	case errors.As(err, &certificate):
		return "has a certificate that cannot be trusted; name the host in SMTP_URL as the certificate does, or on a network of your own add ?tls=none"
	case errors.As(err, &record):
		return "does not encrypt from the first byte; write smtp:// instead of smtps://"
	case errors.Is(err, smtp.ErrUnencrypted):
		return "offers no encryption and was not told the password; use smtps://, or on a network of your own add ?tls=none"
	case errors.As(err, &network):
		return "does not answer; look at host and port in SMTP_URL, and at the firewall"
	}
	return "cannot be used as SMTP_URL says"
}
