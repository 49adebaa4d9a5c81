package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
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

When several members share the address, or several applications that wait, or
some of each, it does nothing: they may be different people. So it does when a
member has the address, or an application waits, and another member is to get
it. --member says which member is meant, --waiting that it is the applications
that wait, and --all that it is all of them. With --member or --waiting, what
may be of another of them stays: members, applications that wait, new addresses
that are not confirmed, drafts, and letters.

A draft of which another mailbox was proven, by a link in a letter, is another
person's, who has only mentioned the address. It stays, and the address does not
lead to it any more.

Backups that were made before keep what they have. So do mailboxes, and the
folder "outbox" in DATA, which a site without SMTP_URL fills for development.

Environment: DATA, DATABASE_URL and REDIS_URL, which name the stores;
MASTER_KEY; FORM, which says which answers are names; CONSENT_KEEP; TIME_ZONE.
They must be those of the site.

Exit codes: 0 when what was named is not held any more; 1 when it is, or it was
not confirmed.`,
		Example: `  joinery erase zoe@example.org
  joinery erase zoe@example.org --yes --json
  joinery erase zoe@example.org --waiting`,
		Args: oneAddress,
		RunE: func(c *cobra.Command, args []string) error { return p.erase(c, args[0], e) },
	}
	c.Flags().BoolVar(&e.yes, "yes", false, "do not ask")
	c.Flags().StringVar(&e.member, "member", "", "the ID of the member, when several share the address")
	c.Flags().BoolVar(&e.waiting, "waiting", false, "the applications that wait, when a member shares the address")
	c.Flags().BoolVar(&e.all, "all", false, "all who share the address")
	c.Flags().BoolVar(&e.asJSON, "json", false, "print JSON; needs --yes")
	return c
}

// An erasure is what a command line says of one.
type erasure struct {
	yes, waiting, all, asJSON bool
	member                    string // an ID; "": none is named
}

// erase finds what is held, asks, and erases it.
func (p *program) erase(c *cobra.Command, typed string, e erasure) error {
	if e.asJSON && !e.yes {
		return errors.New("--json does not ask: add --yes")
	}
	if e.all && e.waiting || e.member != "" && (e.all || e.waiting) {
		return errors.New("--member, --waiting and --all exclude each other")
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
	look := func() (person.Held, error) { return people.Of(c.Context(), of) }
	held, err := look()
	if err != nil {
		return err
	}
	if err := e.checkWhich(held, questions); err != nil {
		return err
	}
	if !e.yes {
		if err := e.ask(c, held, questions, look); err != nil {
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
	switch {
	case e.member != "":
		return people.EraseMember(ctx, e.member, cfg.ConsentKeep, p.now())
	case e.waiting:
		return people.EraseWaiting(ctx, of, cfg.ConsentKeep, p.now())
	}
	return people.Erase(ctx, of, cfg.ConsentKeep, p.now())
}

// ask says what was found, and returns an error unless the answer is yes and look finds the
// same still: the answer may take long.
func (e erasure) ask(c *cobra.Command, held person.Held, questions *form.Definition, look func() (person.Held, error)) error {
	out := c.OutOrStdout()
	if held.IsEmpty() {
		return nil
	}
	if in, ok := c.InOrStdin().(*os.File); ok && !isTerminal(in) {
		return errors.New("there is no terminal to ask at: add --yes")
	}
	e.writeFound(out, held, questions)
	fmt.Fprint(out, "It cannot be undone. Type yes to erase it: ")
	if answer, _ := bufio.NewReader(c.InOrStdin()).ReadString('\n'); strings.TrimSpace(answer) != "yes" {
		fmt.Fprintln(out)
		return errors.New("nothing is erased")
	}
	now, err := look()
	if err != nil {
		return err
	}
	return checkStill(held, now)
}
