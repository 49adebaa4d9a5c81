//go:build e2e

package e2e

import (
	"encoding/csv"
	"encoding/json"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"joinery/app/mail"
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
		settings func(t *testing.T) settings
		want     []string // what it says
	}{
		{"configuration, every mistake at once", func(*testing.T) settings {
			return settings{"ADDR": "3000", "BASE_URL": "localhost", "DRAFT_TTL": "30d", "SMTP_URL": "mail.example.org", "DEV": "yes"}
		}, []string{"ADDR: ", "BASE_URL: ", "DRAFT_TTL: ", "SMTP_URL: ", "DEV: "}},
		{"no form definition", func(t *testing.T) settings {
			return settings{"FORM": filepath.Join(t.TempDir(), "form.json")}
		}, []string{"FORM", "form.json"}},
		{"a form definition that is no JSON", func(t *testing.T) settings {
			return settings{"FORM": write(t, "form.json", "{\n\"version\": \"1\",\n\"sections\": [,]}")}
		}, []string{"form.json", "line 3"}},
		{"a form definition that cannot be asked", func(t *testing.T) settings {
			return settings{"FORM": write(t, "form.json", `{"version": "1", "sections": [{"key": "a", "title": {"en": "A"}, "fields": []}], "consents": []}`)}
		}, []string{"form.json", "title", "fr"}},
		{"a database that is none", func(t *testing.T) settings {
			return settings{"DATABASE_URL": "sqlite:" + write(t, "members.db", strings.Repeat("not a database ", 100))}
		}, []string{"members.db", "not a database"}},
		{"a draft store that is none", func(t *testing.T) settings {
			return settings{"DATA": filepath.Dir(write(t, "drafts.db", strings.Repeat("not a database ", 100)))}
		}, []string{"drafts.db", "not a database"}},
		{"a folder that is none", func(t *testing.T) settings {
			return settings{"DATA": write(t, "data", "a file")}
		}, []string{"data", "not a directory"}},
		{"an address that is taken", func(*testing.T) settings {
			return settings{"ADDR": busy.Addr().String()}
		}, []string{"ADDR", busy.Addr().String()}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			status, out, said := result(t, newSettings(t, tt.settings(t)))
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
	status, _, said := result(t, newSettings(t, nil), "migrate")
	if status != 1 || !strings.Contains(said, "joinery: there is no command \"migrate\"; joinery help lists the commands\n") {
		t.Errorf("it ends with %d and says %q", status, said)
	}
}

func TestATerminatedSiteEndsWell(t *testing.T) {
	t.Parallel()
	s := newSettings(t, nil)
	site := startProcess(t, s)
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
	nobody := freeAddr(t)
	tests := []struct {
		name     string
		settings func(t *testing.T) settings
		status   int
		want     []string
	}{
		{"nothing", func(t *testing.T) settings { return newSettings(t, nil) }, 0, []string{"ok: configuration", "ok: drafts and members", "development outbox"}},
		{"nothing, with Redis and a mail server", func(t *testing.T) settings {
			relay := freeAddr(t)
			startRelay(t, relay)
			s := mailSettings(t, relay)
			s["REDIS_URL"] = redistest.Start(t)
			return s
		}, 0, []string{"ok: drafts and members", "ok: mail server"}},
		{"Redis is down", func(t *testing.T) settings {
			return newSettings(t, settings{"REDIS_URL": "redis://" + nobody})
		}, 1, []string{"REDIS_URL", "refused"}},
		{"the mail server is down", func(t *testing.T) settings { return mailSettings(t, nobody) }, 1, []string{"SMTP_URL", nobody}},
		{"the configuration", func(t *testing.T) settings {
			return newSettings(t, settings{"ADDR": "3000", "DEV": "yes"})
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
	s := newSettings(t, nil)
	startProcess(t, s)
	zoe := newApplicant(t, s)
	zoe.apply()
	outbox := mail.Outbox{Dir: filepath.Join(s["DATA"], "outbox")}
	var letters []mail.StoredMail
	eventually(t, "the letter is in the outbox", func() (err error) {
		if letters, err = outbox.List(); err == nil && len(letters) == 0 {
			err = mail.ErrNotFound
		}
		return err
	})
	zoe.confirm(letters[0].Text)

	t.Run("as CSV", func(t *testing.T) { printsCSV(t, s) }) // while the site runs
	t.Run("as JSON", func(t *testing.T) { printsJSON(t, s) })
	t.Run("in no language that there is", func(t *testing.T) {
		if status, _, said := result(t, s, "members", "--lang", "de"); status != 1 || !strings.Contains(said, "--lang is en or fr") {
			t.Errorf("it ends with %d and says %q", status, said)
		}
	})
}

func printsCSV(t *testing.T, s settings) {
	_, out, _ := result(t, s, "members", "--format", "csv", "--lang", "fr")
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(out, "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 2 || !strings.HasPrefix(out, "\ufeff") {
		t.Fatalf("it prints %q, %v, want a mark, headings and a member", out, err)
	}
	for heading, want := range map[string]string{
		"Prénom": "Zoë", "Nom de famille": "O’Neil-Đặng", "Adresse courriel": "zoe@example.org",
		"Une autre affiliation": "'=HYPERLINK(1)", "Langue de correspondance": "fr",
	} {
		if i := slices.Index(rows[0], heading); i < 0 || rows[1][i] != want {
			t.Errorf("under %q (column %d of %q) is not %q: %q", heading, i, rows[0], want, rows[1])
		}
	}
}

func printsJSON(t *testing.T, s settings) {
	_, out, _ := result(t, s, "members", "--format", "json", "--lang", "fr")
	questions, members := readJSON(t, out)
	if len(members) != 1 || members[0].Email != "zoe@example.org" || members[0].Language != "fr" || len(members[0].Consents) != 3 {
		t.Errorf("it prints %+v, want one member with three consents", members)
	}
	if questions["first_name"] != "Prénom" {
		t.Errorf("it prints the questions %v, want them in French", questions)
	}
}

// A listed member is one that the program prints.
type listedMember struct {
	Email, Language string
	Answers         map[string][]string
	Consents        []struct{ Key string }
}

func readJSON(t *testing.T, out string) (questions map[string]string, members []listedMember) {
	t.Helper()
	var export struct {
		Questions map[string]string
		Members   []listedMember
	}
	if err := json.Unmarshal([]byte(out), &export); err != nil {
		t.Fatalf("%v in %s", err, out)
	}
	return export.Questions, export.Members
}

func TestNoMembersAreListedWhereThereAreNone(t *testing.T) {
	s := newSettings(t, nil)
	for _, command := range []string{"members", "scanners"} {
		status, out, said := result(t, s, command)
		if status != 1 || out != "" || !strings.Contains(said, s["DATA"]) || !strings.Contains(said, "DATABASE_URL") {
			t.Errorf("%s ends with %d, prints %q and says %q, want a word about where it looked", command, status, out, said)
		}
	}
}
