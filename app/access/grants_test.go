package access

import (
	"errors"
	"testing"
	"time"

	"joinery/app/mail"
)

func TestAGrantIsFoundInAnyState(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.begin(t, "d1", "h1")
	mailed, handed := h.grant(t, ByLink, "d1"), h.grant(t, ByHandoff, "d1")
	if ok, err := h.Redeem(t.Context(), handed.Digest, "p1", "h2", noon); err != nil || !ok {
		t.Fatalf("Redeem = %v, %v", ok, err)
	}
	handed.UsedBy = "p1"
	h.wantGrant(t, mailed, true)
	h.wantGrant(t, handed, true)
	if got, err := h.HandoffGrant(t.Context(), "d1"); err != nil || got.Digest != handed.Digest || got.UsedBy != "p1" {
		t.Errorf("HandoffGrant = %+v, %v, want %+v", got, err, handed)
	}
}

func TestAGrantNeedsItsDraft(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	for _, kind := range []Kind{ByLink, ByHandoff} {
		g := newGrant(kind, "never was")
		if err := h.AddGrant(t.Context(), g); !errors.Is(err, ErrNotFound) {
			t.Errorf("AddGrant of a %s grant to no draft: %v, want ErrNotFound", kind, err)
		}
		h.wantGrant(t, g, false)
	}
}

func TestANewHandoffCodeEndsTheOldOne(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.begin(t, "d1", "h1")
	h.begin(t, "d2", "h2")
	if _, err := h.HandoffGrant(t.Context(), "d1"); !errors.Is(err, ErrNotFound) {
		t.Errorf("HandoffGrant before there is a code: %v, want ErrNotFound", err)
	}
	link, theirs := h.grant(t, ByLink, "d1"), h.grant(t, ByHandoff, "d2")
	old, fresh := h.grant(t, ByHandoff, "d1"), h.grant(t, ByHandoff, "d1")
	h.wantGrant(t, old, false)
	for _, g := range []Grant{fresh, link, theirs} {
		h.wantGrant(t, g, true)
	}
	if got, err := h.HandoffGrant(t.Context(), "d1"); err != nil || got.Digest != fresh.Digest {
		t.Errorf("HandoffGrant = %+v, %v, want the new code", got, err)
	}
}

func TestADraftKeepsItsNewestLinks(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.begin(t, "d1", "h1")
	h.begin(t, "d2", "h2")
	code := h.grant(t, ByHandoff, "d1")
	var links, others []Grant
	for range maxLinks {
		links, others = append(links, h.grant(t, ByLink, "d1")), append(others, h.grant(t, ByLink, "d2"))
	}
	for _, g := range append(others, links...) {
		h.wantGrant(t, g, true)
	}
	links = append(links, h.grant(t, ByLink, "d1"), h.grant(t, ByLink, "d1"))
	for i, g := range links {
		h.wantGrant(t, g, i >= 2)
	}
	h.wantGrant(t, others[0], true)
	h.wantGrant(t, code, true)
}

func TestSendGrantsBeyondTheBudgetAddsNothing(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.begin(t, "d1", "h1")
	h.begin(t, "d2", "h2")
	within := &mail.Limits{PerAddress: mail.Budget{Max: 1, Per: time.Hour}}
	for _, want := range []bool{true, false} {
		grants := []Grant{newGrant(ByLink, "d1"), newGrant(ByLink, "d2")}
		queued, err := h.SendGrants(t.Context(), grants, newLetter("", "zoe@example.ca"), within)
		if err != nil || queued != want {
			t.Errorf("SendGrants = %v, %v, want %v", queued, err, want)
		}
		for _, g := range grants {
			h.wantGrant(t, g, want)
		}
	}
	h.wantCount(t, "mails", 1)
	h.wantCount(t, "grants", 2)
}

func TestSendGrantsDoesAllOrNothing(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.begin(t, "d1", "h1")
	sent := newLetter("", "zoe@example.ca")
	if queued, err := h.SendGrants(t.Context(), nil, sent, new(mail.Limits)); err != nil || !queued {
		t.Fatalf("SendGrants = %v, %v", queued, err)
	}
	good := newGrant(ByLink, "d1")
	if queued, err := h.SendGrants(t.Context(), []Grant{good}, sent, new(mail.Limits)); err == nil || queued {
		t.Errorf("SendGrants of one letter twice = %v, %v, want an error", queued, err)
	}
	grants := []Grant{good, newGrant(ByLink, "never was")}
	if queued, err := h.SendGrants(t.Context(), grants, newLetter("", "zoe@example.ca"), new(mail.Limits)); !errors.Is(err, ErrNotFound) || queued {
		t.Errorf("SendGrants with a grant to no draft = %v, %v, want ErrNotFound", queued, err)
	}
	h.wantGrant(t, good, false)
	h.wantCount(t, "mails", 1)
}

func TestSendGrantsKeepsTheNewestLinksToo(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.begin(t, "d1", "h1")
	for range maxLinks + 2 {
		if queued, err := h.SendGrants(t.Context(), []Grant{newGrant(ByLink, "d1")}, newLetter("d1", "zoe@example.ca"), new(mail.Limits)); err != nil || !queued {
			t.Fatalf("SendGrants = %v, %v", queued, err)
		}
	}
	h.wantCount(t, "grants", maxLinks)
}
