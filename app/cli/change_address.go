package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"joinery/app/address"
	"joinery/app/confirm"
	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/mail"
	"joinery/app/member"
	"joinery/app/person"
)

// changeAddressCommand asks for another address of a member.
func (p *program) changeAddressCommand() *cobra.Command {
	var id string
	c := &cobra.Command{
		Use:   "change-address OLD NEW",
		Short: "Ask NEW to confirm that it is the address of a member",
		Long: `change-address asks for another address of the member who has OLD, in upper or
lower case. A letter asks the reader of NEW to confirm it by a link and a code,
for ` + days(confirm.AddressTTL) + `. Until then nothing changes. Then the member has NEW, also in
their answers, and letters about them that wait go there. OLD is told when it is
done. Former answers are removed, since the links that put them back are in the
mailbox of OLD. Consents stay. Another change of the same member takes the place
of one that is not confirmed.

When several members share OLD, it does nothing: --member says which one is
meant. The site may run meanwhile, and must, for letters to go out.

Environment: DATA, DATABASE_URL and REDIS_URL, which name the stores;
MASTER_KEY; FORM; MAIL_PER_ADDRESS and MAIL_TOTAL, which bound letters;
TIME_ZONE. They must be those of the site.

Exit codes: 0 when the letter is queued; 1 when it is not.`,
		Example: `  joinery change-address zoe@example.org zoe@example.net`,
		Args:    oldAndNewAddress,
		RunE:    func(c *cobra.Command, args []string) error { return p.changeAddress(c, args[0], args[1], id) },
	}
	c.Flags().StringVar(&id, "member", "", "the ID of the member, when several share OLD")
	return c
}

// oldAndNewAddress refuses arguments of c that are not two different addresses, the second
// in the words of the form.
func oldAndNewAddress(c *cobra.Command, args []string) error {
	if len(args) != 2 {
		return fmt.Errorf("%s takes two addresses; %[1]s --help says more", c.CommandPath())
	}
	if !address.Valid(args[0]) {
		return fmt.Errorf("%q is not an address", args[0])
	}
	if problem, wrong := form.EmailProblem(args[1]); wrong {
		return fmt.Errorf("%q is not an address: %s", args[1], problem.In(i18n.English))
	}
	from, _ := address.Canonical(args[0])
	to, err := address.Canonical(args[1])
	if err == nil && strings.EqualFold(from, to) {
		return errors.New("the two addresses are the same")
	}
	return err
}

func (p *program) changeAddress(c *cobra.Command, old, typed, id string) error {
	cfg, questions, err := p.settingsAndForm()
	if err != nil {
		return err
	}
	file, ring, err := openWriting(c.Context(), cfg)
	if err != nil {
		return err
	}
	defer file.Close()
	drafts, err := p.readDrafts(c.Context(), cfg)
	if err != nil {
		return err
	}
	defer drafts.Close()
	confirms, err := p.confirmRoom(cfg, questions, file, ring, drafts)
	if err != nil {
		return err
	}
	from, _ := address.Canonical(old)
	to, _ := address.Canonical(typed)
	members := member.NewStore(file, ring)
	m, err := memberWith(c.Context(), members, from, id, questions)
	if err != nil {
		return err
	}
	sharing, err := members.Sharing(c.Context(), to)
	if err != nil {
		return err
	}
	ends, due, err := confirms.AskAddressChange(c.Context(), m, to)
	if err != nil {
		return changeError(err)
	}
	writeAsked(c.OutOrStdout(), askedAddress{m.Email, to, ends, due, len(sharing)}, p.now(), cfg.Zone)
	return nil
}

// memberWith returns the member with an address who is meant.
func memberWith(ctx context.Context, members *member.Store, of, id string, questions *form.Definition) (member.Member, error) {
	sharing, err := members.Sharing(ctx, of)
	if err != nil {
		return member.Member{}, err
	}
	var held person.Held
	for _, m := range sharing {
		if m.ID == id || id == "" && len(sharing) == 1 {
			return m, nil
		}
		held.Members = append(held.Members, person.Member{Member: m})
	}
	switch {
	case len(sharing) == 0:
		return member.Member{}, errors.New("no member has this address")
	case id != "":
		return member.Member{}, fmt.Errorf("no member with this address has the ID %q; there are %s", id, membersInWords(held, questions))
	}
	return member.Member{}, fmt.Errorf("%d members share this address, %s: add --member with one of the IDs", len(sharing), membersInWords(held, questions))
}

// changeError says in words why a change was not asked for.
func changeError(err error) error {
	switch {
	case errors.Is(err, member.ErrNotFound):
		return errors.New("the member has another address by now")
	case errors.Is(err, member.ErrCrowded):
		return fmt.Errorf("%d members have the new address already, and no more can", member.MaxSharing)
	case errors.Is(err, mail.ErrMailboxFull):
		return errors.New("too many letters wait for the new address already: MAIL_PER_ADDRESS is used up for now")
	}
	return resendError(err)
}

// An askedAddress is a change that was asked for.
type askedAddress struct {
	from, to  string
	ends, due time.Time
	sharing   int // how many members have the new address already
}

// writeAsked says what was done, and what follows.
func writeAsked(out io.Writer, a askedAddress, now time.Time, zone *time.Location) {
	sent := "A site that runs sends it within a minute."
	if a.due.After(now.Add(time.Minute)) {
		sent = fmt.Sprintf("It goes out after %s: MAIL_PER_ADDRESS or MAIL_TOTAL is used up until then.", clock(&a.due, zone))
	}
	fmt.Fprintf(out, "A letter asks %s to confirm, until %s. %s\n", a.to, clock(&a.ends, zone), sent)
	fmt.Fprintf(out, "Until it is confirmed, the member keeps %s, which is told when it is done.\n", a.from)
	if a.sharing > 0 {
		fmt.Fprintf(out, "The member will share the new address with %s.\n", count(a.sharing, "member"))
	}
	if meant := address.Suggest(a.to); meant != "" {
		fmt.Fprintf(out, "Is it mistyped? If %s is meant, ask again with that.\n", meant)
	}
}
