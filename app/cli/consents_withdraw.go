package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"joinery/app/address"
	"joinery/app/config"
	"joinery/app/form"
	"joinery/app/member"
)

// consentsWithdrawCommand records a withdrawal that the organization was told of.
func (p *program) consentsWithdrawCommand() *cobra.Command {
	var w withdrawal
	c := &cobra.Command{
		Use:   "withdraw ADDRESS KEY --how TEXT",
		Short: "Record that a member has withdrawn a consent",
		Long: `withdraw records that the member with ADDRESS has withdrawn the consent KEY, and
how your organization was told, such as "by phone". It adds a row to the history
and changes none; joinery members follows it at once. Only consents that the
form does not require can be withdrawn: without the others nobody is a member.
When several members share the address, --member says which one. Write no names
in --how: it stays as long as the proof.

Environment: DATA and DATABASE_URL, which name the database; MASTER_KEY; FORM,
which names the form. They must be those of the site.

Exit codes: 0 when the consent is withdrawn, also when it was before; 1 when
there is no such member or consent, or it cannot be recorded.`,
		Example: `  joinery consents withdraw zoe@example.org consent_news --how "by phone"`,
		Args:    w.read,
		RunE:    func(c *cobra.Command, _ []string) error { return p.withdrawConsent(c, w) },
	}
	c.Flags().StringVar(&w.how, "how", "", "how the organization was told")
	c.Flags().StringVar(&w.member, "member", "", "the ID of the member, when several share the address")
	return c
}

// A withdrawal is what a command line says of one.
type withdrawal struct {
	address, key, how string
	member            string // an ID; "": the only member with the address
}

// maxHow is how many characters say how the organization was told.
const maxHow = 200

// read reads the arguments, and refuses those of which nothing can be recorded.
func (w *withdrawal) read(c *cobra.Command, args []string) error {
	w.how = strings.TrimSpace(w.how)
	switch {
	case len(args) != 2:
		return fmt.Errorf("%s takes an address and the key of a consent; %[1]s --help says more", c.CommandPath())
	case w.how == "":
		return errors.New(`--how says how your organization was told, such as --how "by phone"`)
	case utf8.RuneCountInString(w.how) > maxHow, !utf8.ValidString(w.how), strings.ContainsFunc(w.how, unicode.IsControl):
		return fmt.Errorf("--how is one line of at most %d characters", maxHow)
	}
	var err error
	if w.address, err = address.Canonical(args[0]); err != nil {
		return fmt.Errorf("%q is not an address", args[0])
	}
	w.key = args[1]
	return nil
}

func (p *program) withdrawConsent(c *cobra.Command, w withdrawal) error {
	cfg, err := p.settings()
	if err != nil {
		return err
	}
	stored, ring, err := openWriting(c.Context(), cfg)
	if err != nil {
		return err
	}
	defer stored.Close()
	members := member.NewStore(stored, ring)
	if err := mayWithdraw(c.Context(), cfg, members, w.key, p.log); err != nil {
		return err
	}
	id, err := w.memberOf(c.Context(), members)
	if err != nil {
		return err
	}
	had, err := members.WithdrawConsent(c.Context(), id, w.key, w.how, p.now())
	if errors.Is(err, member.ErrNeverAsked) {
		return fmt.Errorf("the member %s was never asked for %s", id, w.key)
	}
	if err != nil {
		return err
	}
	said := "%s is withdrawn for the member %s.\n"
	if !had {
		said = "%s was not given, or is withdrawn already, for the member %s. Nothing is changed.\n"
	}
	_, err = fmt.Fprintf(c.OutOrStdout(), said, w.key, id)
	return err
}

// memberOf returns the ID of the member of whom a consent is withdrawn.
func (w withdrawal) memberOf(ctx context.Context, members *member.Store) (string, error) {
	sharing, err := members.Sharing(ctx, w.address)
	if err != nil {
		return "", err
	}
	var ids []string
	for _, m := range sharing {
		ids = append(ids, m.ID)
	}
	switch {
	case len(ids) == 0:
		return "", errors.New("no member has this address")
	case w.member != "" && !slices.Contains(ids, w.member):
		return "", fmt.Errorf("no member with this address has the ID %q; their IDs are %s", w.member, strings.Join(ids, ", "))
	case w.member == "" && len(ids) > 1:
		return "", fmt.Errorf("%d members share this address: add --member with one of the IDs %s", len(ids), strings.Join(ids, ", "))
	case w.member == "":
		return ids[0], nil
	}
	return w.member, nil
}

// mayWithdraw returns why the consent with the given key cannot be withdrawn, or nil.
func mayWithdraw(ctx context.Context, cfg config.Config, members *member.Store, key string, log *slog.Logger) error {
	questions, err := readForm(cfg)
	if err != nil {
		return err
	}
	former, err := formerForms(ctx, members, questions, log)
	if err != nil {
		return err
	}
	k, known := questions.Consent(key)
	if !known {
		k, known = formerConsent(former, key)
	}
	switch {
	case !known:
		return fmt.Errorf("the form has no consent %q; these can be withdrawn: %s", key, strings.Join(optionalConsents(questions), ", "))
	case k.Required:
		return fmt.Errorf("%s cannot be withdrawn alone: without it nobody is a member", key)
	}
	return nil
}

// formerConsent returns a consent that the form has no more, as a form had it that
// required it, or else as any form had it.
func formerConsent(former map[string]*form.Definition, key string) (k form.Consent, known bool) {
	for _, f := range former {
		if c, ok := f.Consent(key); ok && !k.Required {
			k, known = c, true
		}
	}
	return k, known
}

// optionalConsents returns the keys of the consents that the form does not require.
func optionalConsents(questions *form.Definition) (keys []string) {
	for _, k := range questions.Consents {
		if !k.Required {
			keys = append(keys, k.Key)
		}
	}
	return keys
}
