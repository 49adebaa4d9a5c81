package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"joinery/app/i18n"
	"joinery/app/member"
)

// membersCommand prints the members.
func (p *program) membersCommand() *cobra.Command {
	var format, lang string
	c := &cobra.Command{
		Use:   "members",
		Short: "Print the members",
		Long: `members prints all members with their answers and consents, as CSV for a
spreadsheet or as JSON. The site may run meanwhile. Several members may share
an address: their IDs tell them apart. In CSV, times are those of the clocks in
TIME_ZONE, such as 2026-12-01 17:02; in JSON they are in UTC.

Environment: DATA and DATABASE_URL, which name the database; FORM, which names
the form; TIME_ZONE. They must be those of the site.

Exit codes: 0, also when there is no member yet; 1 when there is no database, it
is of another version of Joinery, or it cannot be read.`,
		Example: `  joinery members > members.csv
  joinery members --format json --lang fr`,
		Args: refuseArguments,
		RunE: func(c *cobra.Command, _ []string) error { return p.printMembers(c, format, lang) },
	}
	c.Flags().StringVar(&format, "format", "csv", "csv or json")
	c.Flags().StringVar(&lang, "lang", "en", "language of the headings: en or fr")
	complete(c, "format", "csv", "json")
	complete(c, "lang", "en", "fr")
	return c
}

// complete has shells complete the value of a flag of c.
func complete(c *cobra.Command, flag string, values ...string) {
	err := c.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
	if err != nil {
		panic(err) // c has no such flag
	}
}

// printMembers prints the members to the output of c.
func (p *program) printMembers(c *cobra.Command, format, lang string) error {
	l, ok := i18n.Parse(lang)
	if !ok || format != "csv" && format != "json" {
		return fmt.Errorf("--format is csv or json and --lang is en or fr, not %q and %q", format, lang)
	}
	cfg, err := p.settings()
	if err != nil {
		return err
	}
	questions, err := readForm(cfg)
	if err != nil {
		return err
	}
	stored, err := openReading(c.Context(), cfg)
	if err != nil {
		return err
	}
	defer stored.Close()
	if format == "json" {
		return member.NewStore(stored, nil).WriteJSON(c.Context(), c.OutOrStdout(), questions, l)
	}
	return member.NewStore(stored, nil).WriteCSV(c.Context(), c.OutOrStdout(), questions, l, cfg.Zone)
}
