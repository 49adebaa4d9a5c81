package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/textproto"

	gomail "github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"
)

// Check connects, greets and authenticates, and says what to do when that
// fails. Its words are for whoever runs the site: they may quote the server.
func (s *SMTP) Check(ctx context.Context) error {
	err := s.converse(ctx, true, func(*gomail.Client, *smtp.Client) error { return nil })
	failure := (*Failure)(nil)
	if !errors.As(err, &failure) {
		return err
	}
	return fmt.Errorf("mail: the server at %s %s: %w", s.server.addr(), advice(failure.err), failure.err)
}

// advice says what err, with which connecting failed, means to whoever wrote
// SMTP_URL.
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
