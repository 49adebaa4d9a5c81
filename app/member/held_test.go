package member

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"joinery/app/access"
	"joinery/app/dbtest"
	"joinery/app/form"
)

// confirm confirms an application, and wants this outcome.
func (h *harness) confirm(t *testing.T, a Application, session string, identify Identify, want Outcome) {
	t.Helper()
	if got, err := h.Confirm(t.Context(), a.ID, Proof{Session: session, At: noon.Add(time.Hour)}, identify, letters(a.Email)); err != nil || got != want {
		t.Fatalf("Confirm = %q, %v, want %q", got, err, want)
	}
}

func TestTwoMembersShareAMailbox(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.join(t, "zoe@example.ca", form.Answers{"name": {"Zoé"}})
	a := newApplication("Zoe@EXAMPLE.ca", form.Answers{"name": {"Paul"}})
	h.mustSubmit(t, a)
	h.confirm(t, a, "", anotherPerson, Joined)
	all := h.members(t)
	if len(all) != 2 || all[0].ID == all[1].ID || all[0].Sharing != 2 || all[1].Sharing != 2 {
		t.Errorf("the members are %+v, want two who share a mailbox", all)
	}
	if n := h.count(t, `SELECT count(*) FROM consents`); n != 4 {
		t.Errorf("there are %d consents, want two of each", n)
	}
	again := newApplication("zoe@example.ca", form.Answers{"name": {"Paul R."}})
	h.mustSubmit(t, again)
	h.confirm(t, again, "", func(_ Application, sharing []Member) Applicant { return Applicant{Member: sharing[1].ID} }, Updated)
	for i, want := range []string{"Zoé", "Paul R."} {
		if got := h.members(t)[i].Answers.First("name"); got != want {
			t.Errorf("member %d is %q, want %q", i, got, want)
		}
	}
}

// TestAnApplicationIsHeldWhileItsApplicantIsUnknown also when a member is named who does
// not share the mailbox. Its links lose their choices, and nothing else changes.
func TestAnApplicationIsHeldWhileItsApplicantIsUnknown(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.join(t, "ann@example.ca", nil)
	ann := h.members(t)[0].ID
	h.join(t, "zoe@example.ca", form.Answers{"name": {"Zoé"}})
	before := fmt.Sprint(h.members(t))
	a := newApplication("zoe@example.ca", form.Answers{"name": {"Paul"}})
	l := h.mustSubmit(t, a)
	if err := h.UpdateChoice(t.Context(), l.Selector, func(l Link) Link { l.PendingChoice, l.ChosenAt = Accept, noon; return l }); err != nil {
		t.Fatal(err)
	}
	for _, identify := range []Identify{unknown, func(Application, []Member) Applicant { return Applicant{Member: ann} }} {
		h.confirm(t, a, "", identify, Held)
		if got := h.mustFind(t, l); got.State != Waiting || got.Held != ForApplicant || got.Link.PendingChoice != NoChoice || got.Answers.First("name") != "Paul" {
			t.Errorf("the application is %+v", got)
		}
	}
	if err := h.UpdateChoice(t.Context(), l.Selector, func(l Link) Link { l.PendingChoice, l.ChosenAt = Accept, noon; return l }); err != nil {
		t.Fatal(err)
	}
	if pending, err := h.PendingChoices(t.Context(), noon); err != nil || len(pending) > 0 {
		t.Errorf("choices are pending: %+v, %v", pending, err)
	}
	if after := fmt.Sprint(h.members(t)); after != before {
		t.Errorf("the members were %s and are %s", before, after)
	}
	h.confirm(t, a, "", anotherPerson, Joined)
	h.confirm(t, a, "", anyMember, Nothing)
	h.wantForgotten(t, a, l, Confirmed)
}

func TestAMailboxIsSharedByTwentyAtMost(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	var all sync.WaitGroup
	for range MaxSharing + 5 {
		a := newApplication("zoe@example.ca", nil)
		h.mustSubmit(t, a)
		all.Go(func() {
			if _, err := h.Confirm(t.Context(), a.ID, Proof{At: noon}, anotherPerson, letters(a.Email)); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if members, held := len(h.members(t)), h.count(t, `SELECT count(*) FROM applications WHERE held = 'who'`); members != MaxSharing || held != 5 {
		t.Errorf("there are %d members and %d applications are held, want %d and 5", members, held, MaxSharing)
	}
}

// TestABrowserHasProvenAMailboxForOneApplication and no longer than its session leads to
// it.
func TestABrowserHasProvenAMailboxForOneApplication(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	browsers := access.NewStore(h.file, dbtest.Ring(t, h.file))
	a, b := newApplication("zoe@example.ca", nil), newApplication("zoe@example.ca", nil)
	for session, draft := range map[string]string{"one": a.Draft, "other": a.Draft, "third": b.Draft} {
		if _, err := browsers.Begin(t.Context(), access.Beginning{Draft: draft, Session: session, ExpiresAt: noon, At: noon}, new(access.BeginLimits)); err != nil {
			t.Fatal(err)
		}
	}
	proven := func(a Application, session string, want bool) {
		t.Helper()
		if got, err := h.Proven(t.Context(), a.ID, session); err != nil || got != want {
			t.Errorf("Proven = %v, %v, want %v", got, err, want)
		}
	}
	h.mustSubmit(t, a)
	h.mustSubmit(t, b)
	proven(a, "one", false)
	for _, session := range []string{"one", "one", "unknown", ""} {
		h.confirm(t, a, session, unknown, Held)
	}
	proven(a, "one", true)
	for _, session := range []string{"other", "third", "unknown", ""} {
		proven(a, session, false)
	}
	proven(b, "one", false)
	h.confirm(t, a, "one", anotherPerson, Joined)
	proven(a, "one", true)                                                                                                                                       // its page may say what came of it
	if _, err := browsers.Begin(t.Context(), access.Beginning{Draft: b.Draft, Session: "one", ExpiresAt: noon, At: noon}, new(access.BeginLimits)); err != nil { // the browser leaves
		t.Fatal(err)
	}
	proven(a, "one", false)
}

func TestSharedCountsMembersAndThoseWhoWait(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	shared := func(want bool) {
		t.Helper()
		if got, err := h.Shared(t.Context(), "ZOE@example.ca"); err != nil || got != want {
			t.Errorf("Shared = %v, %v, want %v", got, err, want)
		}
	}
	shared(false)
	h.join(t, "zoe@example.ca", nil)
	shared(false)
	a := newApplication("Zoe@example.ca", nil)
	h.mustSubmit(t, a)
	shared(true)
	if err := h.Withdraw(t.Context(), a.ID, noon); err != nil {
		t.Fatal(err)
	}
	shared(false)
}
