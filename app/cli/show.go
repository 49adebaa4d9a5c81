package cli

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
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

// showCommand prints in short what is held of a person.
func (p *program) showCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "show ADDRESS",
		Short: "Print in short what is held of a person",
		Long: `show prints in short what is held of the person with ADDRESS, in upper or lower
case: members, with what they agreed to, applications that wait, drafts, new
addresses that are not confirmed and how they stand, and the letters that wait
or were finished within a week. Of answers it prints the first name alone;
joinery export has them all. A draft of another mailbox mentions the address and
no more. The site may run meanwhile.

Environment: DATA, DATABASE_URL and REDIS_URL, which name the stores;
MASTER_KEY; FORM, which says which answer is the first name; TIME_ZONE, whose
clocks tell the times but in JSON, which has UTC. They must be those of the
site.

Exit codes: 0, also when nothing is held; 1 when it cannot be read.`,
		Example: `  joinery show zoe@example.org
  joinery show zoe@example.org --json`,
		Args: oneAddress,
		RunE: func(c *cobra.Command, args []string) error { return p.show(c, args[0], asJSON) },
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

func (p *program) show(c *cobra.Command, typed string, asJSON bool) error {
	cfg, questions, err := p.settingsAndForm()
	if err != nil {
		return err
	}
	people, close, err := p.readPeople(c.Context(), cfg)
	if err != nil {
		return err
	}
	defer close() //nolint:errcheck // it only reads
	of, _ := address.Canonical(typed)
	held, err := people.Of(c.Context(), of)
	if err != nil {
		return err
	}
	o := newOverview(held, questions, p.now())
	if asJSON {
		return writeIndented(c.OutOrStdout(), o)
	}
	return o.write(c.OutOrStdout(), cfg.Zone)
}

// An overview is what show prints.
type overview struct {
	Members []memberOverview `json:"members"`
	Waiting []waitingOne     `json:"waiting_applications"`
	Drafts  []draftOverview  `json:"drafts"`
	Changes []changeOverview `json:"address_changes"`
	Letters []letterOverview `json:"letters"`
	Left    int              `json:"consents_of_members_that_left"`
}

type memberOverview struct {
	ID        string           `json:"id"`
	FirstName string           `json:"first_name"`
	Email     string           `json:"email"`
	Lang      i18n.Lang        `json:"language"`
	Confirmed time.Time        `json:"confirmed"`
	Updated   time.Time        `json:"updated"`
	Former    int              `json:"former_answers"`
	Consents  []member.Consent `json:"consents"` // the latest of each key
}

type waitingOne struct {
	ID        string    `json:"id"`
	FirstName string    `json:"first_name"`
	Sent      time.Time `json:"sent"`
	Lang      i18n.Lang `json:"language"`
}

type draftOverview struct {
	Saved    time.Time `json:"saved"`
	Sections []string  `json:"sections"` // their keys
	Own      bool      `json:"own"`      // no other mailbox was proven for it
}

// A changeOverview is another address that a member is to have once it is confirmed.
type changeOverview struct {
	Member string                `json:"member"`
	To     string                `json:"to"`
	Status confirm.AddressStatus `json:"status"` // open, spent or late
	Asked  time.Time             `json:"asked"`
	Ends   time.Time             `json:"ends"`
}

type letterOverview struct {
	Kind    mail.Kind  `json:"kind"`
	State   mail.State `json:"state"`
	Cause   mail.Cause `json:"cause,omitempty"`
	Planned time.Time  `json:"planned"`
	Ended   *time.Time `json:"ended"` // nil: it waits
}

func newOverview(held person.Held, questions *form.Definition, now time.Time) overview {
	o := overview{[]memberOverview{}, []waitingOne{}, []draftOverview{}, []changeOverview{}, []letterOverview{}, 0}
	present := make(map[string]bool)
	for _, m := range held.Members {
		present[m.ID] = true
		o.Members = append(o.Members, memberOverview{
			m.ID, questions.FirstName(m.Answers), m.Email, m.Lang, m.Confirmed, m.Updated, len(m.Former), m.Consents,
		})
	}
	for _, a := range held.Waiting {
		o.Waiting = append(o.Waiting, waitingOne{a.ID, questions.FirstName(a.Answers), a.Sent.UTC(), a.Lang})
	}
	for _, d := range held.Drafts {
		o.Drafts = append(o.Drafts, draftOverview{d.Content.Saved.UTC(), d.SectionsIn(questions), !d.Mentioned})
	}
	for _, c := range held.Changes {
		o.Changes = append(o.Changes, changeOverview{c.Member, c.To, confirm.AddressStatusOf(c, now), c.AskedAt.UTC(), c.EndsAt.UTC()})
	}
	for _, l := range held.Letters {
		o.Letters = append(o.Letters, newLetterOverview(l))
	}
	for _, r := range held.Consents {
		if !present[r.Member] {
			o.Left++
		}
	}
	return o
}

func newLetterOverview(l mail.Record) letterOverview {
	o := letterOverview{l.Kind, l.State, l.Cause, l.Planned.UTC(), nil}
	if !l.Ended.IsZero() {
		ended := l.Ended.UTC()
		o.Ended = &ended
	}
	return o
}

// write writes an overview for people.
func (o overview) write(out io.Writer, zone *time.Location) error {
	if len(o.Members)+len(o.Waiting)+len(o.Drafts)+len(o.Changes)+len(o.Letters)+o.Left == 0 {
		_, err := fmt.Fprintln(out, "Nothing is held.")
		return err
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, m := range o.Members {
		fmt.Fprintf(w, "member %s\t%s\t%s\n", m.ID, m.FirstName, m.Email)
		fmt.Fprintf(w, "  confirmed\t%s\t\n  answers of\t%s\t\n  former answers\t%d\t\n  language\t%s\t\n", clock(&m.Confirmed, zone), clock(&m.Updated, zone), m.Former, m.Lang)
		for _, k := range m.Consents {
			fmt.Fprintf(w, "  %s\t%s\t%s\n", k.Key, answer(k.Given), clock(&k.At, zone))
		}
	}
	for _, a := range o.Waiting {
		fmt.Fprintf(w, "application that waits\t%s\tsent %s\n", a.FirstName, clock(&a.Sent, zone))
	}
	for _, d := range o.Drafts {
		fmt.Fprintf(w, "%s\t%s\tsaved %s\n", ownDraft(d.Own), strings.Join(d.Sections, ", "), clock(&d.Saved, zone))
	}
	for _, c := range o.Changes {
		fmt.Fprintf(w, "new address, not confirmed\t%s\tof member %s, %s\n", c.To, c.Member, c.words(zone))
	}
	for _, l := range o.Letters {
		fmt.Fprintf(w, "letter %s\t%s\t%s\n", l.Kind, l.State, clock(cmp.Or(l.Ended, &l.Planned), zone))
	}
	if o.Left > 0 {
		fmt.Fprintf(w, "consents of members that have left\t%d\t\n", o.Left)
	}
	return w.Flush()
}

// words says how a change stands.
func (c changeOverview) words(zone *time.Location) string {
	switch c.Status {
	case confirm.AddressSpent:
		return "too many codes were typed: ask again"
	case confirm.AddressLate:
		return "over since " + clock(&c.Ends, zone)
	}
	return "until " + clock(&c.Ends, zone)
}

func ownDraft(own bool) string {
	if own {
		return "draft"
	}
	return "draft of another mailbox"
}
