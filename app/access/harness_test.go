package access

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"joinery/app/db"
	"joinery/app/dbtest"
	"joinery/app/i18n"
	"joinery/app/mail"
	"joinery/app/seal"
)

var (
	noon  = time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC)
	later = noon.Add(30 * 24 * time.Hour)
)

// A harness is an empty store, and the file behind it.
type harness struct {
	*Store
	file *db.DB
	dir  string
}

func newHarness(t *testing.T) *harness {
	t.Helper()
	dir := t.TempDir()
	file := dbtest.Open(t, filepath.Join(dir, "members.db"))
	return &harness{Store: NewStore(file, dbtest.Ring(t, file)), file: file, dir: dir}
}

// count returns the number that a query finds.
func (h *harness) count(t *testing.T, query string) (n int) {
	t.Helper()
	if err := h.file.Read().QueryRowContext(t.Context(), query).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func (h *harness) wantCount(t *testing.T, table string, want int) {
	t.Helper()
	if n := h.count(t, `SELECT count(*) FROM `+table); n != want {
		t.Errorf("there are %d %s, want %d", n, table, want)
	}
}

func fine(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Begin begins a draft without limits.
func (h *harness) Begin(ctx context.Context, draft, session, email string, ends time.Time) error {
	_, err := h.Store.Begin(ctx, Beginning{Draft: draft, Session: session, Email: email, ExpiresAt: ends, At: noon}, nil)
	return err
}

// begin makes a draft with sessions, and with addresses named after the draft.
func (h *harness) begin(t *testing.T, draft string, sessions ...string) {
	t.Helper()
	for _, session := range sessions {
		fine(t, h.Begin(t.Context(), draft, session, "", later))
	}
	fine(t, h.SetAnsweredEmail(t.Context(), sessions[0], draft, "address-of-"+draft+"@example.ca"))
	fine(t, h.SetContactEmail(t.Context(), sessions[0], draft, "mailbox-of-"+draft+"@example.ca", i18n.French))
}

// infoOf returns the info of a draft that begin makes, as plain returns it.
func infoOf(draft string) DraftInfo {
	return DraftInfo{
		Draft: draft, AnsweredEmail: "address-of-" + draft + "@example.ca", ContactEmail: "mailbox-of-" + draft + "@example.ca",
		Lang: i18n.French, NotedAt: noon, ExpiresAt: later,
	}
}

func (h *harness) wantInfo(t *testing.T, want DraftInfo) {
	t.Helper()
	got, err := h.ByDraft(t.Context(), want.Draft)
	if got = plain(got); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("the info is %+v, %v, want %+v", got, err, want)
	}
}

// plain returns an info with its time in UTC and without its key.
func plain(i DraftInfo) DraftInfo {
	i.NotedAt, i.ExpiresAt, i.Key, i.ring = i.NotedAt.UTC(), i.ExpiresAt.UTC(), seal.Key{}, nil
	return i
}

// wantSession wants a session to have a draft; "": none.
func (h *harness) wantSession(t *testing.T, session, draft string) {
	t.Helper()
	got, err := h.BySession(t.Context(), session)
	if got.Draft != draft || draft == "" && !errors.Is(err, ErrNotFound) {
		t.Errorf("the session %s has the draft %q, %v, want %q", session, got.Draft, err, draft)
	}
}

// newGrant returns a code, or a link to the contact address of a draft that begin makes.
func newGrant(kind Kind, draft string) Grant {
	g := Grant{Digest: rand.Text(), Kind: kind, Draft: draft, Lang: i18n.French, CreatedAt: noon, ExpiresAt: noon.Add(time.Hour)}
	if kind == ByLink {
		g.Recipient = infoOf(draft).ContactEmail
	}
	return g
}

// grant adds a grant. A code is made by the newest session of its draft.
func (h *harness) grant(t *testing.T, kind Kind, draft string) Grant {
	t.Helper()
	g := newGrant(kind, draft)
	if kind == ByLink {
		fine(t, h.addLink(t, g))
		return g
	}
	var session string
	fine(t, h.file.Read().QueryRowContext(t.Context(), `SELECT digest FROM sessions WHERE draft = $1 ORDER BY id DESC LIMIT 1`, draft).Scan(&session))
	fine(t, h.AddHandoff(t.Context(), g, session))
	return g
}

// addLink adds a link as it is, without a letter.
func (h *harness) addLink(t *testing.T, g Grant) error {
	t.Helper()
	return h.db.Tx(t.Context(), "add link", func(tx *sql.Tx) error { return h.Store.addLink(t.Context(), tx, g) })
}

// wantGrant wants the store to have g as it is, or not at all.
func (h *harness) wantGrant(t *testing.T, g Grant, there bool) {
	t.Helper()
	got, err := h.Grant(t.Context(), g.Digest)
	got.CreatedAt, got.ExpiresAt = got.CreatedAt.UTC(), got.ExpiresAt.UTC()
	if there && (err != nil || got != g) {
		t.Errorf("the grant is %+v, %v, want %+v", got, err, g)
	}
	if !there && !errors.Is(err, ErrNotFound) {
		t.Errorf("the grant is %+v, %v, want ErrNotFound", got, err)
	}
}

func newLetter(about, to string) mail.Order {
	o := mail.NewOrder(mail.Resume, to, i18n.French, noon)
	o.Topic, o.Secrets = about, []string{"SECRET"}
	return o
}

// TestErrorsSayWhereTheyComeFrom closes the file.
func TestErrorsSayWhereTheyComeFrom(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	fine(t, h.file.Close())
	g, l := newGrant(ByLink, "d"), newLetter("d", "zoe@example.ca")
	for name, do := range map[string]func(context.Context) error{
		"begin":              func(ctx context.Context) error { return h.Begin(ctx, "d", "h", "", later) },
		"cancel begin":       func(ctx context.Context) error { return h.CancelBegin(ctx, Beginning{Draft: "d"}, nil) },
		"sweep begun":        func(ctx context.Context) error { return h.SweepBegun(ctx, nil, noon) },
		"by session":         func(ctx context.Context) error { _, err := h.BySession(ctx, "h"); return err },
		"by draft":           func(ctx context.Context) error { _, err := h.ByDraft(ctx, "d"); return err },
		"set answered email": func(ctx context.Context) error { return h.SetAnsweredEmail(ctx, "h", "d", "") },
		"set contact email":  func(ctx context.Context) error { return h.SetContactEmail(ctx, "h", "d", "", i18n.French) },
		"add handoff":        func(ctx context.Context) error { return h.AddHandoff(ctx, g, "h") },
		"prove":              func(ctx context.Context) error { _, err := h.Prove(ctx, "s", "h", noon); return err },
		"leave":              func(ctx context.Context) error { return h.Leave(ctx, "h") },
		"send grants": func(ctx context.Context) error {
			return h.SendGrants(ctx, []Grant{g}, l, new(mail.Limits))
		},
		"grant":           func(ctx context.Context) error { _, err := h.Grant(ctx, "s"); return err },
		"handoff grant":   func(ctx context.Context) error { _, err := h.HandoffGrant(ctx, "d"); return err },
		"redeem":          func(ctx context.Context) error { _, _, err := h.Redeem(ctx, "s", "p", "h", noon); return err },
		"by email":        func(ctx context.Context) error { _, err := h.ByEmail(ctx, "zoe@example.ca", 1); return err },
		"expiring before": func(ctx context.Context) error { _, err := h.ExpiringBefore(ctx, noon, 1); return err },
		"reminder due":    func(ctx context.Context) error { _, err := h.ReminderDue(ctx, noon, 1); return err },
		"set expiry":      func(ctx context.Context) error { return h.SetExpiry(ctx, "d", noon, later) },
		"send reminder": func(ctx context.Context) error {
			_, err := h.SendReminder(ctx, g, l, new(mail.Limits), noon)
			return err
		},
		"correction key": func(ctx context.Context) error { _, err := h.CorrectionKey(ctx, "d", "e"); return err },
		"follow TTL":     func(ctx context.Context) error { return h.FollowTTL(ctx, time.Hour) },
		"seal earlier":   func(ctx context.Context) error { return h.SealEarlier(ctx) },
		"clear reminded": func(ctx context.Context) error { return h.ClearReminded(ctx, "d") },
		"move sessions":  func(ctx context.Context) error { return h.MoveSessions(ctx, "d", "e", later) },
		"mark submitted": func(ctx context.Context) error { return h.MarkSubmitted(ctx, "d", later) },
		"forget":         func(ctx context.Context) error { return h.Forget(ctx, "d") },
		"attempts":       func(ctx context.Context) error { _, err := h.Attempts(ctx, "w", noon); return err },
		"count attempt":  func(ctx context.Context) error { _, _, err := h.CountAttempt(ctx, "w", noon); return err },
		"refund attempt": func(ctx context.Context) error { return h.RefundAttempt(ctx, "w") },
		"sweep attempts": func(ctx context.Context) error { return h.SweepAttempts(ctx, noon) },
	} {
		err := do(t.Context())
		if err == nil || !strings.HasPrefix(err.Error(), "access: "+name+": ") || strings.Count(err.Error(), "access: ") != 1 {
			t.Errorf("%s: %v, want it to name the operation, once", name, err)
		}
	}
}
