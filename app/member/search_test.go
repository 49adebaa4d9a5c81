package member

import (
	"testing"

	"joinery/app/form"
)

func TestSearchFindsMembersAndApplications(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.join(t, "first@example.ca", form.Answers{"name": {"Zoë Ørsted"}})
	h.join(t, "second@example.ca", form.Answers{"name": {"Ann"}, "work": {"Zoology"}})
	waiting, damaged := newApplication("third@example.ca", form.Answers{"name": {"ZOE"}}), newApplication("zoe@example.ca", nil)
	h.mustSubmit(t, waiting)
	h.mustSubmit(t, damaged)
	if _, err := h.file.Write().ExecContext(t.Context(), `UPDATE applications SET content = '1.x' WHERE id = $1`, damaged.ID); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string][2]int{
		"zoe": {1, 1}, "ZOË": {1, 1}, " zo": {2, 1}, "second@": {1, 0}, "THIRD@EXAMPLE": {0, 1}, waiting.ID: {0, 1},
		"example.ca": {2, 1}, "%": {0, 0}, "o'brien": {0, 0},
	} {
		members, waiting, err := h.Search(t.Context(), text, 5)
		if got := [2]int{len(members), len(waiting)}; err != nil || got != want {
			t.Errorf("%q finds %v, %v, want %v", text, got, err, want)
		}
	}
	if members, waiting, err := h.Search(t.Context(), "e", 1); err != nil || len(members) != 1 || len(waiting) != 1 {
		t.Errorf("of each the first is %+v and %+v, %v", members, waiting, err)
	}
}
