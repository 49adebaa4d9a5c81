package access

import (
	"testing"
	"time"

	"joinery/app/i18n"
)

func TestAnAddressIsForgottenInAnyCase(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	ends := noon.Add(time.Hour)
	fine(t, h.Begin(t.Context(), "answered", "h1", "", ends))
	fine(t, h.SetAnsweredEmail(t.Context(), "h1", "answered", "Zoe@example.ca"))
	fine(t, h.SetContactEmail(t.Context(), "h1", "answered", "ann@example.ca", i18n.English))
	fine(t, h.Begin(t.Context(), "contact", "h2", "", ends))
	fine(t, h.SetAnsweredEmail(t.Context(), "h2", "contact", "ann@example.ca"))
	fine(t, h.SetContactEmail(t.Context(), "h2", "contact", "zoe@example.ca", i18n.English))
	mailed, other := h.linkTo(t, "contact", "zoe@EXAMPLE.ca"), h.linkTo(t, "contact", "ann@example.ca")

	for _, want := range []int{2, 0} {
		if n, err := h.ForgetEmail(t.Context(), "ZOE@example.ca"); n != want || err != nil {
			t.Errorf("it is taken out of %d drafts, %v, want %d", n, err, want)
		}
	}
	if all, err := h.ByEmail(t.Context(), "zoe@example.ca", 9); err != nil || len(all) > 0 {
		t.Errorf("it still leads to %+v, %v", all, err)
	}
	if all, err := h.ByEmail(t.Context(), "ann@example.ca", 9); err != nil || len(all) != 2 {
		t.Errorf("the other address leads to %+v, %v, want both drafts", all, err)
	}
	h.wantGrant(t, mailed, false)
	h.wantGrant(t, other, true)
}

// TestAProvenAddressIsForgotten has a draft of another address that was entered by a link,
// and a code of the browser that came in by it.
func TestAProvenAddressIsForgotten(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.begin(t, "d1", "h1")
	h.enter(t, h.linkTo(t, "d1", "mailbox-of-d1@example.ca"), "zoe", noon)
	h.grant(t, ByHandoff, "d1")
	fine(t, h.SetAnsweredEmail(t.Context(), "zoe", "d1", "ann@example.ca"))
	fine(t, h.SetContactEmail(t.Context(), "zoe", "d1", "ann@example.ca", i18n.English))
	digest := mailboxDigest(h.ring, "mailbox-of-d1@example.ca")
	for _, table := range []string{"draft_access", "sessions", "grants"} {
		h.wantCount(t, table+" WHERE proven = '"+digest+"'", 1)
	}
	if n, err := h.ForgetEmail(t.Context(), "Mailbox-of-d1@example.ca"); n != 1 || err != nil {
		t.Errorf("it is taken out of %d drafts, %v, want one", n, err)
	}
	for _, table := range []string{"draft_access", "sessions", "grants"} {
		h.wantCount(t, table+" WHERE proven = '"+digest+"'", 0)
	}
	if all, err := h.ByEmail(t.Context(), "mailbox-of-d1@example.ca", 9); err != nil || len(all) > 0 {
		t.Errorf("it still leads to %+v, %v", all, err)
	}
	h.wantSession(t, "zoe", "d1")
}
