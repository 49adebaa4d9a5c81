package access

import (
	"errors"
	"fmt"
	"reflect"
	"testing"
	"time"

	"joinery/app/i18n"
	"joinery/app/mail"
)

func TestASessionHasTheDraftItBegan(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.begin(t, "d1", "h1")
	h.begin(t, "d2", "h2")
	got, err := h.BySession(t.Context(), "h1")
	got = plain(got)
	if want := infoOf("d1"); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("Held = %+v, %v, want %+v", got, err, want)
	}
	h.wantSession(t, "h3", "")
	if _, err := h.ByDraft(t.Context(), "d3"); !errors.Is(err, ErrNotFound) {
		t.Errorf("ByDraft of an unknown draft: %v, want ErrNotFound", err)
	}
}

func TestBeginAgainAddsASessionAndKeepsTheRest(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.begin(t, "d1", "h1")
	for range 2 {
		fine(t, h.Begin(t.Context(), "d1", "h2", "", later.Add(time.Hour)))
	}
	h.wantInfo(t, infoOf("d1"))
	h.wantSession(t, "h1", "d1")
	h.wantSession(t, "h2", "d1")
	h.wantCount(t, "sessions", 2)
}

func TestASessionHasTheDraftItWasGivenLast(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.begin(t, "d1", "h1")
	h.begin(t, "d2", "h1")
	h.wantSession(t, "h1", "d2")
	h.wantCount(t, "sessions", 1)
}

func TestADraftKeepsItsNewestSessions(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	for i := range maxSessions {
		fine(t, h.Begin(t.Context(), "d1", fmt.Sprint("h", i), "", later))
		fine(t, h.Begin(t.Context(), "d2", fmt.Sprint("other ", i), "", later))
	}
	h.wantSession(t, "h0", "d1")
	fine(t, h.Begin(t.Context(), "d1", "h0", "", later)) // comes again, and is the newest
	fine(t, h.Begin(t.Context(), "d1", "one more", "", later))
	h.wantSession(t, "h1", "")
	for _, session := range []string{"h0", "h2", fmt.Sprint("h", maxSessions-1), "one more"} {
		h.wantSession(t, session, "d1")
	}
	h.wantSession(t, "other 0", "d2")
	h.wantCount(t, "sessions", 2*maxSessions)
}

func TestMoveSessionsLeavesNothingOfTheFirstDraft(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.begin(t, "from", "h1", "h2")
	h.begin(t, "other", "h3")
	g, letter := newGrant(ByLink, "from"), newLetter("from", infoOf("from").ContactEmail)
	if done, err := h.SendReminder(t.Context(), g, letter, new(mail.Limits), noon); err != nil || !done {
		t.Fatalf("SendReminder = %v, %v", done, err)
	}
	want := DraftInfo{Draft: "to", ExpiresAt: later.Add(time.Hour)}
	for range 2 { // the second time changes nothing
		fine(t, h.MoveSessions(t.Context(), "from", "to", want.ExpiresAt))
		h.wantInfo(t, want)
		h.wantSession(t, "h1", "to")
		h.wantSession(t, "h2", "to")
		h.wantSession(t, "h3", "other")
		h.wantGrant(t, g, false)
		h.wantCount(t, "mails WHERE state = 'waiting'", 0)
		if _, err := h.ByDraft(t.Context(), "from"); !errors.Is(err, ErrNotFound) {
			t.Errorf("the first is still there: %v", err)
		}
		want.AnsweredEmail = "new@example.ca"
		fine(t, h.SetAnsweredEmail(t.Context(), "h1", "to", want.AnsweredEmail))
	}
}

func TestMoveSessionsKeepsTheInfoOfTheOtherDraft(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.begin(t, "from", "h1")
	h.begin(t, "to", "h2")
	fine(t, h.SetContactEmail(t.Context(), "h2", "to", "", i18n.English))
	g := h.grant(t, ByLink, "to")
	fine(t, h.MoveSessions(t.Context(), "from", "to", later.Add(time.Hour)))
	want := infoOf("to")
	want.ContactEmail, want.Lang = "", i18n.English
	h.wantInfo(t, want)
	h.wantSession(t, "h1", "to")
	h.wantSession(t, "h2", "to")
	h.wantGrant(t, g, true)
}

func TestMoveSessionsOfNoDraftOrToTheSame(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	fine(t, h.MoveSessions(t.Context(), "never was", "to", later))
	h.wantInfo(t, DraftInfo{Draft: "to", ExpiresAt: later})
	h.begin(t, "d1", "h1")
	fine(t, h.MoveSessions(t.Context(), "d1", "d1", noon))
	h.wantInfo(t, infoOf("d1"))
	h.wantSession(t, "h1", "d1")
}

func TestMoveSessionsKeepsTheNewest(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	for i := range maxSessions {
		fine(t, h.Begin(t.Context(), "from", fmt.Sprint("h", i), "", later))
	}
	h.begin(t, "to", "newest")
	fine(t, h.MoveSessions(t.Context(), "from", "to", later))
	h.wantSession(t, "h0", "")
	h.wantSession(t, "h1", "to")
	h.wantSession(t, "newest", "to")
	h.wantCount(t, "sessions", maxSessions)
}
