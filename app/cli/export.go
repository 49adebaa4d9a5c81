package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"joinery/app/address"
	"joinery/app/config"
	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/member"
	"joinery/app/person"
)

// exportCommand prints all that is held of a person, for them.
func (p *program) exportCommand() *cobra.Command {
	var o accountOptions
	c := &cobra.Command{
		Use:   "export ADDRESS",
		Short: "Print all that is held of a person, for them",
		Long: `export prints all that is held of the person with ADDRESS, in upper or lower
case, as JSON with words beside codes: the member, former answers that can be
put back, the whole history of consents with its wording, applications that
wait, drafts with what was typed, and which letters wait or ended within a week.
With --printable it prints one HTML page, without scripts and in the language
--lang, which a browser shows and prints. The site may run meanwhile.

When several members share the address, --member says which one asks. What may
be of another of them is then left out: applications, drafts, and letters. --all
prints what is held of all of them. A draft of another mailbox that mentions the
address is another person's, and only counted.

Environment: DATA, DATABASE_URL and REDIS_URL, which name the stores;
MASTER_KEY; FORM, which names the form; ORG_NAME_EN, ORG_NAME_FR, ORG_CONTACT
and TIME_ZONE for the page. They must be those of the site.

Exit codes: 0, also when nothing is held; 1 when it is not certain who is meant,
or it cannot be read.`,
		Example: `  joinery export zoe@example.org > zoe.json
  joinery export zoe@example.org --printable --lang fr > zoe.html`,
		Args: oneAddress,
		RunE: func(c *cobra.Command, args []string) error { return p.export(c, args[0], o) },
	}
	c.Flags().StringVar(&o.lang, "lang", "en", "language of questions and answers: en or fr")
	c.Flags().BoolVar(&o.printable, "printable", false, "print an HTML page")
	c.Flags().StringVar(&o.who.member, "member", "", "the ID of the member, when several share the address")
	c.Flags().BoolVar(&o.who.all, "all", false, "all members who share the address")
	complete(c, "lang", "en", "fr")
	return c
}

// accountOptions are what a command line says of an account.
type accountOptions struct {
	lang      string
	printable bool
	who       erasure
}

func (p *program) export(c *cobra.Command, typed string, o accountOptions) error {
	l, ok := i18n.Parse(o.lang)
	if !ok {
		return fmt.Errorf("--lang is en or fr, not %q", o.lang)
	}
	if o.who.all && o.who.member != "" {
		return errors.New("--all and --member exclude each other")
	}
	cfg, err := p.settings()
	if err != nil {
		return err
	}
	account, err := p.account(c.Context(), cfg, typed, l, o)
	if err != nil {
		return err
	}
	if !o.printable {
		return writeIndented(c.OutOrStdout(), account)
	}
	return account.WritePage(c.OutOrStdout(), person.Publisher{Name: cfg.OrgName, Contact: cfg.OrgContact, Zone: cfg.Zone}, p.now())
}

// account reads what is held of the person who is meant.
func (p *program) account(ctx context.Context, cfg config.Config, typed string, l i18n.Lang, o accountOptions) (person.Account, error) {
	questions, err := readForm(cfg)
	if err != nil {
		return person.Account{}, err
	}
	file, ring, err := openSealed(ctx, cfg)
	if err != nil {
		return person.Account{}, err
	}
	defer file.Close()
	former, err := formerForms(ctx, member.NewStore(file, ring), questions, p.log)
	if err != nil {
		return person.Account{}, err
	}
	drafts, err := p.readDrafts(ctx, cfg)
	if err != nil {
		return person.Account{}, err
	}
	defer drafts.Close()
	of, _ := address.Canonical(typed)
	held, err := person.New(file, ring, drafts).Of(ctx, of)
	if err != nil {
		return person.Account{}, err
	}
	if err := o.who.checkMembers(held, questions); err != nil {
		return person.Account{}, err
	}
	if o.who.member != "" {
		held = held.OfMember(o.who.member)
	}
	return held.Account(of, l, formsOf(questions, former)), nil
}

// formsOf returns the form of a version, or the present one.
func formsOf(present *form.Definition, former map[string]*form.Definition) func(string) *form.Definition {
	return func(version string) *form.Definition {
		if earlier, ok := former[version]; ok {
			return earlier
		}
		return present
	}
}
