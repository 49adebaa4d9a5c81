package cli

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"joinery/app/form"
	"joinery/app/person"
)

// mostFound is how many of each kind find prints.
const mostFound = 50

// findCommand finds people.
func (p *program) findCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "find TEXT",
		Short: "Find members, waiting applications and drafts",
		Long: `find prints the members and the applications that wait with TEXT in their ID,
address or answers, and the drafts with TEXT in an address: at most 50 of each.
Neither capital letters nor accents matter. The answers in drafts are not looked
at: nobody has sent them. The site may run meanwhile.

Environment: DATA and DATABASE_URL, which name the database; REDIS_URL;
MASTER_KEY; FORM, which says which answer is the first name; TIME_ZONE, whose
clocks tell the times but in JSON, which has UTC. They must be those of the
site.

Exit codes: 0, also when nothing is found; 1 when it cannot be read.`,
		Example: `  joinery find zoe
  joinery find @example.org --json`,
		Args: oneText,
		RunE: func(c *cobra.Command, args []string) error { return p.find(c, args[0], asJSON) },
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

// oneText refuses arguments of c that are not one text.
func oneText(c *cobra.Command, args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("%s takes one text; put it in quotation marks if it has blanks", c.CommandPath())
	}
	if strings.TrimSpace(args[0]) == "" {
		return errors.New("everything has that text: write more")
	}
	return nil
}

// A foundReport is what find prints.
type foundReport struct {
	Found []foundEntry `json:"found"`
	More  bool         `json:"more"` // there are more than 50 of one kind
}

type foundEntry struct {
	Kind      string    `json:"kind"` // member, application or draft
	ID        string    `json:"id,omitempty"`
	FirstName string    `json:"first_name,omitempty"`
	Email     string    `json:"email"`
	Contact   string    `json:"contact_address,omitempty"` // of a draft
	At        time.Time `json:"at"`                        // when it was confirmed or sent, or until when a draft is kept
}

func (p *program) find(c *cobra.Command, text string, asJSON bool) error {
	cfg, questions, err := p.settingsAndForm()
	if err != nil {
		return err
	}
	people, close, err := p.readPeople(c.Context(), cfg)
	if err != nil {
		return err
	}
	defer close() //nolint:errcheck // it only reads
	found, err := people.Find(c.Context(), text, mostFound)
	if err != nil {
		return err
	}
	r := newFoundReport(found, questions)
	if asJSON {
		return writeIndented(c.OutOrStdout(), r)
	}
	return r.write(c.OutOrStdout(), cfg.Zone)
}

func newFoundReport(found person.Found, questions *form.Definition) foundReport {
	r := foundReport{[]foundEntry{}, found.More}
	for _, m := range found.Members {
		r.Found = append(r.Found, foundEntry{"member", m.ID, questions.FirstName(m.Answers), m.Email, "", m.Confirmed})
	}
	for _, a := range found.Waiting {
		r.Found = append(r.Found, foundEntry{"application", a.ID, questions.FirstName(a.Answers), a.Email, "", a.Sent.UTC()})
	}
	for _, d := range found.Drafts {
		r.Found = append(r.Found, foundEntry{"draft", "", "", d.AnsweredEmail, d.ContactEmail, d.ExpiresAt.UTC()})
	}
	return r
}

// sinceOf says what the time of an entry means.
var sinceOf = map[string]string{"member": "confirmed", "application": "sent", "draft": "kept until"}

func (r foundReport) write(out io.Writer, zone *time.Location) error {
	if len(r.Found) == 0 {
		_, err := fmt.Fprintln(out, "Nothing is found.")
		return err
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "KIND\tFIRST NAME\tADDRESS\tWHEN\tID")
	for _, e := range r.Found {
		address := e.Email
		if e.Contact != "" && e.Contact != e.Email {
			address = strings.TrimPrefix(address+", mail to "+e.Contact, ", ")
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s %s\t%s\n", e.Kind, e.FirstName, address, sinceOf[e.Kind], clock(&e.At, zone), e.ID)
	}
	if r.More {
		fmt.Fprintf(w, "There are more: these are the first %d of a kind.\n", mostFound)
	}
	return w.Flush()
}
