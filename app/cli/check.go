package cli

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"joinery/app/config"
	"joinery/app/i18n"
)

// checkCommand tries everything that the site needs.
func (p *program) checkCommand() *cobra.Command {
	var sendTo string
	c := &cobra.Command{
		Use:   "check",
		Short: "Check the settings, the form, the stores and the mail server",
		Long: `check tries everything that the site needs and reports each mistake with what to
do about it: settings, form definition, logo, stores, mail server, and the DNS
record of the key that signs mail. To the mail server it says from whom and to
whom a letter would go. It sends none, unless --send names an address. If the
site runs, it sends an empty form to BASE_URL, to see whether the web server in
front passes on what it must. It says
how long what is kept, how much is free on the disk, and what the start of this
version would change. It reads the whole chain of consents, and prints its head.
It creates and migrates nothing: run it before the first start, and beside a
running site of an earlier version.

Environment: every setting in docs/operations.md. They must be those of the
site.

Exit codes: 0 when nothing is wrong, 1 when something is.`,
		Example: `  BASE_URL=https://join.example.org DATA=/var/lib/joinery joinery check
  joinery check --send you@example.org`,
		Args: refuseArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			cfg, err := p.settings()
			if err != nil {
				return err
			}
			fmt.Fprintln(c.OutOrStdout(), "ok: configuration")
			cfg, done, err := p.checkData(c.Context(), cfg, c.OutOrStdout())
			defer done()
			if err != nil {
				return err
			}
			parts, err := Open(c.Context(), cfg, p.files(cfg), p.now, p.log)
			if err != nil {
				return err
			}
			defer parts.Close()
			err = errors.Join(parts.check(c.Context(), cfg, c.OutOrStdout()), checkSite(c.Context(), cfg.BaseURL, c.OutOrStdout()))
			if sendTo != "" {
				err = errors.Join(err, parts.sendTrial(c.Context(), cfg, sendTo, c.OutOrStdout()))
			}
			return err
		},
	}
	c.Flags().StringVar(&sendTo, "send", "", "an address, to which a letter is sent")
	return c
}

// check tries the parts that live elsewhere, writes to out what is right, and
// returns everything that is wrong, with what to do.
func (p *Parts) check(ctx context.Context, cfg config.Config, out io.Writer) error {
	fmt.Fprintln(out, "ok: form definition, letters")
	if cfg.Logo != "" {
		fmt.Fprintf(out, "ok: logo %s\n", cfg.Logo)
	}
	if len(cfg.Places.Cards(i18n.English)) == 0 {
		fmt.Fprintln(out, "no MEMBERS_URL, PROGRAMS_URL or NEWS_URL: new members are shown no page of yours")
	}
	return errors.Join(p.checkStores(ctx, cfg, out), p.checkConsents(ctx, out), p.checkMail(ctx, cfg, out))
}

// checkStores tries whether drafts and members can be saved, and says how safe
// drafts are.
func (p *Parts) checkStores(ctx context.Context, cfg config.Config, out io.Writer) error {
	err := p.Ready(ctx)
	switch {
	case err == nil:
		fmt.Fprintf(out, "ok: drafts and members can be read and written, members in %s\n", cfg.Database)
		return p.checkRedis(ctx, out)
	case cfg.RedisURL != "":
		return fmt.Errorf("nothing can be saved; is REDIS_URL right, and Redis running? %w", err)
	}
	return fmt.Errorf("nothing can be saved; can the files in DATA be written? %w", err)
}
