package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"joinery/app/address"
	"joinery/app/config"
	"joinery/app/consent"
	"joinery/app/db"
)

// consentsCommand prints what was agreed to.
func (p *program) consentsCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "consents [ADDRESS]",
		Short: "Print what was agreed to, and when",
		Long: `consents prints the whole history of consents: what each member was asked, in
which version and language, the answer, and the words that were shown. With
ADDRESS it prints what that address has agreed to, in upper or lower case, also
when its member has left: the database has no address of those, but a digest by
which the proof is found until CONSENT_KEEP has passed. The site may run
meanwhile.

Environment: DATA and DATABASE_URL, which name the database; with ADDRESS also
MASTER_KEY; TIME_ZONE, whose clocks tell the times but in JSON, which has UTC.
They must be those of the site.

Exit codes: 0, also when there is no consent; 1 when there is no database or it
cannot be read.`,
		Example: `  joinery consents
  joinery consents zoe@example.org
  joinery consents --json > consents.json`,
		Args: atMostAnAddress,
		RunE: func(c *cobra.Command, args []string) error { return p.printConsents(c, args, asJSON) },
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	c.AddCommand(p.consentsVerifyCommand(), p.consentsWithdrawCommand())
	return c
}

// atMostAnAddress refuses arguments of c that are not one address or none.
func atMostAnAddress(c *cobra.Command, args []string) error {
	switch {
	case len(args) > 1:
		return fmt.Errorf("%s takes one address; %[1]s --help says more", c.CommandPath())
	case len(args) == 1 && !address.Valid(args[0]):
		return fmt.Errorf("%q is neither an address nor a command; %s --help lists the commands", args[0], c.CommandPath())
	}
	return nil
}

// printConsents prints the history of all consents, or of those of one address.
func (p *program) printConsents(c *cobra.Command, args []string, asJSON bool) error {
	cfg, err := p.settings()
	if err != nil {
		return err
	}
	stored, each, err := openConsents(c.Context(), cfg, args)
	if err != nil {
		return err
	}
	defer stored.Close()
	if asJSON {
		return writeConsentsJSON(c.Context(), c.OutOrStdout(), each)
	}
	return writeConsents(c.Context(), c.OutOrStdout(), each, cfg.Zone)
}

// openConsents opens the history of all consents, or of those of the one address in args.
// Only that takes the keys.
func openConsents(ctx context.Context, cfg config.Config, args []string) (*db.DB, eachConsent, error) {
	if len(args) == 0 {
		stored, err := openReading(ctx, cfg)
		if err != nil {
			return nil, nil, err
		}
		return stored, consent.NewStore(stored, nil).Each, nil
	}
	stored, ring, err := openSealed(ctx, cfg)
	if err != nil {
		return nil, nil, err
	}
	of, _ := address.Canonical(args[0])
	return stored, func(ctx context.Context, do func(consent.Record) error) error {
		return consent.NewStore(stored, ring).EachOf(ctx, of, do)
	}, nil
}

// eachConsent calls a function with one record after the other.
type eachConsent func(context.Context, func(consent.Record) error) error

// writeConsentsJSON writes a JSON list with one record on each line.
func writeConsentsJSON(ctx context.Context, w io.Writer, each eachConsent) error {
	separator := "["
	err := each(ctx, func(r consent.Record) error {
		line, err := json.Marshal(r)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(w, "%s\n%s", separator, line)
		separator = ","
		return err
	})
	if err != nil {
		return err
	}
	if separator == "[" {
		_, err = io.WriteString(w, "[]\n")
		return err
	}
	_, err = io.WriteString(w, "\n]\n")
	return err
}

// tableRows is after how many rows the table is written out: their columns are aligned.
const tableRows = 1000

// writeConsents writes a table for people, and below it once each wording in it. However
// many rows there are, it has few of them in memory.
func writeConsents(ctx context.Context, w io.Writer, each eachConsent, zone *time.Location) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "row\ttime\tmember\taddress\tconsent\tversion\tlanguage\tanswer\thow")
	var wordings []string
	known, rows := make(map[string]bool), 0
	err := each(ctx, func(r consent.Record) error {
		if rows++; rows%tableRows == 0 {
			if err := table.Flush(); err != nil {
				return err
			}
		}
		if wording := fmt.Sprintf("%s, version %s, %s: %s", r.Key, r.Version, r.Lang, r.Wording); !known[wording] {
			known[wording] = true
			wordings = append(wordings, wording)
		}
		_, err := fmt.Fprintf(table, "%d\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n",
			r.Row, r.At.In(zone).Format("2006-01-02 15:04"), r.Member, orLeft(r.Email), r.Key, r.Version, r.Lang, answer(r.Given), orForm(r.How))
		return err
	})
	if err != nil {
		return err
	}
	if len(wordings) == 0 {
		_, err := fmt.Fprintln(w, "There is no consent.")
		return err
	}
	err = table.Flush()
	for _, wording := range wordings {
		_, err2 := fmt.Fprintf(w, "\n%s\n", wording)
		err = errors.Join(err, err2)
	}
	return err
}

func answer(given bool) string {
	if given {
		return "yes"
	}
	return "no"
}

func orLeft(address string) string {
	if address == "" {
		return "(has left)"
	}
	return address
}

func orForm(how string) string {
	if how == "" {
		return "in the form"
	}
	return how
}
