package access

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"joinery/app/i18n"
	"joinery/app/mail"
)

func TestABrowserHoldsWhatItBegan(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.begin(t, "d1", "h1")
	b.begin(t, "d2", "h2")
	got, err := b.BySession(t.Context(), "h1")
	got.ExpiresAt = got.ExpiresAt.UTC()
	if want := asBegun("d1"); err != nil || got != want {
		t.Errorf("Held = %+v, %v, want %+v", got, err, want)
	}
	b.wantHeld(t, "h3", "")
	if _, err := b.ByDraft(t.Context(), "d3"); !errors.Is(err, ErrNotFound) {
		t.Errorf("Entry of what never was: %v, want ErrNotFound", err)
	}
}

func TestBeginAgainAddsAHolderAndKeepsTheRest(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.begin(t, "d1", "h1")
	for range 2 {
		fine(t, b.Begin(t.Context(), "d1", "h2", "", later.Add(time.Hour)))
	}
	b.wantEntry(t, asBegun("d1"))
	b.wantHeld(t, "h1", "d1")
	b.wantHeld(t, "h2", "d1")
	b.wantCount(t, "sessions", 2)
}

func TestABrowserHoldsTheDraftItWasGivenLast(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.begin(t, "d1", "h1")
	b.begin(t, "d2", "h1")
	b.wantHeld(t, "h1", "d2")
	b.wantCount(t, "sessions", 1)
}

func TestADraftKeepsItsNewestHolders(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for i := range maxSessions {
		fine(t, b.Begin(t.Context(), "d1", fmt.Sprint("h", i), "", later))
		fine(t, b.Begin(t.Context(), "d2", fmt.Sprint("other ", i), "", later))
	}
	b.wantHeld(t, "h0", "d1")
	fine(t, b.Begin(t.Context(), "d1", "h0", "", later)) // comes again, and is the newest
	fine(t, b.Begin(t.Context(), "d1", "one more", "", later))
	b.wantHeld(t, "h1", "")
	for _, holder := range []string{"h0", "h2", fmt.Sprint("h", maxSessions-1), "one more"} {
		b.wantHeld(t, holder, "d1")
	}
	b.wantHeld(t, "other 0", "d2")
	b.wantCount(t, "sessions", 2*maxSessions)
}

func TestMoveLeavesNothingOfTheFirst(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.begin(t, "from", "h1", "h2")
	b.begin(t, "other", "h3")
	w, letter := aWay(ByLink, "from"), aLetter("from", asBegun("from").ContactEmail)
	if done, err := b.SendReminder(t.Context(), w, letter, new(mail.Limits), noon); err != nil || !done {
		t.Fatalf("Remind = %v, %v", done, err)
	}
	want := DraftInfo{Draft: "to", ExpiresAt: later.Add(time.Hour)}
	for range 2 { // the second time changes nothing
		fine(t, b.MoveSessions(t.Context(), "from", "to", want.ExpiresAt))
		b.wantEntry(t, want)
		b.wantHeld(t, "h1", "to")
		b.wantHeld(t, "h2", "to")
		b.wantHeld(t, "h3", "other")
		b.wantWay(t, w, false)
		b.wantCount(t, "mails WHERE state = 'waiting'", 0)
		if _, err := b.ByDraft(t.Context(), "from"); !errors.Is(err, ErrNotFound) {
			t.Errorf("the first is still there: %v", err)
		}
		want.AnsweredEmail = "new@example.ca"
		fine(t, b.SetAnsweredEmail(t.Context(), "to", want.AnsweredEmail))
	}
}

func TestMoveKeepsTheEntryOfTheOther(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.begin(t, "from", "h1")
	b.begin(t, "to", "h2")
	fine(t, b.SetContactEmail(t.Context(), "to", "", i18n.English))
	w := b.open(t, ByLink, "to")
	fine(t, b.MoveSessions(t.Context(), "from", "to", later.Add(time.Hour)))
	want := asBegun("to")
	want.ContactEmail, want.Lang = "", i18n.English
	b.wantEntry(t, want)
	b.wantHeld(t, "h1", "to")
	b.wantHeld(t, "h2", "to")
	b.wantWay(t, w, true)
}

func TestMoveOfNothing(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	fine(t, b.MoveSessions(t.Context(), "never was", "to", later))
	b.wantEntry(t, DraftInfo{Draft: "to", ExpiresAt: later})
	b.begin(t, "d1", "h1")
	fine(t, b.MoveSessions(t.Context(), "d1", "d1", noon))
	b.wantEntry(t, asBegun("d1"))
	b.wantHeld(t, "h1", "d1")
}

func TestMoveKeepsTheNewestHolders(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for i := range maxSessions {
		fine(t, b.Begin(t.Context(), "from", fmt.Sprint("h", i), "", later))
	}
	b.begin(t, "to", "newest")
	fine(t, b.MoveSessions(t.Context(), "from", "to", later))
	b.wantHeld(t, "h0", "")
	b.wantHeld(t, "h1", "to")
	b.wantHeld(t, "newest", "to")
	b.wantCount(t, "sessions", maxSessions)
}
