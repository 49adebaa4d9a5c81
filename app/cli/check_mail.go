package cli

import (
	"context"
	"errors"
	"fmt"
	"html"
	"io"
	"slices"
	"strings"

	"joinery/app/config"
	"joinery/app/i18n"
	"joinery/app/mail"
)

// checkMail goes as far with the mail server as a letter to ORG_CONTACT goes before its
// words, and checks how mail is signed.
func (p *Parts) checkMail(ctx context.Context, cfg config.Config, out io.Writer) error {
	smtp, ok := p.Queue.Sender.(*mail.SMTP)
	if !ok {
		fmt.Fprintf(out, "no SMTP_URL: mail goes into the development outbox, %s\n", cfg.Outbox)
		return nil
	}
	err := smtp.Check(ctx, cfg.OrgContact)
	if err == nil {
		fmt.Fprintf(out, "ok: mail server, which takes letters from %s\n", cfg.MailBounces)
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
	fmt.Fprintf(out, "DKIM_KEY needs this DNS record: %s. IN TXT ( %s )\n", name, inStrings(text))
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

// maxString is how many octets one string of a DNS record has at most (RFC 1035, 3.3).
const maxString = 255

// inStrings returns the text of a DNS record as the strings of a zone file. It is ASCII.
func inStrings(text string) string {
	var quoted []string
	for piece := range slices.Chunk([]byte(text), maxString) {
		quoted = append(quoted, `"`+string(piece)+`"`)
	}
	return strings.Join(quoted, " ")
}

// The trial letter of check.
const (
	trialSubject = "Joinery can send mail"
	trialText    = "This letter was sent by \"joinery check --send\", for %s.\n\n" +
		"If it lies in the junk mail, or its source does not say spf=pass and dkim=pass,\n" +
		"letters to applicants will have the same trouble.\n"
)

// sendTrial sends a letter to an address at once, past the queue, and says what the server
// answered.
func (p *Parts) sendTrial(ctx context.Context, cfg config.Config, to string, out io.Writer) error {
	smtp, ok := p.Queue.Sender.(*mail.SMTP)
	if !ok {
		return errors.New("--send: without SMTP_URL there is no server that takes a letter")
	}
	text := fmt.Sprintf(trialText, cfg.BaseURL)
	answer, err := smtp.SendNow(ctx, mail.Letter{
		Order: mail.NewOrder("", to, i18n.English, p.now()), Subject: trialSubject, Text: text, HTML: "<pre>" + html.EscapeString(text) + "</pre>", Written: p.now(),
	})
	if err != nil {
		return fmt.Errorf("--send: %w", err)
	}
	fmt.Fprintf(out, "ok: the mail server took a letter to %s and answered: %s\n", to, answer)
	return nil
}
