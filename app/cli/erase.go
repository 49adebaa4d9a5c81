package cli

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"joinery/app/address"
	"joinery/app/config"
	"joinery/app/form"
	"joinery/app/person"
)

// eraseCommand removes all that is held of a person.
func (p *program) eraseCommand() *cobra.Command {
	var e erasure
	c := &cobra.Command{
		Use:   "erase ADDRESS",
		Short: "Remove all that is held of a person",
		Long: `erase removes all that is held of the person with ADDRESS, in upper or lower
case: the member with former answers, applications that wait, drafts, letters,
and the browsers and links that lead to them. Links in old letters then say that
there is nothing any more. It says what it has found, and asks; where there is
no terminal to ask at, it needs --yes. The site may run meanwhile.

It empties the journals of the databases, and has Redis rewrite its files if the
user of REDIS_URL may ask for that (INFO, CONFIG GET, BGREWRITEAOF, BGSAVE).
What the member has agreed to stays as a proof until CONSENT_KEEP has passed,
with neither name nor address; with CONSENT_KEEP=0 it goes at once.

When several members share the address, it does nothing: --member says which one
is meant, and --all that it is all of them. With --member, what may be of
another of them stays: applications that wait, drafts, and letters.

A draft of which another mailbox was proven, by a link in a letter, is another
person's, who has only mentioned the address. It stays, and the address does not
lead to it any more.

Backups that were made before keep what they have. So do mailboxes, and the
folder "outbox" in DATA, which a site without SMTP_URL fills for development.

Environment: DATA, DATABASE_URL and REDIS_URL, which name the stores;
MASTER_KEY; FORM, which says which answers are names; CONSENT_KEEP; TIME_ZONE.
They must be those of the site.

Exit codes: 0 when nothing is held any more; 1 when something is, or it was not
confirmed.`,
		Example: `  joinery erase zoe@example.org
  joinery erase zoe@example.org --yes --json`,
		Args: oneAddress,
		RunE: func(c *cobra.Command, args []string) error { return p.erase(c, args[0], e) },
	}
	c.Flags().BoolVar(&e.yes, "yes", false, "do not ask")
	c.Flags().StringVar(&e.member, "member", "", "the ID of the member, when several share the address")
	c.Flags().BoolVar(&e.all, "all", false, "all members who share the address")
	c.Flags().BoolVar(&e.asJSON, "json", false, "print JSON; needs --yes")
	return c
}

// An erasure is what a command line says of one.
type erasure struct {
	yes, all, asJSON bool
	member           string // an ID; "": whoever has the address
}

// erase finds what is held, asks, and erases it.
func (p *program) erase(c *cobra.Command, typed string, e erasure) error {
	if e.asJSON && !e.yes {
		return errors.New("--json does not ask: add --yes")
	}
	if e.all && e.member != "" {
		return errors.New("--all and --member exclude each other")
	}
	cfg, questions, err := p.settingsAndForm()
	if err != nil {
		return err
	}
	people, close, err := p.changePeople(c.Context(), cfg)
	if err != nil {
		return err
	}
	defer close() //nolint:errcheck // what was erased is committed
	of, _ := address.Canonical(typed)
	held, err := people.Of(c.Context(), of)
	if err != nil {
		return err
	}
	if err := e.checkMembers(held, questions); err != nil {
		return err
	}
	if !e.yes {
		if err := e.ask(c, held, questions); err != nil {
			return err
		}
	}
	return p.eraseHeld(c, cfg, people, of, e)
}

// eraseHeld erases and says what was done, also when a part could not be.
func (p *program) eraseHeld(c *cobra.Command, cfg config.Config, people *person.Stores, of string, e erasure) error {
	erased, err := e.carryOut(c.Context(), people, of, cfg, p)
	if e.asJSON && err == nil {
		return writeIndented(c.OutOrStdout(), newErasedReport(erased))
	}
	if err == nil || erased != (person.Erased{}) {
		writeErased(c.OutOrStdout(), erased, cfg)
	}
	return err
}

func (e erasure) carryOut(ctx context.Context, people *person.Stores, of string, cfg config.Config, p *program) (person.Erased, error) {
	if e.member != "" {
		return people.EraseMember(ctx, e.member, cfg.ConsentKeep, p.now())
	}
	return people.Erase(ctx, of, cfg.ConsentKeep, p.now())
}

// checkMembers returns an error unless it is certain which members are meant.
func (e erasure) checkMembers(held person.Held, questions *form.Definition) error {
	known := slices.ContainsFunc(held.Members, func(m person.Member) bool { return m.ID == e.member })
	switch {
	case e.member != "" && !known && len(held.Members) == 0:
		return errors.New("no member has this address")
	case e.member != "" && !known:
		return fmt.Errorf("no member with this address has the ID %q; there are %s", e.member, membersInWords(held, questions))
	case e.member == "" && !e.all && len(held.Members) > 1:
		return fmt.Errorf("%d members share this address, %s: add --member with one of the IDs, or --all", len(held.Members), membersInWords(held, questions))
	}
	return nil
}

// membersInWords lists members by ID and first name.
func membersInWords(held person.Held, questions *form.Definition) string {
	var words []string
	for _, m := range held.Members {
		words = append(words, fmt.Sprintf("%s (%s)", m.ID, cmp.Or(questions.FirstName(m.Answers), "without a name")))
	}
	return strings.Join(words, ", ")
}

// ask says what was found, and returns an error unless the answer is yes.
func (e erasure) ask(c *cobra.Command, held person.Held, questions *form.Definition) error {
	out := c.OutOrStdout()
	if held.IsEmpty() {
		return nil
	}
	if in, ok := c.InOrStdin().(*os.File); ok && !isTerminal(in) {
		return errors.New("there is no terminal to ask at: add --yes")
	}
	writeFound(out, held, questions, e.member)
	fmt.Fprint(out, "It cannot be undone. Type yes to erase it: ")
	if answer, _ := bufio.NewReader(c.InOrStdin()).ReadString('\n'); strings.TrimSpace(answer) != "yes" {
		fmt.Fprintln(out)
		return errors.New("nothing is erased")
	}
	return nil
}

// writeFound says what is held, and so is about to be erased.
func writeFound(out io.Writer, held person.Held, questions *form.Definition, member string) {
	if member != "" {
		fmt.Fprintf(out, "The member %s is to be erased. Members with this address: %s.\n", member, membersInWords(held, questions))
		return
	}
	fmt.Fprint(out, "There are:\n")
	for _, m := range held.Members {
		fmt.Fprintf(out, "  the member %s (%s), with %s\n", m.ID, cmp.Or(questions.FirstName(m.Answers), "without a name"), count(len(m.Former), "former answer"))
	}
	for _, a := range held.Waiting {
		fmt.Fprintf(out, "  an application that waits (%s)\n", cmp.Or(questions.FirstName(a.Answers), "without a name"))
	}
	for range held.Changes {
		fmt.Fprintln(out, "  a new address of a member, not confirmed")
	}
	fmt.Fprintf(out, "  %s\n  %s\n", count(held.Own(), "draft"), count(len(held.Letters), "letter"))
}
