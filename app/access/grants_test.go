package access

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"joinery/app/mail"
	"joinery/app/token"
)

func TestAGrantIsFoundInAnyState(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.begin(t, "d1", "h1")
	mailed, handed := h.grant(t, ByLink, "d1"), h.grant(t, ByHandoff, "d1")
	if ok, _, err := h.Redeem(t.Context(), handed.Digest, "p1", "h2", noon); err != nil || !ok {
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
	link, code := newGrant(ByLink, "never was"), newGrant(ByHandoff, "never was")
	if err := h.addLink(t, link); !errors.Is(err, ErrNotFound) {
		t.Errorf("a link to no draft: %v, want ErrNotFound", err)
	}
	if err := h.AddHandoff(t.Context(), code, "h1"); !errors.Is(err, ErrNotFound) {
		t.Errorf("a code to no draft: %v, want ErrNotFound", err)
	}
	h.wantGrant(t, link, false)
	h.wantGrant(t, code, false)
}

func TestACodeNeedsASessionOfItsDraft(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.begin(t, "d1", "h1")
	h.begin(t, "d2", "h2")
	for _, session := range []string{"", "h2", "made up"} {
		g := newGrant(ByHandoff, "d1")
		if err := h.AddHandoff(t.Context(), g, session); !errors.Is(err, ErrNotFound) {
			t.Errorf("the session %q makes a code: %v, want ErrNotFound", session, err)
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

// TestALetterThatIsLongTakesNoMoreLinks and the next that waits takes them.
func TestALetterThatIsLongTakesNoMoreLinks(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	within := &mail.Limits{PerAddress: mail.Budget{Max: 2, Per: time.Hour}}
	for i := range 6 {
		draft := fmt.Sprint("d", i)
		h.begin(t, draft, "session of "+draft)
		letter := newLetter(draft, "zoe@example.ca")
		letter.Secrets = []string{draft}
		if i == 2 {
			letter.Secrets[0] += strings.Repeat("x", 1001)
		}
		g := newGrant(ByLink, draft)
		g.Digest = token.Digest(letter.Secrets[0])
		fine(t, h.SendGrants(t.Context(), []Grant{g}, letter, within))
	}
	h.wantCount(t, "mails", 4)
	h.wantWaitingSecrets(t, "zoe@example.ca", "d3 d4 d5")
}

// TestALetterThatWaitsTakesTheLinksOfTheNext unless one that waits leads to the same draft.
func TestALetterThatWaitsTakesTheLinksOfTheNext(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	within := &mail.Limits{PerAddress: mail.Budget{Max: 1, Per: time.Hour}}
	for i, step := range []struct {
		draft   string
		carried bool
		letters int
	}{{"d1", true, 1}, {"d1", true, 2}, {"d1", false, 2}, {"d2", true, 2}, {"d1", false, 2}, {"d2", false, 2}} {
		if i < 1 || step.draft == "d2" {
			h.begin(t, step.draft, "session of "+step.draft)
		}
		g, letter := newGrant(ByLink, step.draft), newLetter(step.draft, "Zoe@example.ca")
		letter.Secrets = []string{fmt.Sprint("SECRET", i)}
		g.Digest = token.Digest(letter.Secrets[0])
		fine(t, h.SendGrants(t.Context(), []Grant{g}, letter, within))
		h.wantGrant(t, g, step.carried)
		h.wantCount(t, "mails", step.letters)
		if at, err := h.Turn(t.Context(), "zoe@example.ca"); err != nil || i > 0 && !at.Equal(noon.Add(time.Hour+time.Second)) {
			t.Errorf("the letter goes out at %v, %v, want when there is room", at, err)
		}
	}
	h.wantCount(t, "mails WHERE topic = ''", 1)
	h.wantWaitingSecrets(t, "zoe@example.ca", "SECRET1 SECRET3")
}

// wantWaitingSecrets wants the letters to an address that wait for their turn to have these
// secrets at the end.
func (h *harness) wantWaitingSecrets(t *testing.T, to, want string) {
	t.Helper()
	fine(t, h.db.InTx(t.Context(), func(tx *sql.Tx) error {
		got, err := mail.WaitingSecrets(t.Context(), tx, h.ring, newLetter("", to))
		if !strings.HasSuffix(strings.Join(got, " "), want) {
			t.Errorf("the letters that wait have the secrets %q, want %s", got, want)
		}
		return err
	}))
}

func TestSendGrantsDoesAllOrNothing(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.begin(t, "d1", "h1")
	sent := newLetter("", "zoe@example.ca")
	fine(t, h.SendGrants(t.Context(), nil, sent, new(mail.Limits)))
	good := newGrant(ByLink, "d1")
	if err := h.SendGrants(t.Context(), []Grant{good}, sent, new(mail.Limits)); err == nil {
		t.Error("SendGrants of one letter twice is no error")
	}
	gone := newGrant(ByLink, "never was")
	if err := h.SendGrants(t.Context(), []Grant{gone}, newLetter("", "zoe@example.ca"), new(mail.Limits)); !errors.Is(err, ErrNotFound) {
		t.Errorf("SendGrants with a grant to no draft = %v, want ErrNotFound", err)
	}
	h.wantGrant(t, good, false)
	h.wantCount(t, "mails", 1)
	fine(t, h.SendGrants(t.Context(), []Grant{gone, good}, newLetter("", "zoe@example.ca"), new(mail.Limits)))
	h.wantGrant(t, gone, false)
	h.wantGrant(t, good, true)
	h.wantCount(t, "mails", 2)
}

func TestSendGrantsKeepsTheNewestLinksToo(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.begin(t, "d1", "h1")
	for range maxLinks + 2 {
		fine(t, h.SendGrants(t.Context(), []Grant{newGrant(ByLink, "d1")}, newLetter("d1", "zoe@example.ca"), new(mail.Limits)))
	}
	h.wantCount(t, "grants", maxLinks)
}
