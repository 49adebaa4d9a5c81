package access

import (
	"slices"
	"testing"
	"time"

	"joinery/app/i18n"
	"joinery/app/mail"
)

func TestDraftInfoIsKeptUpToDate(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.begin(t, "d1", "h1")
	h.begin(t, "d2", "h2")
	fine(t, h.SetAnsweredEmail(t.Context(), "h1", "d1", ""))
	fine(t, h.SetContactEmail(t.Context(), "h1", "d1", "new@example.ca", i18n.English))
	fine(t, h.SetExpiry(t.Context(), "d1", noon.Add(-time.Hour), noon)) // back, too
	h.wantInfo(t, DraftInfo{Draft: "d1", ContactEmail: "new@example.ca", Lang: i18n.English, NotedAt: noon.Add(-time.Hour), ExpiresAt: noon})
	h.wantInfo(t, infoOf("d2"))
}

func TestAnUnknownDraftCannotBeUpdated(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	for name, err := range map[string]error{
		"SetAnsweredEmail": h.SetAnsweredEmail(t.Context(), "h1", "d1", "zoe@example.ca"),
		"SetContactEmail":  h.SetContactEmail(t.Context(), "h1", "d1", "zoe@example.ca", i18n.French),
		"SetExpiry":        h.SetExpiry(t.Context(), "d1", noon, later),
	} {
		if err != ErrNotFound {
			t.Errorf("%s of an unknown draft: %v, want ErrNotFound as it is", name, err)
		}
	}
	h.wantCount(t, "draft_access", 0)
}

func TestByEmail(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	for i, d := range []struct{ draft, address, mailbox string }{
		{"answered", "Zoe@example.ca", ""},
		{"wanted", "", "zoe@Example.CA"},
		{"both", "zoe@example.ca", "ZOE@example.ca"},
		{"neither", "", ""},
		{"longer", "zoe@example.cab", "azoe@example.ca"},
		{"pattern", "zo_@example.ca", "%"},
	} {
		fine(t, h.Begin(t.Context(), d.draft, d.draft, "", noon.Add(time.Duration(i)*time.Hour)))
		fine(t, h.SetAnsweredEmail(t.Context(), d.draft, d.draft, d.address))
		fine(t, h.SetContactEmail(t.Context(), d.draft, d.draft, d.mailbox, i18n.English))
	}
	tests := []struct {
		name, address string
		most          int
		want          []string // the draft that ends last first
	}{
		{"as it was written", "zoe@example.ca", 9, []string{"both", "wanted", "answered"}},
		{"in another case", "ZOE@EXAMPLE.ca", 9, []string{"both", "wanted", "answered"}},
		{"no more than wanted", "zoe@example.ca", 2, []string{"both", "wanted"}},
		{"not by its beginning", "zoe@example.c", 9, nil},
		{"not by its end", "oe@example.ca", 9, nil},
		{"not by a pattern", "zo%", 9, nil},
		{"itself a pattern", "zo_@example.ca", 9, []string{"pattern"}},
		{"no address", "", 9, nil},
	}
	for _, tt := range tests {
		all, err := h.ByEmail(t.Context(), tt.address, tt.most)
		if got := names(all); err != nil || !slices.Equal(got, tt.want) {
			t.Errorf("%s: ByEmail(%q) = %q, %v, want %q", tt.name, tt.address, got, err, tt.want)
		}
	}
}

func TestExpiringBeforeAndReminderDue(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	for draft, ends := range map[string]time.Duration{"x": 3, "z": 1, "y": 2, "w": 4} {
		h.begin(t, draft, "session of "+draft)
		fine(t, h.SetExpiry(t.Context(), draft, noon, noon.Add(ends*time.Minute)))
	}
	before := noon.Add(3 * time.Minute)
	want := func(doing string, got []DraftInfo, err error, want ...string) {
		t.Helper()
		if err != nil || !slices.Equal(names(got), want) {
			t.Errorf("%s = %q, %v, want %q", doing, names(got), err, want)
		}
	}
	all, err := h.ExpiringBefore(t.Context(), before, 9)
	want("ExpiringBefore", all, err, "z", "y", "x")
	all, err = h.ReminderDue(t.Context(), before, 2)
	want("ReminderDue", all, err, "z", "y")

	fine(t, h.SetContactEmail(t.Context(), "session of z", "z", "", i18n.French))
	if done, err := h.SendReminder(t.Context(), newGrant(ByLink, "y"), newLetter("y", infoOf("y").ContactEmail), new(mail.Limits), noon); err != nil || !done {
		t.Fatalf("SendReminder = %v, %v", done, err)
	}
	all, err = h.ReminderDue(t.Context(), before, 9)
	want("ReminderDue without the drafts that want no mail or had theirs", all, err, "x")
	all, err = h.ExpiringBefore(t.Context(), before, 2)
	want("ExpiringBefore", all, err, "z", "y")
}

func names(all []DraftInfo) (drafts []string) {
	for _, e := range all {
		drafts = append(drafts, e.Draft)
	}
	return drafts
}
