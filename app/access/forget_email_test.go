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
