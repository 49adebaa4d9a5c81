package person

import (
	"slices"
	"testing"

	"joinery/app/consent"
)

// onlyMember returns the ID of the only member with an address.
func (h harness) onlyMember(t *testing.T, address string) string {
	t.Helper()
	held, err := h.Of(t.Context(), address)
	if err != nil || len(held.Members) != 1 {
		t.Fatalf("held is %+v, %v, want one member", held, err)
	}
	return held.Members[0].ID
}

// TestWhatAMemberAgreedToGoesWithThem to another address: the person with the old one
// does not get it.
func TestWhatAMemberAgreedToGoesWithThem(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.Join(t, "family@example.ca")
	mover := h.onlyMember(t, "family@example.ca")
	h.ChangeAddress(t, mover, "moved@example.ca")
	h.Join(t, "family@example.ca")
	stays := h.onlyMember(t, "family@example.ca")
	for address, member := range map[string]string{"FAMILY@example.ca": stays, "moved@example.ca": mover} {
		held, err := h.Of(t.Context(), address)
		alone := !slices.ContainsFunc(held.Consents, func(r consent.Record) bool { return r.Member != member })
		if err != nil || len(held.Consents) == 0 || !alone {
			t.Errorf("of %s there is %+v, %v, want what %s agreed to", address, held.Consents, err, member)
		}
	}
	left := h.mustErase(t, "family@example.ca", keep)
	if held, err := h.Of(t.Context(), "family@example.ca"); err != nil || left.Members != 1 || len(held.Consents) != left.Proofs {
		t.Errorf("it has erased %+v, and there is still %+v, %v", left, held, err)
	}
	if held, err := h.Of(t.Context(), "moved@example.ca"); err != nil || len(held.Members) != 1 || len(held.Consents) == 0 {
		t.Errorf("of the other there is %+v, %v", held, err)
	}
}

// TestTheProofIsCountedOfAMemberWithAnotherAddress than the one that they agreed with.
func TestTheProofIsCountedOfAMemberWithAnotherAddress(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.Join(t, "old@example.ca")
	h.ChangeAddress(t, h.onlyMember(t, "old@example.ca"), "new@example.ca")
	e := h.mustErase(t, "new@example.ca", keep)
	if e.Members != 1 || e.Proofs == 0 || !e.ProofUntil.Equal(h.Time.Add(keep)) {
		t.Errorf("it has erased %+v", e)
	}
	if held, err := h.Of(t.Context(), "old@example.ca"); err != nil || len(held.Consents) != e.Proofs {
		t.Errorf("under the address from before there is %+v, %v, want %d proofs", held, err, e.Proofs)
	}
}
