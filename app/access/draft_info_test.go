package access

import (
	"slices"
	"testing"
	"time"

	"joinery/app/i18n"
	"joinery/app/mail"
)

func TestAnEntryIsKeptUpToDate(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.begin(t, "d1", "h1")
	b.begin(t, "d2", "h2")
	fine(t, b.SetAnsweredEmail(t.Context(), "d1", ""))
	fine(t, b.SetContactEmail(t.Context(), "d1", "new@example.ca", i18n.English))
	fine(t, b.SetExpiry(t.Context(), "d1", noon)) // back, too
	b.wantEntry(t, DraftInfo{Draft: "d1", ContactEmail: "new@example.ca", Lang: i18n.English, ExpiresAt: noon})
	b.wantEntry(t, asBegun("d2"))
}

func TestWhatIsNotKnownCannotBeKeptUpToDate(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for name, err := range map[string]error{
		"Reach":  b.SetAnsweredEmail(t.Context(), "d1", "zoe@example.ca"),
		"Want":   b.SetContactEmail(t.Context(), "d1", "zoe@example.ca", i18n.French),
		"Extend": b.SetExpiry(t.Context(), "d1", later),
	} {
		if err != ErrNotFound {
			t.Errorf("%s of what never was: %v, want ErrNotFound as it is", name, err)
		}
	}
	b.wantCount(t, "draft_access", 0)
}

func TestAsked(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for i, d := range []struct{ draft, address, mailbox string }{
		{"answered", "Zoe@example.ca", ""},
		{"wanted", "", "zoe@Example.CA"},
		{"both", "zoe@example.ca", "ZOE@example.ca"},
		{"neither", "", ""},
		{"longer", "zoe@example.cab", "azoe@example.ca"},
		{"pattern", "zo_@example.ca", "%"},
	} {
		fine(t, b.Begin(t.Context(), d.draft, d.draft, "", noon.Add(time.Duration(i)*time.Hour)))
		fine(t, b.SetAnsweredEmail(t.Context(), d.draft, d.address))
		fine(t, b.SetContactEmail(t.Context(), d.draft, d.mailbox, i18n.English))
	}
	tests := []struct {
		name, address string
		most          int
		want          []string // those first that end last
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
		all, err := b.ByEmail(t.Context(), tt.address, tt.most)
		if got := names(all); err != nil || !slices.Equal(got, tt.want) {
			t.Errorf("%s: Asked(%q) = %q, %v, want %q", tt.name, tt.address, got, err, tt.want)
		}
	}
}

func TestEndingAndDue(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for draft, ends := range map[string]time.Duration{"x": 3, "z": 1, "y": 2, "w": 4} {
		b.begin(t, draft, "holder of "+draft)
		fine(t, b.SetExpiry(t.Context(), draft, noon.Add(ends*time.Minute)))
	}
	before := noon.Add(3 * time.Minute)
	want := func(doing string, got []DraftInfo, err error, want ...string) {
		t.Helper()
		if err != nil || !slices.Equal(names(got), want) {
			t.Errorf("%s = %q, %v, want %q", doing, names(got), err, want)
		}
	}
	all, err := b.ExpiringBefore(t.Context(), before, 9)
	want("Ending", all, err, "z", "y", "x")
	all, err = b.ReminderDue(t.Context(), before, 2)
	want("Due", all, err, "z", "y")

	fine(t, b.SetContactEmail(t.Context(), "z", "", i18n.French))
	if done, err := b.SendReminder(t.Context(), aWay(ByLink, "y"), aLetter("y", asBegun("y").ContactEmail), new(mail.Limits), noon); err != nil || !done {
		t.Fatalf("Remind = %v, %v", done, err)
	}
	all, err = b.ReminderDue(t.Context(), before, 9)
	want("Due without those who want no mail or had theirs", all, err, "x")
	all, err = b.ExpiringBefore(t.Context(), before, 2)
	want("Ending", all, err, "z", "y")
}

func names(all []DraftInfo) (drafts []string) {
	for _, e := range all {
		drafts = append(drafts, e.Draft)
	}
	return drafts
}
