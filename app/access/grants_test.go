package access

import (
	"errors"
	"testing"
	"time"

	"joinery/app/mail"
)

func TestAWayIsFoundWhateverItsState(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.begin(t, "d1", "h1")
	mailed, handed := b.open(t, ByLink, "d1"), b.open(t, ByHandoff, "d1")
	if ok, err := b.Redeem(t.Context(), handed.Digest, "p1", "h2", noon); err != nil || !ok {
		t.Fatalf("Admit = %v, %v", ok, err)
	}
	handed.UsedBy = "p1"
	b.wantWay(t, mailed, true)
	b.wantWay(t, handed, true)
	if got, err := b.HandoffGrant(t.Context(), "d1"); err != nil || got.Digest != handed.Digest || got.UsedBy != "p1" {
		t.Errorf("Handed = %+v, %v, want %+v", got, err, handed)
	}
}

func TestAWayNeedsItsDraft(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for _, kind := range []Kind{ByLink, ByHandoff} {
		w := aWay(kind, "never was")
		if err := b.AddGrant(t.Context(), w); !errors.Is(err, ErrNotFound) {
			t.Errorf("Open of a %s way to nothing: %v, want ErrNotFound", kind, err)
		}
		b.wantWay(t, w, false)
	}
}

func TestANewCodeEndsTheOldOne(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.begin(t, "d1", "h1")
	b.begin(t, "d2", "h2")
	if _, err := b.HandoffGrant(t.Context(), "d1"); !errors.Is(err, ErrNotFound) {
		t.Errorf("Handed before there is a code: %v, want ErrNotFound", err)
	}
	link, theirs := b.open(t, ByLink, "d1"), b.open(t, ByHandoff, "d2")
	old, fresh := b.open(t, ByHandoff, "d1"), b.open(t, ByHandoff, "d1")
	b.wantWay(t, old, false)
	for _, w := range []Grant{fresh, link, theirs} {
		b.wantWay(t, w, true)
	}
	if got, err := b.HandoffGrant(t.Context(), "d1"); err != nil || got.Digest != fresh.Digest {
		t.Errorf("Handed = %+v, %v, want the new code", got, err)
	}
}

func TestADraftKeepsItsNewestLinks(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.begin(t, "d1", "h1")
	b.begin(t, "d2", "h2")
	code := b.open(t, ByHandoff, "d1")
	var links, others []Grant
	for range maxLinks {
		links, others = append(links, b.open(t, ByLink, "d1")), append(others, b.open(t, ByLink, "d2"))
	}
	for _, w := range append(others, links...) {
		b.wantWay(t, w, true)
	}
	links = append(links, b.open(t, ByLink, "d1"), b.open(t, ByLink, "d1"))
	for i, w := range links {
		b.wantWay(t, w, i >= 2)
	}
	b.wantWay(t, others[0], true)
	b.wantWay(t, code, true)
}

func TestMailBeyondTheBudgetOpensNothing(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.begin(t, "d1", "h1")
	b.begin(t, "d2", "h2")
	within := &mail.Limits{PerAddress: mail.Budget{Max: 1, Per: time.Hour}}
	for _, want := range []bool{true, false} {
		ways := []Grant{aWay(ByLink, "d1"), aWay(ByLink, "d2")}
		queued, err := b.SendGrants(t.Context(), ways, aLetter("", "zoe@example.ca"), within)
		if err != nil || queued != want {
			t.Errorf("Mail = %v, %v, want %v", queued, err, want)
		}
		for _, w := range ways {
			b.wantWay(t, w, want)
		}
	}
	b.wantCount(t, "mails", 1)
	b.wantCount(t, "grants", 2)
}

func TestMailDoesAllOrNothing(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.begin(t, "d1", "h1")
	sent := aLetter("", "zoe@example.ca")
	if queued, err := b.SendGrants(t.Context(), nil, sent, new(mail.Limits)); err != nil || !queued {
		t.Fatalf("Mail = %v, %v", queued, err)
	}
	good := aWay(ByLink, "d1")
	if queued, err := b.SendGrants(t.Context(), []Grant{good}, sent, new(mail.Limits)); err == nil || queued {
		t.Errorf("Mail of one letter twice = %v, %v, want an error", queued, err)
	}
	ways := []Grant{good, aWay(ByLink, "never was")}
	if queued, err := b.SendGrants(t.Context(), ways, aLetter("", "zoe@example.ca"), new(mail.Limits)); !errors.Is(err, ErrNotFound) || queued {
		t.Errorf("Mail with a way to nothing = %v, %v, want ErrNotFound", queued, err)
	}
	b.wantWay(t, good, false)
	b.wantCount(t, "mails", 1)
}

func TestMailKeepsTheNewestLinksToo(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.begin(t, "d1", "h1")
	for range maxLinks + 2 {
		if queued, err := b.SendGrants(t.Context(), []Grant{aWay(ByLink, "d1")}, aLetter("d1", "zoe@example.ca"), new(mail.Limits)); err != nil || !queued {
			t.Fatalf("Mail = %v, %v", queued, err)
		}
	}
	b.wantCount(t, "grants", maxLinks)
}
