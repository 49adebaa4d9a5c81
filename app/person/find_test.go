package person

import (
	"testing"

	"joinery/app/i18n"
	"joinery/app/journeytest"
	"joinery/app/token"
)

func TestPeopleAreFoundByWhatTheyHaveSentAndDraftsByAddressAlone(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.Join(t, "member@example.ca")
	h.MustSubmit(t, h.FinishedAs(t, "waiting@example.ca"))
	b := h.begin(t, "Draft@example.ca")
	h.begin(t, "other@example.ca")
	journeytest.Must(t, h.Access.SetContactEmail(t.Context(), token.Digest(b.Session), b.DraftKey(t), "elsewhere@example.ca", i18n.English))
	for text, want := range map[string][3]int{
		"MEMBER@": {1, 0, 0}, "waiting": {0, 1, 0}, "draft@EXAMPLE": {0, 0, 1}, "elsewhere": {0, 0, 1},
		"example.ca": {1, 1, 2}, "none": {1, 1, 0}, "nobody": {0, 0, 0},
	} {
		f, err := h.Find(t.Context(), text, 2)
		if got := [3]int{len(f.Members), len(f.Waiting), len(f.Drafts)}; err != nil || got != want || f.More {
			t.Errorf("%q finds %v (more: %v), %v, want %v", text, got, f.More, err, want)
		}
	}
	if f, err := h.Find(t.Context(), "example.ca", 1); err != nil || len(f.Drafts) != 1 || !f.More {
		t.Errorf("at most one of each is %+v, %v", f, err)
	}
}
