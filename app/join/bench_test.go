package join

import (
	"context"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"joinery/app/db"
	"joinery/app/draft"
	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/mail"
	"joinery/app/member"
)

var noon = time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC)

const questions = `{
	"version": "1",
	"sections": [
		{"key": "one", "title": {"en": "One", "fr": "Un"}, "fields": [
			{"key": "mail", "kind": "email", "role": "address", "required": true,
				"label": {"en": "Address", "fr": "Adresse"}, "missing": {"en": "Give it", "fr": "Donnez-la"}},
			{"key": "lang", "kind": "radio", "role": "language", "required": true,
				"label": {"en": "Language", "fr": "Langue"}, "missing": {"en": "Choose", "fr": "Choisissez"},
				"options": [{"code": "en", "label": {"en": "E", "fr": "A"}}, {"code": "fr", "label": {"en": "F", "fr": "F"}}]}
		]},
		{"key": "two", "title": {"en": "Two", "fr": "Deux"}, "fields": [
			{"key": "pet", "kind": "select", "required": true,
				"label": {"en": "Pet", "fr": "Animal"}, "missing": {"en": "Choose", "fr": "Choisissez"},
				"options": [{"code": "cat", "label": {"en": "C", "fr": "C"}}, {"code": "none", "label": {"en": "N", "fr": "A"}}]},
			{"key": "petname", "kind": "text", "required": true, "when": {"field": "pet", "in": ["cat"]},
				"label": {"en": "Its name", "fr": "Son nom"}, "missing": {"en": "Name it", "fr": "Nommez-le"}}
		]}
	],
	"consents": [
		{"key": "keep", "version": "1", "required": true, "purpose": {"en": "keeping", "fr": "conservation"},
			"wording": {"en": "{org} may keep it", "fr": "{org} peut la garder"}, "missing": {"en": "Tick", "fr": "Cochez"}},
		{"key": "news", "version": "3", "purpose": {"en": "news", "fr": "nouvelles"}, "wording": {"en": "News", "fr": "Nouvelles"}}
	]
}`

// A bench is a service with real stores behind it, on a clock of the test's.
type bench struct {
	*Service
	file *db.DB
	now  time.Time
}

// benches are the services with each of the draft stores.
var benches = map[string]func(*testing.T) *bench{
	"embedded": func(t *testing.T) *bench { b := newBench(t); b.Drafts = openEmbedded(t, b); return b },
	"Redis":    func(t *testing.T) *bench { b := newBench(t); b.Drafts = openRedis(t); return b },
}

func newBench(t *testing.T) *bench {
	t.Helper()
	d, err := form.Parse([]byte(questions))
	if err != nil {
		t.Fatal(err)
	}
	file, err := db.Open(t.Context(), filepath.Join(t.TempDir(), "members.db"), db.PowerLoss, db.Migrations())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	org := i18n.Text{i18n.English: "Hub", i18n.French: "Carrefour"}
	letters, err := mail.NewLetters(os.DirFS("../.."), mail.Organisation{Name: org})
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{file: file, now: noon}
	b.Service = &Service{
		Form: d, Members: member.NewStore(file), Letters: letters, Queued: func() {}, Now: func() time.Time { return b.now }, Org: org,
		BaseURL: "https://hub.example", DraftTTL: 720 * time.Hour, LinkTTL: 24 * time.Hour, WaitingTTL: 168 * time.Hour,
		PerAddress: mail.Budget{Max: 3, Per: time.Hour}, Log: slog.New(slog.DiscardHandler),
	}
	return b
}

func openEmbedded(t *testing.T, b *bench) draft.Store {
	t.Helper()
	s, err := draft.OpenSQL(t.Context(), filepath.Join(t.TempDir(), "drafts.db"), b.DraftTTL, b.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// openRedis starts a real redis-server for this test.
func openRedis(t *testing.T) draft.Store {
	t.Helper()
	dir, err := os.MkdirTemp("", "redis") // t.TempDir() has the test's name in it: too long for a socket
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	ctx, kill := context.WithCancel(context.Background())
	server := exec.CommandContext(ctx, "redis-server", "--port", "0", "--unixsocket", dir+"/socket", "--dir", dir, "--save", "")
	if err := server.Start(); err != nil {
		kill()
		t.Fatalf("this test needs redis-server: install it, for example with apt-get install redis-server (%v)", err)
	}
	t.Cleanup(func() {
		kill()
		server.Wait() //nolint:errcheck // it says that it was killed
	})
	s, err := draft.NewRedis("unix://"+dir+"/socket", 720*time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	tick, deadline := time.NewTicker(5*time.Millisecond), time.After(10*time.Second)
	defer tick.Stop()
	for s.Ping(ctx) != nil {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatal("redis-server does not answer 10 seconds after its start")
		}
	}
	return s
}

// answer answers a section and returns what became of it.
func (b *bench) answer(t *testing.T, id, section string, answers form.Answers, shown ...string) Reply {
	t.Helper()
	asked, ok := b.Form.Section(section)
	if !ok {
		t.Fatalf("there is no section %s", section)
	}
	reply, err := b.Answer(t.Context(), id, asked, answers, shown, i18n.English)
	if err != nil {
		t.Fatalf("Answer: %v", err)
	}
	return reply
}

// finished returns the id of a draft that can be sent.
func (b *bench) finished(t *testing.T) string {
	t.Helper()
	id := b.answer(t, "", "one", form.Answers{"mail": {"Zoe@Hospital.EXAMPLE"}, "lang": {"fr"}}).ID
	if reply := b.answer(t, id, "two", form.Answers{"pet": {"none"}}); len(reply.Problems) > 0 || reply.ID != id {
		t.Fatalf("the draft is not finished: %+v", reply)
	}
	return id
}

// count returns the number that a query of the file of members finds.
func (b *bench) count(t *testing.T, query string) (n int) {
	t.Helper()
	if err := b.file.Read().QueryRowContext(t.Context(), query).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}
