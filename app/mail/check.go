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

	gomail "github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"
)

// Check connects, greets and authenticates, and returns an error that says what to do.
// The error is for the operator of the site and may quote the server.
func (s *SMTP) Check(ctx context.Context) error {
	err := s.converse(ctx, true, func(*gomail.Client, *smtp.Client) error { return nil })
	failure := (*Failure)(nil)
	if !errors.As(err, &failure) {
		return err
	}
	return fmt.Errorf("mail: the server at %s %s: %w", s.server.addr(), advice(failure.err), failure.err)
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
