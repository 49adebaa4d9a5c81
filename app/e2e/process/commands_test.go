//go:build e2e

package process

import (
	"encoding/csv"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"joinery/app/e2e/harness"
	"joinery/app/redistest"
)

func TestTheProgramDoesNotStartWithMistakes(t *testing.T) {
	t.Parallel()
	write := func(t *testing.T, name, content string) string {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	busy, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer busy.Close()
	tests := []struct {
		name     string
		settings func(t *testing.T) harness.Settings
		want     []string // what it says
	}{
		{"configuration, every mistake at once", func(*testing.T) harness.Settings {
			return harness.Settings{"ADDR": "3000", "BASE_URL": "localhost", "DRAFT_TTL": "30d", "SMTP_URL": "mail.example.org", "DEV": "yes"}
		}, []string{"ADDR: ", "BASE_URL: ", "DRAFT_TTL: ", "SMTP_URL: ", "DEV: "}},
		{"no form definition", func(t *testing.T) harness.Settings {
			return harness.Settings{"FORM": filepath.Join(t.TempDir(), "form.json")}
		}, []string{"FORM", "form.json"}},
		{"a form definition that is no JSON", func(t *testing.T) harness.Settings {
			return harness.Settings{"FORM": write(t, "form.json", "{\n\"version\": \"1\",\n\"sections\": [,]}")}
		}, []string{"form.json", "line 3"}},
		{"a form definition that cannot be asked", func(t *testing.T) harness.Settings {
			return harness.Settings{"FORM": write(t, "form.json", `{"version": "1", "sections": [{"key": "a", "title": {"en": "A"}, "fields": []}], "consents": []}`)}
		}, []string{"form.json", "title", "fr"}},
		{"a database that is none", func(t *testing.T) harness.Settings {
			return harness.Settings{"DATABASE_URL": "sqlite:" + write(t, "members.db", strings.Repeat("not a database ", 100))}
		}, []string{"members.db", "not a database"}},
		{"a draft store that is none", func(t *testing.T) harness.Settings {
			return harness.Settings{"DATA": filepath.Dir(write(t, "drafts.db", strings.Repeat("not a database ", 100)))}
		}, []string{"drafts.db", "not a database"}},
		{"a folder that is none", func(t *testing.T) harness.Settings {
			return harness.Settings{"DATA": write(t, "data", "a file")}
		}, []string{"data", "not a directory"}},
		{"an address that is taken", func(*testing.T) harness.Settings {
			return harness.Settings{"ADDR": busy.Addr().String()}
		}, []string{"ADDR", busy.Addr().String()}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			status, out, said := result(t, harness.NewSettings(t, tt.settings(t)))
			if status != 1 || strings.Contains(out, "ready") {
				t.Errorf("it ends with %d and prints %q, want 1 and no word of being ready", status, out)
			}
			for _, want := range tt.want {
				if !strings.Contains(said, want) {
					t.Errorf("it says\n%swant a word about %q", said, want)
				}
			}
		})
	}
}

func TestAnUnknownCommandIsRefused(t *testing.T) {
	status, _, said := result(t, harness.NewSettings(t, nil), "migrate")
	if status != 1 || !strings.Contains(said, "joinery: there is no command \"migrate\"; joinery help lists the commands\n") {
		t.Errorf("it ends with %d and says %q", status, said)
	}
}

func TestATerminatedSiteEndsWell(t *testing.T) {
	t.Parallel()
	s := harness.NewSettings(t, nil)
	site := start(t, s)
	r, err := http.Get(s["BASE_URL"] + "/en") // a connection that stays open: it must not hold up the end
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	begun := time.Now()
	site.stop(t)
	if took := time.Since(begun); took > 8*time.Second {
		t.Errorf("it takes %v to end", took)
	}
	if want := "Joinery is ready at " + s["BASE_URL"] + "\n"; !strings.HasPrefix(site.out.String(), want) {
		t.Errorf("it printed %q, want %q at first", site.out.String(), want)
	}
}

func TestCheckSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	silent := harness.FreeAddr(t)
	tests := []struct {
		name     string
		settings func(t *testing.T) harness.Settings
		status   int
		want     []string
	}{
		{"nothing", func(t *testing.T) harness.Settings { return harness.NewSettings(t, nil) }, 0, []string{"ok: configuration", "ok: drafts and members", "development outbox"}},
		{"nothing, with Redis and a mail server", func(t *testing.T) harness.Settings {
			addr := harness.FreeAddr(t)
			harness.StartMailServer(t, addr)
			s := harness.MailSettings(t, addr)
			s["REDIS_URL"] = redistest.Start(t)
			return s
		}, 0, []string{"ok: drafts and members", "ok: mail server"}},
		{"Redis is down", func(t *testing.T) harness.Settings {
			return harness.NewSettings(t, harness.Settings{"REDIS_URL": "redis://" + silent})
		}, 1, []string{"REDIS_URL", "refused"}},
		{"the mail server is down", func(t *testing.T) harness.Settings { return harness.MailSettings(t, silent) }, 1, []string{"SMTP_URL", silent}},
		{"the configuration", func(t *testing.T) harness.Settings {
			return harness.NewSettings(t, harness.Settings{"ADDR": "3000", "DEV": "yes"})
		}, 1, []string{"ADDR: ", "DEV: "}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			status, out, said := result(t, tt.settings(t), "check")
			if status != tt.status {
				t.Errorf("it ends with %d, want %d", status, tt.status)
			}
			for _, want := range tt.want {
				if !strings.Contains(out+said, want) {
					t.Errorf("it prints\n%s%swant a word about %q", out, said, want)
				}
			}
		})
	}
}

func TestMembersArePrinted(t *testing.T) {
	t.Parallel()
	s := harness.NewSettings(t, nil)
	start(t, s)
	zoe := harness.NewApplicant(t, s)
	zoe.Apply()
	zoe.Confirm(harness.FirstInOutbox(t, s))

	t.Run("as CSV", func(t *testing.T) { expectCSV(t, s) }) // while the site runs
	t.Run("as JSON", func(t *testing.T) { expectJSON(t, s) })
	t.Run("in no language that there is", func(t *testing.T) {
		if status, _, said := result(t, s, "members", "--lang", "de"); status != 1 || !strings.Contains(said, "--lang is en or fr") {
			t.Errorf("it ends with %d and says %q", status, said)
		}
	})
}

// expectCSV checks the members as CSV, in French.
func expectCSV(t *testing.T, s harness.Settings) {
	_, out, _ := result(t, s, "members", "--format", "csv", "--lang", "fr")
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(out, "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 2 || !strings.HasPrefix(out, "\ufeff") {
		t.Fatalf("it prints %q, %v, want a mark, headings and a member", out, err)
	}
	for heading, want := range map[string]string{
		"Prénom": "Zoë", "Nom de famille": "O’Neil-Đặng", "Adresse courriel (confirmée)": "zoe@example.org",
		"Autre groupe ou organisme": "'=HYPERLINK(1)", "Langue de correspondance": "Français",
	} {
		if i := slices.Index(rows[0], heading); i < 0 || rows[1][i] != want {
			t.Errorf("under %q (column %d of %q) is not %q: %q", heading, i, rows[0], want, rows[1])
		}
	}
}

// expectJSON checks the members as JSON, in French.
func expectJSON(t *testing.T, s harness.Settings) {
	_, out, _ := result(t, s, "members", "--format", "json", "--lang", "fr")
	questions, members := harness.ReadMembers(t, out)
	if len(members) != 1 || members[0].Email != "zoe@example.org" || members[0].Language != "fr" || len(members[0].Consents) != 3 {
		t.Errorf("it prints %+v, want one member with three consents", members)
	}
	if questions["first_name"] != "Prénom" {
		t.Errorf("it prints the questions %v, want them in French", questions)
	}
}

func TestNoMembersAreListedWhereThereAreNone(t *testing.T) {
	s := harness.NewSettings(t, nil)
	for _, command := range []string{"members", "scanners"} {
		status, out, said := result(t, s, command)
		if status != 1 || out != "" || !strings.Contains(said, s["DATA"]) || !strings.Contains(said, "DATABASE_URL") {
			t.Errorf("%s ends with %d, prints %q and says %q, want a word about where it looked", command, status, out, said)
		}
	}
}
