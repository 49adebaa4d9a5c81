package access

import (
	"context"
	"crypto/rand"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"joinery/app/db"
	"joinery/app/i18n"
	"joinery/app/mail"
)

var (
	noon  = time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC)
	later = noon.Add(30 * 24 * time.Hour)
)

// A bench is an empty store and what a test needs to look behind it.
type bench struct {
	*Store
	file *db.DB
	dir  string
}

func newBench(t *testing.T) *bench {
	t.Helper()
	dir := t.TempDir()
	file, err := db.Open(t.Context(), filepath.Join(dir, "members.db"), db.PowerLoss, db.Migrations())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	return &bench{Store: NewStore(file), file: file, dir: dir}
}

// count returns the number that a query finds.
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

// begin makes a draft with the holders, and with address and mailbox named
// after it.
func (b *bench) begin(t *testing.T, draft string, holders ...string) {
	t.Helper()
	for _, holder := range holders {
		fine(t, b.Begin(t.Context(), draft, holder, "", later))
	}
	fine(t, b.SetAnsweredEmail(t.Context(), draft, "address-of-"+draft+"@example.ca"))
	fine(t, b.SetContactEmail(t.Context(), draft, "mailbox-of-"+draft+"@example.ca", i18n.French))
}

// asBegun is the entry that begin makes.
func asBegun(draft string) DraftInfo {
	return DraftInfo{
		Draft: draft, AnsweredEmail: "address-of-" + draft + "@example.ca", ContactEmail: "mailbox-of-" + draft + "@example.ca",
		Lang: i18n.French, ExpiresAt: later,
	}
}

func (b *bench) wantEntry(t *testing.T, want DraftInfo) {
	t.Helper()
	got, err := b.ByDraft(t.Context(), want.Draft)
	got.ExpiresAt = got.ExpiresAt.UTC()
	if err != nil || got != want {
		t.Errorf("the entry is %+v, %v, want %+v", got, err, want)
	}
}

// wantHeld wants a holder to hold a draft; "": none.
func (b *bench) wantHeld(t *testing.T, holder, draft string) {
	t.Helper()
	got, err := b.BySession(t.Context(), holder)
	if got.Draft != draft || draft == "" && !errors.Is(err, ErrNotFound) {
		t.Errorf("%s holds %q, %v, want %q", holder, got.Draft, err, draft)
	}
}

func aWay(kind Kind, draft string) Grant {
	return Grant{
		Digest: rand.Text(), Kind: kind, Draft: draft, Recipient: "zoe@example.ca", Lang: i18n.French,
		CreatedAt: noon, ExpiresAt: noon.Add(time.Hour),
	}
}

func (b *bench) open(t *testing.T, kind Kind, draft string) Grant {
	t.Helper()
	w := aWay(kind, draft)
	fine(t, b.AddGrant(t.Context(), w))
	return w
}

// wantWay wants w to be there as it is, or not at all.
func (b *bench) wantWay(t *testing.T, w Grant, there bool) {
	t.Helper()
	got, err := b.Grant(t.Context(), w.Digest)
	got.CreatedAt, got.ExpiresAt = got.CreatedAt.UTC(), got.ExpiresAt.UTC()
	if there && (err != nil || got != w) {
		t.Errorf("the way is %+v, %v, want %+v", got, err, w)
	}
	if !there && !errors.Is(err, ErrNotFound) {
		t.Errorf("the way is %+v, %v, want ErrNotFound", got, err)
	}
}

func aLetter(about, to string) mail.Letter {
	return mail.Letter{
		ID: rand.Text(), Kind: mail.Resume, Topic: about, To: to, Lang: i18n.French,
		Subject: "Dear you", Text: "SECRET", Written: noon,
	}
}

// TestErrorsSayWhereTheyComeFrom has the file closed.
func TestErrorsSayWhereTheyComeFrom(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	fine(t, b.file.Close())
	w, l := aWay(ByLink, "d"), aLetter("d", "zoe@example.ca")
	for name, do := range map[string]func(context.Context) error{
		"begin": func(ctx context.Context) error { return b.Begin(ctx, "d", "h", "", later) },
		"held":  func(ctx context.Context) error { _, err := b.BySession(ctx, "h"); return err },
		"entry": func(ctx context.Context) error { _, err := b.ByDraft(ctx, "d"); return err },
		"reach": func(ctx context.Context) error { return b.SetAnsweredEmail(ctx, "d", "") },
		"want":  func(ctx context.Context) error { return b.SetContactEmail(ctx, "d", "", i18n.French) },
		"open":  func(ctx context.Context) error { return b.AddGrant(ctx, w) },
		"mail": func(ctx context.Context) error {
			_, err := b.SendGrants(ctx, []Grant{w}, l, new(mail.Limits))
			return err
		},
		"way":    func(ctx context.Context) error { _, err := b.Grant(ctx, "s"); return err },
		"handed": func(ctx context.Context) error { _, err := b.HandoffGrant(ctx, "d"); return err },
		"admit":  func(ctx context.Context) error { _, err := b.Redeem(ctx, "s", "p", "h", noon); return err },
		"asked":  func(ctx context.Context) error { _, err := b.ByEmail(ctx, "zoe@example.ca", 1); return err },
		"ending": func(ctx context.Context) error { _, err := b.ExpiringBefore(ctx, noon, 1); return err },
		"due":    func(ctx context.Context) error { _, err := b.ReminderDue(ctx, noon, 1); return err },
		"extend": func(ctx context.Context) error { return b.SetExpiry(ctx, "d", later) },
		"remind": func(ctx context.Context) error {
			_, err := b.SendReminder(ctx, w, l, new(mail.Limits), noon)
			return err
		},
		"move":           func(ctx context.Context) error { return b.MoveSessions(ctx, "d", "e", later) },
		"mark submitted": func(ctx context.Context) error { return b.MarkSubmitted(ctx, "d", later) },
		"forget":         func(ctx context.Context) error { return b.Forget(ctx, "d") },
		"miss":           func(ctx context.Context) error { _, _, err := b.CountAttempt(ctx, "w", noon); return err },
		"pardon":         func(ctx context.Context) error { return b.RefundAttempt(ctx, "w") },
		"sweep":          func(ctx context.Context) error { return b.SweepAttempts(ctx, noon) },
	} {
		err := do(t.Context())
		if err == nil || !strings.HasPrefix(err.Error(), "access: "+name+": ") || strings.Count(err.Error(), "access: ") != 1 {
			t.Errorf("%s: %v, want it to say so, once", name, err)
		}
	}
}
