package join

import (
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"joinery/app/access"
	"joinery/app/db"
	"joinery/app/draft"
	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/mail"
	"joinery/app/member"
	"joinery/app/redistest"
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
	"Redis":    func(t *testing.T) *bench { b := newBench(t); b.Drafts = openRedis(t, b); return b },
}

// overStores runs a test on a bench with each of the draft stores.
func overStores(t *testing.T, test func(t *testing.T, b *bench)) {
	t.Helper()
	for name, newBench := range benches {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, newBench(t))
		})
	}
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
	letters, err := mail.NewLetters(os.DirFS("../.."), mail.Organization{Name: org})
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{file: file, now: noon}
	b.Service = &Service{
		Form: d, Access: access.NewStore(file), Members: member.NewStore(file), Letters: letters,
		Queued: func() {}, Now: func() time.Time { return b.now }, Org: org, BaseURL: "https://hub.example",
		DraftTTL: 720 * time.Hour, LinkTTL: 24 * time.Hour, WaitingTTL: 168 * time.Hour, RemindBefore: 72 * time.Hour,
		Limits: &mail.Limits{PerAddress: mail.Budget{Max: 3, Per: time.Hour}, Log: slog.New(slog.DiscardHandler)},
		Log:    slog.New(slog.DiscardHandler),
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
func openRedis(t *testing.T, b *bench) draft.Store {
	t.Helper()
	s, err := draft.NewRedis(redistest.Start(t), b.DraftTTL, b.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// finished returns the id of a draft that can be sent.
func (b *bench) finished(t *testing.T) string {
	t.Helper()
	w := &browser{bench: b}
	w.open(t, "one").must(t, Continue, form.Answers{"mail": {"Zoe@Hospital.EXAMPLE"}, "lang": {"fr"}})
	if reply := w.open(t, "two").must(t, Continue, form.Answers{"pet": {"none"}}); len(reply.Problems) > 0 {
		t.Fatalf("the draft is not finished: %+v", reply)
	}
	return w.id
}

// pass lets d pass, or puts the clock back.
func (b *bench) pass(d time.Duration) { b.now = b.now.Add(d) }

// count returns the number that a query of the file of members finds.
func (b *bench) count(t *testing.T, query string) (n int) {
	t.Helper()
	if err := b.file.Read().QueryRowContext(t.Context(), query).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func (b *bench) wantCount(t *testing.T, table string, want int) {
	t.Helper()
	if n := b.count(t, `SELECT count(*) FROM `+table); n != want {
		t.Errorf("there are %d %s, want %d", n, table, want)
	}
}

func fine(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
