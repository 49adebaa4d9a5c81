package member

import (
	"errors"
	"fmt"
	"reflect"
	"testing"
	"time"

	"joinery/app/form"
)

// TestAnotherAddressIsInEveryAnswer of a member, also in those that come back.
func TestAnotherAddressIsInEveryAnswer(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	first := newApplication("zoe@example.ca", form.Answers{"name": {"Zoë"}, "email": {"zoe@example.ca"}})
	again := newApplication("zoe@example.ca", form.Answers{"name": {"Zoé"}, "email": {"zoe@example.ca"}})
	h.mustSubmit(t, first)
	h.mustConfirm(t, first, noon)
	h.mustSubmit(t, again)
	letters := letters(again.Email)
	if _, err := h.Confirm(t.Context(), again.ID, Proof{At: noon.Add(time.Minute)}, anyMember, letters); err != nil {
		t.Fatal(err)
	}
	if err := h.ChangeEmail(t.Context(), first.ID, "ZOE@example.ca", "new@example.ca", "email", noon.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	h.wantNowhere(t, "zoe@example.ca")
	h.wantMember(t, "new@example.ca", form.Answers{"name": {"Zoé"}, "email": {"new@example.ca"}})
	if former, err := h.FormerOf(t.Context(), first.ID); err != nil || len(former) != 1 || former[0].Answers["name"][0] != "Zoë" {
		t.Errorf("the former answers are %+v, %v", former, err)
	}
	if err := h.Restore(t.Context(), letters.Restore.Selector, noon, noon.Add(2*time.Hour)); err != nil {
		t.Fatal(err)
	}
	h.wantMember(t, "new@example.ca", form.Answers{"name": {"Zoë"}, "email": {"new@example.ca"}})
	if former, err := h.FormerOf(t.Context(), first.ID); err != nil || len(former) != 0 {
		t.Errorf("the former answers that were put back are %+v, %v", former, err)
	}
	h.wantProofs(t, "zoe@example.ca", 6)
	if err := h.ChangeEmail(t.Context(), first.ID, "zoe@example.ca", "x@example.ca", "email", noon); !errors.Is(err, ErrNotFound) {
		t.Errorf("from an address that is not the member's: %v", err)
	}
}

// wantMember wants the only member to have an address and answers.
func (h *harness) wantMember(t *testing.T, email string, answers form.Answers) {
	t.Helper()
	if m := h.members(t)[0]; m.Email != email || !reflect.DeepEqual(m.Answers, answers) {
		t.Errorf("the member is %+v, want %s and %v", m, email, answers)
	}
}

func TestAnAddressHasNoMoreThanSoManyMembers(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.join(t, "zoe@example.ca", nil)
	for i := range MaxSharing {
		_, err := h.file.Write().ExecContext(t.Context(), `INSERT INTO members (id, email, lang, form, answers, confirmed_at, updated_at) VALUES ($1, 'Full@example.ca', 'fr', '1', '{}', 1, 1)`, fmt.Sprint(i))
		if err != nil {
			t.Fatal(err)
		}
	}
	m, err := h.Sharing(t.Context(), "zoe@example.ca")
	if err != nil {
		t.Fatal(err)
	}
	if err := h.ChangeEmail(t.Context(), m[0].ID, "zoe@example.ca", "full@example.ca", "email", noon); !errors.Is(err, ErrCrowded) {
		t.Errorf("to an address with %d members: %v", MaxSharing, err)
	}
	if err := h.ChangeEmail(t.Context(), "0", "full@example.ca", "FULL@example.ca", "email", noon); err != nil {
		t.Errorf("to another spelling of the same address: %v", err)
	}
}
