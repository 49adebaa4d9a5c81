package cli

import (
	"database/sql"
	"encoding/json"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"joinery/app/config"
	"joinery/app/i18n"
	"joinery/app/mail"
)

// aQueue returns the environment of a site with letters of which some have failed.
func aQueue(t *testing.T) func(string) string {
	t.Helper()
	env := map[string]string{"DATA": t.TempDir(), "TIME_ZONE": "UTC"}
	getenv := func(key string) string { return env[key] }
	cfg, err := config.Load(getenv)
	if err != nil {
		t.Fatal(err)
	}
	p, err := Open(t.Context(), cfg, templates, time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	err = p.Queue.DB.InTx(t.Context(), func(tx *sql.Tx) error {
		for id, change := range map[string]string{
			"A": `due = unixepoch() + 7200, attempts = 3, failure = 'recipient', code = 554, status = '5.7.1', cause = 'ours'`,
			"B": `state = 'abandoned', settled = 1, attempts = 1, failure = 'recipient', code = 550, cause = 'address'`,
			"C": `state = 'abandoned', settled = 1, attempts = 70, failure = 'connecting', cause = 'passing'`,
			"D": `state = 'delivered', settled = 1, attempts = 1, sealed = ''`,
		} {
			o := mail.NewOrder(mail.Confirm, "marie@hospital.example", i18n.French, time.Unix(1796000000, 0))
			o.ID = id
			if err := mail.Enqueue(t.Context(), tx, p.Queue.Ring, o); err != nil {
				return err
			}
			if _, err := tx.ExecContext(t.Context(), `UPDATE mails SET `+change+` WHERE id = $1`, id); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return getenv
}

func runMail(t *testing.T, getenv func(string) string, flags ...string) string {
	t.Helper()
	var out strings.Builder
	if err := Run(t.Context(), templates, append([]string{"mail"}, flags...), getenv, &out, slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), "marie@") {
		t.Errorf("an address is told:\n%s", out.String())
	}
	return out.String()
}

func TestMailSaysWhatWaitsAndWhatHasFailed(t *testing.T) {
	env := aQueue(t)
	out := strings.Join(strings.Fields(runMail(t, env)), " ")
	for _, want := range []string{
		"confirm accepted 1", "confirm deferred 1", "confirm given-up 1", "confirm refused 1",
		"confirm m•••e@hospital.example deferred 3 ", "the server refuses us, or our letter (recipient, 554 5.7.1)",
		"refused 1 never the address is not known (recipient, 550)", "given-up 70 never the server cannot be reached, or not now (connecting)",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("it prints\n%swant %q in it", out, want)
		}
	}
	var report struct {
		Counts []mail.Count
		Failed []struct {
			ID, To, State, Cause, Status string
			Next                         *time.Time
		}
	}
	if err := json.Unmarshal([]byte(runMail(t, env, "--json")), &report); err != nil || len(report.Counts) != 4 || len(report.Failed) != 3 {
		t.Fatalf("as JSON it prints %+v, %v", report, err)
	}
	for _, e := range report.Failed {
		if e.To != "m•••e@hospital.example" || (e.Next != nil) != (e.State == "deferred") {
			t.Errorf("a letter is told as %+v", e)
		}
	}
}

func TestMailTriesLettersAgain(t *testing.T) {
	env := aQueue(t)
	if out := runMail(t, env, "--retry"); !strings.HasPrefix(out, "due now: 2\n") {
		t.Errorf("it prints\n%s", out)
	}
	out := strings.Join(strings.Fields(runMail(t, env)), " ")
	if !strings.Contains(out, "confirm deferred 2") || !strings.Contains(out, "confirm refused 1") || strings.Contains(out, "given-up") {
		t.Errorf("afterwards it prints\n%s", out)
	}
}

func TestMailMakesNoDatabase(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "none")
	getenv := func(key string) string { return map[string]string{"DATA": dir}[key] }
	err := Run(t.Context(), templates, []string{"mail"}, getenv, new(strings.Builder), slog.New(slog.DiscardHandler))
	if err == nil || !strings.Contains(err.Error(), "there is no database at "+dir) {
		t.Errorf("it says %v", err)
	}
}
