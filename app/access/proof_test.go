package access

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"joinery/app/i18n"
)

// enter uses a grant up in a new browser, and returns whether Redeem says that it closed
// others.
func (h *harness) enter(t *testing.T, g Grant, session string, at time.Time) (closed bool) {
	t.Helper()
	ok, closed, err := h.Redeem(t.Context(), g.Digest, "submission of "+session, session, at)
	if err != nil || !ok {
		t.Fatalf("%s is not let in: %v", session, err)
	}
	return closed
}

// linkTo adds a link to a draft, mailed to an address.
func (h *harness) linkTo(t *testing.T, draft, email string) Grant {
	t.Helper()
	g := newGrant(ByLink, draft)
	g.Recipient = email
	fine(t, h.addLink(t, g))
	return g
}

func (h *harness) wantClosed(t *testing.T, sessions ...string) {
	t.Helper()
	for _, session := range sessions {
		if info, err := h.BySession(t.Context(), session); !errors.Is(err, ErrClosed) || info.Draft != "" {
			t.Errorf("the session %s is told %+v, %v, want ErrClosed", session, info, err)
		}
	}
}

func TestALinkClosesTheSessionsThatNeverProvedItsMailbox(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.begin(t, "d1", "h1", "h2")
	h.begin(t, "d2", "elsewhere")
	if !h.enter(t, h.grant(t, ByLink, "d1"), "owner", noon) {
		t.Error("the owner is not told that others were closed")
	}
	h.wantClosed(t, "h1", "h2")
	h.wantSession(t, "owner", "d1")
	h.wantSession(t, "elsewhere", "d2")
	if h.enter(t, h.linkTo(t, "d1", "MAILBOX-of-d1@example.ca"), "owner too", noon.Add(time.Hour-time.Second)) {
		t.Error("the owner is told that others were closed, long after that")
	}
	h.wantSession(t, "owner", "d1")
}

func TestACodePassesOnWhatItsMakerHasProven(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.begin(t, "d1", "h1")
	h.enter(t, h.grant(t, ByHandoff, "d1"), "unproven", noon)
	h.wantSession(t, "h1", "d1")
	h.enter(t, h.grant(t, ByLink, "d1"), "owner", noon)
	h.wantClosed(t, "h1", "unproven")
	h.enter(t, h.grant(t, ByHandoff, "d1"), "phone", noon)
	h.enter(t, h.grant(t, ByHandoff, "d1"), "tablet", noon)
	h.enter(t, h.grant(t, ByLink, "d1"), "owner too", noon)
	for _, session := range []string{"owner", "phone", "tablet", "owner too"} {
		h.wantSession(t, session, "d1")
	}
}

// TestALinkEndsWhatElseLeadsStrangersIn has a stranger hold a draft whose contact address
// is that of the victim, with codes and links of their own.
func TestALinkEndsWhatElseLeadsStrangersIn(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.begin(t, "d1", "stranger")
	used, victim := h.linkTo(t, "d1", infoOf("d1").AnsweredEmail), h.grant(t, ByLink, "d1")
	h.enter(t, used, "stranger too", noon)
	fine(t, h.SetContactEmail(t.Context(), "stranger too", "d1", victim.Recipient, i18n.English))
	open, code := h.linkTo(t, "d1", infoOf("d1").AnsweredEmail), h.grant(t, ByHandoff, "d1")
	victim = h.linkTo(t, "d1", victim.Recipient)
	h.enter(t, victim, "victim", noon.Add(time.Minute))
	h.wantClosed(t, "stranger", "stranger too")
	for name, try := range map[string]struct {
		g          Grant
		submission string
	}{"the link that was used": {used, "submission of stranger too"}, "a link that was not": {open, "p"}, "a code": {code, "p"}} {
		if ok, _, err := h.Redeem(t.Context(), try.g.Digest, try.submission, "again", noon.Add(time.Minute)); err != nil || ok {
			t.Errorf("%s lets the stranger in again: %v", name, err)
		}
	}
	if info, err := h.ByDraft(t.Context(), "d1"); err != nil || info.AnsweredEmail != "" || info.ContactEmail != victim.Recipient || !info.Proven("Mailbox-of-d1@EXAMPLE.ca") {
		t.Errorf("the draft leads to %+v, %v, want the mailbox of the victim alone", info, err)
	}
}

func TestAClosedSessionChangesNothing(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.begin(t, "d1", "stranger")
	h.enter(t, h.grant(t, ByLink, "d1"), "owner", noon)
	before, err := h.ByDraft(t.Context(), "d1")
	fine(t, err)
	code := newGrant(ByHandoff, "d1")
	for name, err := range map[string]error{
		"answers an address": h.SetAnsweredEmail(t.Context(), "stranger", "d1", "stranger@example.ca"),
		"asks for mail":      h.SetContactEmail(t.Context(), "stranger", "d1", "stranger@example.ca", i18n.English),
		"makes a code":       h.AddHandoff(t.Context(), code, "stranger"),
	} {
		if !errors.Is(err, ErrNotFound) {
			t.Errorf("a closed session %s: %v, want ErrNotFound", name, err)
		}
	}
	h.wantGrant(t, code, false)
	h.wantInfo(t, DraftInfo{Draft: before.Draft, ContactEmail: before.ContactEmail, Lang: before.Lang, NotedAt: noon, ExpiresAt: later, proven: before.proven})
}

func TestALinkToAnAddressThatTheDraftHasNoMoreLetsNoBrowserIn(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.begin(t, "d1", "h1")
	g := h.grant(t, ByLink, "d1")
	fine(t, h.SetContactEmail(t.Context(), "h1", "d1", "other@example.ca", i18n.English))
	if ok, _, err := h.Redeem(t.Context(), g.Digest, "p", "late", noon); err != nil || ok {
		t.Errorf("Redeem = %v, %v, want false", ok, err)
	}
	h.wantSession(t, "h1", "d1")
	h.wantSession(t, "late", "")
	h.wantGrant(t, g, true)
}

func TestMovedSessionsKeepWhatTheyHaveProven(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.begin(t, "d1", "stranger")
	mailbox := infoOf("d1").ContactEmail
	h.enter(t, h.grant(t, ByLink, "d1"), "owner", noon)
	fine(t, h.MoveSessions(t.Context(), "d1", "d2", later))
	h.wantClosed(t, "stranger")
	h.wantSession(t, "owner", "d2")
	if all, err := h.ByEmail(t.Context(), mailbox, 9); err != nil || len(all) != 1 || !all[0].Proven(mailbox) {
		t.Errorf("the mailbox has the drafts %+v, %v, want the one that it was proven for", all, err)
	}
	h.enter(t, h.linkTo(t, "d2", mailbox), "owner too", noon)
	h.wantSession(t, "owner", "d2")
	h.enter(t, h.grant(t, ByHandoff, "d2"), "phone", noon)
	h.enter(t, h.linkTo(t, "d2", mailbox), "owner again", noon)
	h.wantSession(t, "phone", "d2")
}

func TestProvenDraftsComeFirst(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	for i := range 9 {
		draft := fmt.Sprint("d", i)
		fine(t, h.Begin(t.Context(), draft, "h"+draft, "zoe@example.ca", later.Add(time.Duration(i)*time.Hour)))
	}
	for _, draft := range []string{"d2", "d1"} {
		h.enter(t, h.linkTo(t, draft, "Zoe@example.ca"), "owner of "+draft, noon)
	}
	all, err := h.ByEmail(t.Context(), "zoe@example.ca", 4)
	if want := []string{"d2", "d1", "d8", "d7"}; err != nil || !slices.Equal(names(all), want) {
		t.Errorf("ByEmail = %q, %v, want %q", names(all), err, want)
	}
}

func TestClosedSessionsGoBeforeOpenOnes(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.begin(t, "d1", "h1", "h2")
	h.enter(t, h.grant(t, ByLink, "d1"), "owner", noon)
	for i := range maxSessions - 3 {
		h.enter(t, h.grant(t, ByHandoff, "d1"), fmt.Sprint("phone ", i), noon)
	}
	h.wantClosed(t, "h1", "h2")
	h.enter(t, h.grant(t, ByHandoff, "d1"), "one more", noon)
	h.wantSession(t, "h1", "")
	h.wantClosed(t, "h2")
	h.wantSession(t, "owner", "d1")
	h.wantCount(t, "sessions", maxSessions)
}

func TestLeaving(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.begin(t, "d1", "h1", "h2")
	code := h.grant(t, ByHandoff, "d1")
	for range 2 {
		fine(t, h.Leave(t.Context(), "h2"))
	}
	h.wantSession(t, "h2", "")
	h.wantSession(t, "h1", "d1")
	h.wantInfo(t, infoOf("d1"))
	h.enter(t, code, "phone", noon)
	h.enter(t, h.grant(t, ByLink, "d1"), "owner", noon)
	fine(t, h.Leave(t.Context(), "h1"))
	h.wantSession(t, "h1", "")
}

func TestASessionThatHasALinkHasProvenItsMailbox(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.begin(t, "d1", "stranger", "owner")
	h.begin(t, "d2", "elsewhere")
	g := h.grant(t, ByLink, "d1")
	for _, session := range []string{"", "elsewhere", "made up"} {
		if closed, err := h.Prove(t.Context(), g.Digest, session, noon); err != nil || closed {
			t.Errorf("the session %q has closed others: %v", session, err)
		}
	}
	if closed, err := h.Prove(t.Context(), g.Digest, "owner", noon.Add(time.Hour)); err != nil || closed {
		t.Errorf("a link that has expired has closed others: %v", err)
	}
	h.wantSession(t, "stranger", "d1")
	if closed, err := h.Prove(t.Context(), g.Digest, "owner", noon); err != nil || !closed {
		t.Errorf("Prove = %v, %v, want the other closed", closed, err)
	}
	h.wantClosed(t, "stranger")
	h.wantSession(t, "owner", "d1")
	h.wantGrant(t, g, true)
	if closed, err := h.Prove(t.Context(), g.Digest, "stranger", noon); err != nil || closed {
		t.Errorf("a closed session has closed others: %v", err)
	}
	h.enter(t, g, "owner too", noon)
	h.wantSession(t, "owner", "d1")
}
