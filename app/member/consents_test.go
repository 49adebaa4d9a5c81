package member

import (
	"errors"
	"maps"
	"testing"
	"time"

	"joinery/app/consent"
	"joinery/app/form"
)

// askedForNews returns an application that agrees to news, or does not.
func askedForNews(email string, given bool) Application {
	a := newApplication(email, form.Answers{"name": {"Zoë"}})
	a.Consents[1].Given = given
	return a
}

// wantNews wants the only member to agree to news, or not to.
func (h *harness) wantNews(t *testing.T, given bool) {
	t.Helper()
	got := make(map[string]bool)
	for _, c := range h.members(t)[0].Consents {
		got[c.Key] = c.Given
	}
	if want := map[string]bool{"keep": true, "news": given}; !maps.Equal(got, want) {
		t.Errorf("the consents are %v, want %v", got, want)
	}
	if _, err := consent.NewStore(h.file, nil).Verify(t.Context(), consent.Head{}); err != nil {
		t.Errorf("the chain does not hold: %v", err)
	}
}

func TestAConsentIsWithdrawnOnce(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	a := askedForNews("zoe@example.ca", true)
	h.mustSubmit(t, a)
	h.mustConfirm(t, a, noon)
	h.wantNews(t, true)
	for _, want := range []bool{true, false} {
		if had, err := h.WithdrawConsent(t.Context(), a.ID, "news", "by phone", noon.Add(time.Hour)); err != nil || had != want {
			t.Errorf("withdrawn: %t, %v, want %t", had, err, want)
		}
	}
	h.wantNews(t, false)
	if n := h.count(t, `SELECT count(*) FROM consents WHERE how = 'by phone' AND wording = 'You may write.' AND given = 0`); n != 1 {
		t.Errorf("%d rows say so, want one", n)
	}
	if _, err := h.WithdrawConsent(t.Context(), a.ID, "party", "by phone", noon); !errors.Is(err, ErrNeverAsked) {
		t.Errorf("what was never asked: %v", err)
	}
	if _, err := h.WithdrawConsent(t.Context(), "nobody", "news", "by phone", noon); !errors.Is(err, ErrNotFound) {
		t.Errorf("without such a member: %v", err)
	}
}

// TestWhatWasToldStaysWithdrawn when the answers from before are put back.
func TestWhatWasToldStaysWithdrawn(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	a, again := askedForNews("zoe@example.ca", true), askedForNews("zoe@example.ca", true)
	h.mustSubmit(t, a)
	h.mustConfirm(t, a, noon)
	h.mustSubmit(t, again)
	letters := letters(again.Email)
	if _, err := h.Confirm(t.Context(), again.ID, Proof{At: noon.Add(time.Hour)}, anyMember, letters); err != nil {
		t.Fatal(err)
	}
	if _, err := h.WithdrawConsent(t.Context(), a.ID, "news", "by phone", noon.Add(2*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if err := h.Restore(t.Context(), letters.Restore.Selector, noon, noon.Add(3*time.Hour)); err != nil {
		t.Fatal(err)
	}
	h.wantNews(t, false)
}

// TestWhatWasToldStaysWithdrawnHoweverManyAnswersArePutBack has answers come after it was
// told, and puts these back and then those from before.
func TestWhatWasToldStaysWithdrawnHoweverManyAnswersArePutBack(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	a := askedForNews("zoe@example.ca", true)
	h.mustSubmit(t, a)
	h.mustConfirm(t, a, noon)
	first := h.replace(t, askedForNews("zoe@example.ca", true), noon.Add(time.Hour))
	if _, err := h.WithdrawConsent(t.Context(), a.ID, "news", "by phone", noon.Add(2*time.Hour)); err != nil {
		t.Fatal(err)
	}
	second := h.replace(t, askedForNews("zoe@example.ca", true), noon.Add(3*time.Hour))
	for _, link := range []CodedLink{second, first} {
		if err := h.Restore(t.Context(), link.Selector, noon, noon.Add(4*time.Hour)); err != nil {
			t.Fatal(err)
		}
		h.wantNews(t, false)
	}
}
