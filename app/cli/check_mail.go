package cli

import (
	"context"
	"errors"
	"fmt"
	"io"

	"joinery/app/config"
	"joinery/app/mail"
)

// checkMail greets the mail server, and checks how mail is signed.
func (p *Parts) checkMail(ctx context.Context, cfg config.Config, out io.Writer) error {
	smtp, ok := p.Queue.Sender.(*mail.SMTP)
	if !ok {
		fmt.Fprintf(out, "no SMTP_URL: mail goes into the development outbox, %s\n", cfg.Outbox)
		return nil
	}
	err := smtp.Check(ctx, cfg.OrgContact)
	if err == nil {
		fmt.Fprintln(out, "ok: mail server")
	}
	return errors.Join(err, checkSignature(ctx, smtp, out))
}

// checkSignature says which DNS record the signatures need, and whether the
// record is there.
func checkSignature(ctx context.Context, smtp *mail.SMTP, out io.Writer) error {
	if smtp.Signer == nil {
		fmt.Fprintln(out, "no DKIM_KEY: letters are not signed here; the mail server may do it")
		return nil
	}
	name, text := smtp.Record()
	fmt.Fprintf(out, "DKIM_KEY needs this DNS record: %s TXT %q\n", name, text)
	err := smtp.CheckRecord(ctx)
	switch {
	case errors.Is(err, mail.ErrNoAnswer):
		fmt.Fprintf(out, "nobody knows whether it is there: %v\n", err)
		return nil
	case err == nil:
		fmt.Fprintln(out, "ok: the DNS record is there")
	}
	return err
}
