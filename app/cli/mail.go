package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"joinery/app/address"
	"joinery/app/config"
	"joinery/app/mail"
)

// mailCommand shows the queue of letters.
func (p *program) mailCommand() *cobra.Command {
	var retry, asJSON bool
	c := &cobra.Command{
		Use:   "mail",
		Short: "Show which letters wait and which have failed, and try them again",
		Long: `mail counts the letters that wait and those that were finished within a week.
It lists up to 200 whose last attempt failed: to whom, with the address masked,
why, and when they are tried again. The site may run meanwhile.

A letter is queued, deferred (tried without success), accepted (by the mail
server), refused (the address is not known) or given-up (after three days).

With --retry, letters that were given up or put off are due now, once the mail
server is mended. Those to wrong addresses stay as they are, and so do those put
off that the server may have. A site that runs sends them within a minute.

Environment: DATA and DATABASE_URL, which name the database; MASTER_KEY, which
opens the addresses; TIME_ZONE. They must be those of the site.

Exit codes: 0, also when letters have failed; 1 when there is no database or it
cannot be read.`,
		Example: `  joinery mail
  joinery mail --retry`,
		Args: refuseArguments,
		RunE: func(c *cobra.Command, _ []string) error { return p.showMail(c, retry, asJSON) },
	}
	c.Flags().BoolVar(&retry, "retry", false, "try letters again that failed, but for wrong addresses")
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

// A queueReport is what mail prints.
type queueReport struct {
	Retried int64         `json:"retried"`
	Counts  []mail.Count  `json:"counts"`
	Failed  []failedEntry `json:"failed"`
}

// A failedEntry is a letter whose last attempt failed.
type failedEntry struct {
	ID       string     `json:"id"`
	Kind     mail.Kind  `json:"kind"`
	To       string     `json:"to"` // masked
	State    mail.State `json:"state"`
	Cause    mail.Cause `json:"cause"`
	Step     string     `json:"step"`
	Code     int        `json:"code,omitempty"`
	Status   string     `json:"status,omitempty"`
	Attempts int        `json:"attempts"`
	Planned  time.Time  `json:"planned"`
	Next     *time.Time `json:"next,omitempty"` // nil: never

	why string
}

// showMail prints the queue to the output of c.
func (p *program) showMail(c *cobra.Command, retry, asJSON bool) error {
	cfg, err := p.settings()
	if err != nil {
		return err
	}
	report, err := p.queueReport(c.Context(), cfg, retry)
	if err != nil {
		return err
	}
	if asJSON {
		e := json.NewEncoder(c.OutOrStdout())
		e.SetIndent("", "  ")
		return e.Encode(report)
	}
	return report.print(c.OutOrStdout(), cfg.Zone, retry)
}

func (p *program) queueReport(ctx context.Context, cfg config.Config, retry bool) (report queueReport, err error) {
	open := openSealed
	if retry {
		open = openWriting
	}
	file, ring, err := open(ctx, cfg)
	if err != nil {
		return report, err
	}
	defer file.Close()
	if retry {
		if report.Retried, err = mail.RetryNow(ctx, file, p.now()); err != nil {
			return report, err
		}
	}
	if report.Counts, err = mail.Counts(ctx, file); err != nil {
		return report, err
	}
	failed, err := mail.Troubles(ctx, file, ring)
	report.Failed = make([]failedEntry, 0, len(failed)) // in JSON [], not null
	for _, l := range failed {
		report.Failed = append(report.Failed, newFailedEntry(l))
	}
	return report, err
}

func newFailedEntry(l mail.Trouble) failedEntry {
	f := l.Failure
	e := failedEntry{
		l.ID, l.Kind, address.Masked(l.To), l.State, f.Cause, f.Step, f.Code, f.Status, l.Attempts, l.Planned.UTC(), nil, causeWords[f.Cause],
	}
	if !l.Next.IsZero() {
		next := l.Next.UTC()
		e.Next = &next
	}
	return e
}

// causeWords say what a failure is about.
var causeWords = map[mail.Cause]string{
	mail.Address:    "the address is not known",
	mail.Full:       "the mailbox is full",
	mail.Ours:       "the server refuses us, or our letter",
	mail.Passing:    "the server cannot be reached, or not now",
	mail.Unanswered: "the server may have it, and did not say so",
}

// print prints a report as tables.
func (r queueReport) print(out io.Writer, zone *time.Location, retried bool) error {
	if retried {
		fmt.Fprintf(out, "due now: %d\n\n", r.Retried)
	}
	if len(r.Counts) == 0 {
		fmt.Fprintln(out, "There is no letter.")
		return nil
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "KIND\tSTATE\tLETTERS")
	for _, c := range r.Counts {
		fmt.Fprintf(w, "%s\t%s\t%d\n", c.Kind, c.State, c.Letters)
	}
	if len(r.Failed) > 0 {
		fmt.Fprintln(w, "\nSINCE\tKIND\tTO\tSTATE\tATTEMPTS\tNEXT\tWHY")
	}
	for _, e := range r.Failed {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%d\t%s\t%s (%s)\n", clock(&e.Planned, zone), e.Kind, e.To, e.State, e.Attempts, clock(e.Next, zone), e.why, e.answer())
	}
	return w.Flush()
}

// answer returns at which step the attempt failed, and the codes of the server.
func (e failedEntry) answer() string {
	switch {
	case e.Code == 0:
		return e.Step
	case e.Status == "":
		return fmt.Sprintf("%s, %d", e.Step, e.Code)
	}
	return fmt.Sprintf("%s, %d %s", e.Step, e.Code, e.Status)
}

// clock tells a time as the export of members does.
func clock(at *time.Time, zone *time.Location) string {
	if at == nil {
		return "never"
	}
	return at.In(zone).Format("2006-01-02 15:04")
}
