package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"joinery/app/access"
	"joinery/app/brand"
	"joinery/app/config"
	"joinery/app/confirm"
	"joinery/app/db"
	"joinery/app/draft"
	"joinery/app/form"
	"joinery/app/mail"
	"joinery/app/member"
	"joinery/app/seal"
)

// waitingCommand shows who is not confirmed.
func (p *program) waitingCommand() *cobra.Command {
	var resend string
	var asJSON bool
	c := &cobra.Command{
		Use:   "waiting",
		Short: "Show which applications wait for confirmation, and why",
		Long: `waiting lists the applications that wait for their address to be confirmed, the
oldest first: of whom, since when, until when, and what became of the newest
letter. Addresses stand there in full, for you to reach people in another way.
The site may run meanwhile.

With --resend, the applications with that address get another letter, as if
their applicant had asked for it on the page for lost drafts: a pause after the
last letter, and the limits MAIL_PER_ADDRESS and MAIL_TOTAL, hold here too. A
site that runs sends it within a minute.

Environment: DATA, DATABASE_URL and REDIS_URL, which name the stores;
MASTER_KEY; FORM; LINK_TTL, WAITING_TTL and the limits of mail; TIME_ZONE, whose
clocks tell the times but in JSON, which has UTC. They must be those of the
site.

Exit codes: 0, also when none waits; 1 when it cannot be read, or with --resend
when no letter is queued.`,
		Example: `  joinery waiting
  joinery waiting --resend zoe@example.org`,
		Args: refuseArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			if resend != "" {
				return p.resend(c, resend)
			}
			return p.listWaiting(c, asJSON)
		},
	}
	c.Flags().StringVar(&resend, "resend", "", "the address to which another letter goes")
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

// A waitingEntry is an application that waits.
type waitingEntry struct {
	ID        string     `json:"id"`
	FirstName string     `json:"first_name"`
	Email     string     `json:"email"`
	Sent      time.Time  `json:"sent"`
	Ends      time.Time  `json:"ends"`
	Why       string     `json:"why"`          // for people
	Letter    mail.State `json:"letter"`       // the newest; "": it is not known any more
	Cause     mail.Cause `json:"cause"`        // of its last failure, or ""
	Next      time.Time  `json:"next_allowed"` // when another letter may be asked for
}

func (p *program) listWaiting(c *cobra.Command, asJSON bool) error {
	r, err := p.openWaiting(c.Context(), openSealed)
	if err != nil {
		return err
	}
	defer r.close()
	all, err := waitingEntries(c.Context(), r.members, r.confirms, r.questions, r.cfg.WaitingTTL)
	if err != nil {
		return err
	}
	if asJSON {
		return writeIndented(c.OutOrStdout(), all)
	}
	return writeWaiting(c.OutOrStdout(), all, r.cfg.Zone)
}

// WaitingParts are the parts that know about applications that wait.
type waitingParts struct {
	cfg       config.Config
	questions *form.Definition
	members   *member.Store
	confirms  *confirm.Service
	close     func()
}

// openWaiting opens the database by open, and the other waitingParts.
func (p *program) openWaiting(ctx context.Context, open func(context.Context, config.Config) (*db.DB, *seal.Ring, error)) (r waitingParts, err error) {
	if r.cfg, r.questions, err = p.settingsAndForm(); err != nil {
		return r, err
	}
	file, ring, err := open(ctx, r.cfg)
	if err != nil {
		return r, err
	}
	drafts, err := p.readDrafts(ctx, r.cfg)
	if err != nil {
		return r, errors.Join(err, file.Close())
	}
	r.close = func() { drafts.Close(); file.Close() }
	r.members = member.NewStore(file, ring)
	if r.confirms, err = p.confirmRoom(r.cfg, r.questions, file, ring, drafts); err != nil {
		r.close()
	}
	return r, err
}

// confirmRoom returns the room that confirms applications, beside a site that runs. It sends
// no letter, and wakes no queue: the site looks at the queue every minute.
func (p *program) confirmRoom(cfg config.Config, questions *form.Definition, file *db.DB, ring *seal.Ring, drafts draft.Store) (*confirm.Service, error) {
	look, err := brand.New(cfg.OrgName, cfg.Colour, cfg.Accent, cfg.Logo)
	if err != nil {
		return nil, err
	}
	letters, err := mail.NewLetters(p.files(cfg), organization(cfg, look), p.now)
	if err != nil {
		return nil, err
	}
	return confirm.New(confirm.Options{
		Form: questions, Drafts: drafts, Access: access.NewStore(file, ring), Members: member.NewStore(file, ring),
		Letters: letters, Limits: limits(cfg, p.log), Wake: func() {}, Now: p.now, Log: p.log,
		Org: cfg.OrgName, BaseURL: cfg.BaseURL, DraftTTL: cfg.DraftTTL, LinkTTL: cfg.LinkTTL, WaitingTTL: cfg.WaitingTTL,
	})
}

func waitingEntries(ctx context.Context, members *member.Store, confirms *confirm.Service, questions *form.Definition, ttl time.Duration) ([]waitingEntry, error) {
	all := []waitingEntry{}
	err := members.EachWaiting(ctx, func(a member.Application) error {
		c, err := confirms.Confirmation(ctx, a)
		all = append(all, waitingEntry{
			a.ID, questions.FirstName(a.Answers), a.Email, a.Sent.UTC(), a.Sent.Add(ttl).UTC(), whyWaiting(a, c), c.State, c.Cause, c.NextAllowed.UTC(),
		})
		return err
	})
	return all, err
}

// whyWaiting says in words why an application is not confirmed.
func whyWaiting(a member.Application, c confirm.Confirmation) string {
	switch {
	case a.Held == member.ForApplicant:
		return "the address is confirmed; its reader has not said which of those who share it applied"
	case c.State == mail.Queued:
		return "the letter waits to be sent"
	case c.State == mail.Deferred:
		return "the letter is not delivered yet: " + causeWords[c.Cause]
	case c.State == mail.Refused, c.State == mail.GivenUp:
		return "the letter was not delivered: " + cmp.Or(causeWords[c.Cause], "it was not wanted any more")
	case c.AttemptsLeft == 0:
		return "too many wrong codes were typed: another letter is needed"
	case c.NewestCodeIsLate:
		return "the letter was delivered, and its link has expired"
	}
	return "the letter was delivered, and not answered"
}

func writeWaiting(out io.Writer, all []waitingEntry, zone *time.Location) error {
	if len(all) == 0 {
		_, err := fmt.Fprintln(out, "No application waits.")
		return err
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "SENT\tENDS\tFIRST NAME\tADDRESS\tWHY")
	for _, e := range all {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", clock(&e.Sent, zone), clock(&e.Ends, zone), e.FirstName, e.Email, e.Why)
	}
	return w.Flush()
}
