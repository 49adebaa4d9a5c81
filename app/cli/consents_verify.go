package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"joinery/app/consent"
)

// consentsVerifyCommand checks that no consent was changed.
func (p *program) consentsVerifyCommand() *cobra.Command {
	var head string
	var asJSON bool
	c := &cobra.Command{
		Use:   "verify",
		Short: "Check that no consent was changed or removed",
		Long: `verify reads the whole chain of consents, in which each row has a hash over the
row before it, and prints its head: the number and the hash of the last row.
Note the head outside this machine. With --head, verify also finds rows that
were cut off at the end since then, and a chain that was computed anew. The site
may run meanwhile. go doc ./app/consent states how the hashes are made.

Environment: DATA and DATABASE_URL, which name the database. They must be those
of the site.

Exit codes: 0 when the chain holds; 1 when it does not, with the first row that
does not fit, or when there is no database or it cannot be read.`,
		Example: `  joinery consents verify
  joinery consents verify --head "$(cat head.txt)"`,
		Args: refuseArguments,
		RunE: func(c *cobra.Command, _ []string) error { return p.verifyConsents(c, head, asJSON) },
	}
	c.Flags().StringVar(&head, "head", "", "a head that was noted before, N:HASH")
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

func (p *program) verifyConsents(c *cobra.Command, noted string, asJSON bool) error {
	var known consent.Head
	if noted != "" {
		var err error
		if known, err = consent.ParseHead(noted); err != nil {
			return fmt.Errorf("--head: %w", err)
		}
	}
	cfg, err := p.settings()
	if err != nil {
		return err
	}
	stored, err := openReading(c.Context(), cfg)
	if err != nil {
		return err
	}
	defer stored.Close()
	report, err := verified(c.Context(), consent.NewStore(stored, nil), known)
	if err != nil {
		return err
	}
	return printReport(c, report, asJSON)
}

// verified reads the whole chain, and says of a fault what it is about.
func verified(ctx context.Context, consents *consent.Store, known consent.Head) (consent.Report, error) {
	report, err := consents.Verify(ctx, known)
	if fault := (*consent.Fault)(nil); errors.As(err, &fault) {
		return report, fmt.Errorf("the chain of consents does not hold: %w", err)
	}
	return report, err
}

// checkConsents writes to out that the chain of consents holds, and its head.
func (p *Parts) checkConsents(ctx context.Context, out io.Writer) error {
	report, err := verified(ctx, p.consents, consent.Head{})
	if err == nil && report.Rows > 0 {
		fmt.Fprintf(out, "ok: the chain of consents holds, head %s: note it outside this machine\n", report.Head)
	}
	return err
}

// printReport prints what is known of a chain that holds.
func printReport(c *cobra.Command, r consent.Report, asJSON bool) error {
	if asJSON {
		return json.NewEncoder(c.OutOrStdout()).Encode(map[string]any{"rows": r.Rows, "emptied": r.Emptied, "head": r.Head.String()})
	}
	if r.Rows == 0 {
		_, err := fmt.Fprintln(c.OutOrStdout(), "There are no consents yet: the chain has no rows, and no head.")
		return err
	}
	_, err := fmt.Fprintf(c.OutOrStdout(), "The chain of consents holds: %d rows, of which %d are emptied.\nhead %s\n", r.Rows, r.Emptied, r.Head)
	return err
}
