package cli

import (
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"joinery/app/dbtest"
	"joinery/app/journeytest"
	"joinery/app/mail"
)

// A waitingSite is a site at which applications wait, and its commands, which go by the same
// clock.
type waitingSite struct {
	*journeytest.Journey
	env map[string]string
}

func newWaitingSite(t *testing.T) waitingSite {
	t.Helper()
	data := t.TempDir()
	file := dbtest.Open(t, filepath.Join(data, "joinery.db"))
	s := waitingSite{env: map[string]string{"DATA": data, "MASTER_KEY": dbtest.MasterKey, "FORM": filepath.Join(data, "form.json"), "TIME_ZONE": "UTC"}}
	s.Journey = journeytest.New(t, func(j *journeytest.Setup) {
		j.File, j.Drafts = file, dbtest.Drafts(t, filepath.Join(data, "drafts.db"), j.DraftTTL, j.Now)
	})
	journeytest.Must(t, os.WriteFile(s.env["FORM"], []byte(journeytest.Questions), 0o600))
	return s
}

func (s waitingSite) run(t *testing.T, args ...string) (string, error) {
	t.Helper()
	return s.runWith(t, nil, args...)
}

// runWith runs a command with what is typed, or nil.
func (s waitingSite) runWith(t *testing.T, typed io.Reader, args ...string) (string, error) {
	t.Helper()
	var out strings.Builder
	p := &program{embedded: os.DirFS("../.."), getenv: func(key string) string { return s.env[key] }, now: s.Now, log: slog.New(slog.DiscardHandler)}
	root := p.root(&out)
	root.SetIn(typed)
	root.SetArgs(args)
	err := root.ExecuteContext(t.Context())
	return out.String(), err
}

// want wants a command to print what matches.
func (s waitingSite) want(t *testing.T, pattern string, args ...string) {
	t.Helper()
	out, err := s.run(t, args...)
	if err != nil || !regexp.MustCompile(`^`+pattern+`\n$`).MatchString(out) {
		t.Errorf("joinery %q prints\n%s%v, want\n%s", args, out, err, pattern)
	}
}

// wantError wants a command to print nothing, and to end with an error.
func (s waitingSite) wantError(t *testing.T, words string, args ...string) {
	t.Helper()
	if out, err := s.run(t, args...); err == nil || !strings.Contains(err.Error(), words) || out != "" {
		t.Errorf("joinery %q prints\n%s%v, want %s", args, out, err, words)
	}
}

func TestWhoWaitsIsListedWithTheReason(t *testing.T) {
	t.Parallel()
	s := newWaitingSite(t)
	s.want(t, `No application waits\.`, "waiting")
	s.want(t, `\[\]`, "waiting", "--json")
	s.MustSubmit(t, s.FinishedAs(t, "zoe@example.ca"))
	const head = `SENT +ENDS +FIRST NAME +ADDRESS +WHY\n2026-11-22 12:00  2026-11-29 12:00 +zoe@example.ca  `
	s.want(t, head+`the letter waits to be sent`, "waiting")
	s.MailServer().DeliverAll(t)
	s.want(t, head+`the letter was delivered, and not answered`, "waiting")
	s.Pass(25 * time.Hour)
	s.want(t, head+`the letter was delivered, and its link has expired`, "waiting")
	s.want(t, `(?s)\[\n.*"email": "zoe@example.ca",.*"letter": "accepted",\n.*\]`, "waiting", "--json")
}

func TestAnotherLetterIsQueuedWhenItIsTime(t *testing.T) {
	t.Parallel()
	s := newWaitingSite(t)
	s.MustSubmit(t, s.FinishedAs(t, "zoe@example.ca"))
	s.MailServer().DeliverAll(t)
	s.wantError(t, "no application waits with this address", "waiting", "--resend", "max@example.ca")
	s.wantError(t, "it is too soon for another letter", "waiting", "--resend", "ZOE@example.ca")
	s.Pass(10 * time.Minute) // the page would take a request by now
	s.wantError(t, "try again after 2026-11-22 12:30", "waiting", "--resend", "ZOE@example.ca")
	s.Pass(50 * time.Minute)
	s.want(t, `1 letter queued\. A site that runs sends it within a minute\.`, "waiting", "--resend", "ZOE@example.ca")
	if letters := s.Queued(t, mail.Confirm); len(letters) != 1 || letters[0].To != "zoe@example.ca" {
		t.Errorf("the letters that wait are %+v", letters)
	}
	s.wantError(t, "it is too soon for another letter", "waiting", "--resend", "zoe@example.ca")
}
