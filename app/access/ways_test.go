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
	mailed, handed := b.open(t, Mailed, "d1"), b.open(t, Handed, "d1")
	if ok, err := b.Admit(t.Context(), handed.Secret, "p1", "h2", noon); err != nil || !ok {
		t.Fatalf("Admit = %v, %v", ok, err)
	}
	handed.Press = "p1"
	b.wantWay(t, mailed, true)
	b.wantWay(t, handed, true)
	if got, err := b.Handed(t.Context(), "d1"); err != nil || got.Secret != handed.Secret || got.Press != "p1" {
		t.Errorf("Handed = %+v, %v, want %+v", got, err, handed)
	}
}

func TestAWayNeedsItsDraft(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for _, kind := range []Kind{Mailed, Handed} {
		w := aWay(kind, "never was")
		if err := b.Open(t.Context(), w); !errors.Is(err, ErrNotFound) {
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
	if _, err := b.Handed(t.Context(), "d1"); !errors.Is(err, ErrNotFound) {
		t.Errorf("Handed before there is a code: %v, want ErrNotFound", err)
	}
	link, theirs := b.open(t, Mailed, "d1"), b.open(t, Handed, "d2")
	old, fresh := b.open(t, Handed, "d1"), b.open(t, Handed, "d1")
	b.wantWay(t, old, false)
	for _, w := range []Way{fresh, link, theirs} {
		b.wantWay(t, w, true)
	}
	if got, err := b.Handed(t.Context(), "d1"); err != nil || got.Secret != fresh.Secret {
		t.Errorf("Handed = %+v, %v, want the new code", got, err)
	}
}

func TestADraftKeepsItsNewestLinks(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.begin(t, "d1", "h1")
	b.begin(t, "d2", "h2")
	code := b.open(t, Handed, "d1")
	var links, others []Way
	for range mostMailed {
		links, others = append(links, b.open(t, Mailed, "d1")), append(others, b.open(t, Mailed, "d2"))
	}
	for _, w := range append(others, links...) {
		b.wantWay(t, w, true)
	}
	links = append(links, b.open(t, Mailed, "d1"), b.open(t, Mailed, "d1"))
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
		ways := []Way{aWay(Mailed, "d1"), aWay(Mailed, "d2")}
		queued, err := b.Mail(t.Context(), ways, aLetter("", "zoe@example.ca"), within)
		if err != nil || queued != want {
			t.Errorf("Mail = %v, %v, want %v", queued, err, want)
		}
		for _, w := range ways {
			b.wantWay(t, w, want)
		}
	}
	b.wantCount(t, "mails", 1)
	b.wantCount(t, "ways", 2)
}

func TestMailDoesAllOrNothing(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.begin(t, "d1", "h1")
	sent := aLetter("", "zoe@example.ca")
	if queued, err := b.Mail(t.Context(), nil, sent, new(mail.Limits)); err != nil || !queued {
		t.Fatalf("Mail = %v, %v", queued, err)
	}
	good := aWay(Mailed, "d1")
	if queued, err := b.Mail(t.Context(), []Way{good}, sent, new(mail.Limits)); err == nil || queued {
		t.Errorf("Mail of one letter twice = %v, %v, want an error", queued, err)
	}
	ways := []Way{good, aWay(Mailed, "never was")}
	if queued, err := b.Mail(t.Context(), ways, aLetter("", "zoe@example.ca"), new(mail.Limits)); !errors.Is(err, ErrNotFound) || queued {
		t.Errorf("Mail with a way to nothing = %v, %v, want ErrNotFound", queued, err)
	}
	b.wantWay(t, good, false)
	b.wantCount(t, "mails", 1)
}

func TestMailKeepsTheNewestLinksToo(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.begin(t, "d1", "h1")
	for range mostMailed + 2 {
		if queued, err := b.Mail(t.Context(), []Way{aWay(Mailed, "d1")}, aLetter("d1", "zoe@example.ca"), new(mail.Limits)); err != nil || !queued {
			t.Fatalf("Mail = %v, %v", queued, err)
		}
	}
	b.wantCount(t, "ways", mostMailed)
}
