package cli

import (
	"context"
	"errors"
	"fmt"
	"io"

	"joinery/app/config"
	"joinery/app/mail"
)

// Check tries the parts that live elsewhere, writes what is right to out, and
// returns everything that is wrong, with what to do.
func (p *Parts) Check(ctx context.Context, cfg config.Config, out io.Writer) error {
	fmt.Fprintf(out, "ok: form definition, letters, database %s\n", cfg.Database)
	if cfg.Logo != "" {
		fmt.Fprintf(out, "ok: logo %s\n", cfg.Logo)
	}
	return errors.Join(p.checkStores(ctx, cfg, out), p.checkMail(ctx, cfg, out))
}

func (p *Parts) checkStores(ctx context.Context, cfg config.Config, out io.Writer) error {
	err := p.Join.Ready(ctx)
	switch {
	case err == nil:
		fmt.Fprintln(out, "ok: drafts and members can be read and written")
		return nil
	case cfg.RedisURL != "":
		return fmt.Errorf("a store does not answer; is REDIS_URL right, and Redis running? %w", err)
	}
	return fmt.Errorf("a store does not answer; can the files in DATA be written? %w", err)
}

func (p *Parts) checkMail(ctx context.Context, cfg config.Config, out io.Writer) error {
	smtp, ok := p.Queue.Sender.(*mail.SMTP)
	if !ok {
		fmt.Fprintf(out, "no SMTP_URL: mail goes into the development outbox, %s\n", cfg.Outbox)
		return nil
	}
	err := smtp.Check(ctx)
	if err == nil {
		fmt.Fprintln(out, "ok: mail server")
	}
	return errors.Join(err, checkSignature(ctx, smtp, out))
}

// checkSignature says which DNS record the signatures need and whether it is
// there.
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
