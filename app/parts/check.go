package parts

import (
	"context"
	"fmt"
	"io"

	"joinery/app/config"
	"joinery/app/mail"
)

// Check tries the parts that live elsewhere and writes what it found to out,
// or returns what is wrong and what to do.
func (p *Parts) Check(ctx context.Context, cfg config.Config, out io.Writer) error {
	fmt.Fprintf(out, "ok: form definition, letters, database %s\n", cfg.Database)
	if err := p.Join.Ready(ctx); err != nil {
		return fmt.Errorf("a store does not answer; is REDIS_URL right, and Redis running? %w", err)
	}
	fmt.Fprintln(out, "ok: draft store")
	smtp, ok := p.Queue.Sender.(*mail.SMTP)
	if !ok {
		fmt.Fprintf(out, "no SMTP_URL: mail goes into the development outbox, %s\n", cfg.Outbox)
		return nil
	}
	if err := smtp.Check(ctx); err != nil {
		return err
	}
	fmt.Fprintln(out, "ok: mail server")
	return nil
}
