package cli

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"joinery/app/config"
	"joinery/app/export"
	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/member"
)

// A membersExport is how the members are printed.
type membersExport struct{ format, values, lang, consent string }

// membersCommand prints the members.
func (p *program) membersCommand() *cobra.Command {
	var e membersExport
	c := &cobra.Command{
		Use:   "members",
		Short: "Print the members",
		Long: `members prints all members with their answers and consents: as CSV or as a
workbook (xlsx) for a spreadsheet, or as JSON. The site may run meanwhile.
Several members may share an address: their IDs tell them apart.

Answers are words in CSV and xlsx, and codes in JSON; --values says otherwise.
In CSV and xlsx, times are those of the clocks in TIME_ZONE, such as 2026-12-01
17:02; in JSON they are in UTC. No cell is taken for a formula, whichever list
separator the spreadsheet expects: an apostrophe stands before its first sign.

xlsx takes at most 100000 members, for which it needs about 130 MB of memory,
csv 70, and a folder that can be written, DATA/tmp.

Environment: DATA and DATABASE_URL, which name the database; FORM, which names
the form; TIME_ZONE. They must be those of the site.

Exit codes: 0, also when there is no member yet; 1 when there is no database, it
is of another version of Joinery, or it cannot be read.`,
		Example: `  joinery members > members.csv
  joinery members --format xlsx --lang fr --consent news > nouvelles.xlsx
  joinery members --format json --lang fr`,
		Args: refuseArguments,
		RunE: func(c *cobra.Command, _ []string) error { return p.printMembers(c, e) },
	}
	c.Flags().StringVar(&e.format, "format", "csv", "csv, xlsx or json")
	c.Flags().StringVar(&e.values, "values", "", "how answers are told: words or codes")
	c.Flags().StringVar(&e.lang, "lang", "en", "language of headings and words: en or fr")
	c.Flags().StringVar(&e.consent, "consent", "", "only members who give this consent now")
	complete(c, "format", "csv", "xlsx", "json")
	complete(c, "values", "words", "codes")
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

// check refuses values that the flags do not have.
func (e membersExport) check() error {
	_, ok := i18n.Parse(e.lang)
	if !ok || !slices.Contains([]string{"csv", "xlsx", "json"}, e.format) {
		return fmt.Errorf("--format is csv, xlsx or json and --lang is en or fr, not %q and %q", e.format, e.lang)
	}
	if !slices.Contains([]string{"", "words", "codes"}, e.values) {
		return fmt.Errorf("--values is words or codes, not %q", e.values)
	}
	return nil
}

// printMembers prints the members to the output of c.
func (p *program) printMembers(c *cobra.Command, e membersExport) error {
	if err := e.check(); err != nil {
		return err
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
	members := member.NewStore(stored, nil)
	table, err := e.table(c, cfg, members)
	if err != nil {
		return err
	}
	each, end, err := counted(c, members)
	if err != nil {
		return err
	}
	defer end()
	switch e.format {
	case "json":
		return export.JSON(c.Context(), c.OutOrStdout(), table, each)
	case "xlsx":
		return export.XLSX(c.Context(), c.OutOrStdout(), filepath.Join(cfg.Data, "tmp"), table, each)
	}
	return export.CSV(c.Context(), c.OutOrStdout(), table, each)
}

// table returns what is printed of each member.
func (e membersExport) table(c *cobra.Command, cfg config.Config, members *member.Store) (export.Table, error) {
	questions, err := readForm(cfg)
	if err != nil {
		return export.Table{}, err
	}
	consent, err := consentKey(questions, e.consent)
	if err != nil {
		return export.Table{}, err
	}
	keys, err := members.AnswerKeys(c.Context())
	if err != nil {
		return export.Table{}, err
	}
	keys = slices.DeleteFunc(keys, func(key string) bool { return questions.Field(key) != nil })
	l, _ := i18n.Parse(e.lang)
	codes := e.values == "codes" || e.values == "" && e.format == "json"
	return export.Table{Form: questions, Lang: l, Codes: codes, Zone: cfg.Zone, Consent: consent, Retired: keys}, nil
}

// consentKey returns the key of a consent that is given with or without "consent_", and ""
// for "".
func consentKey(questions *form.Definition, name string) (string, error) {
	var keys []string
	for _, c := range questions.Consents {
		if name != "" && (c.Key == name || c.Key == "consent_"+name) {
			return c.Key, nil
		}
		keys = append(keys, c.Key)
	}
	if name == "" {
		return "", nil
	}
	return "", fmt.Errorf("the form has no consent %q; it has %s", name, strings.Join(keys, ", "))
}

// counted returns the members of a store, shown on a terminal as they go by.
func counted(c *cobra.Command, members *member.Store) (each export.Each, end func(), err error) {
	n, err := members.Count(c.Context())
	if err != nil {
		return nil, nil, err
	}
	each, end = newProgress(c).counting("members", n, members.Each)
	return each, end, nil
}
