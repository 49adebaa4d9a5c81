package form

import (
	"slices"
	"testing"
)

func TestNamesAreTheAnswersToTheQuestionsForThem(t *testing.T) {
	d, err := Membership()
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		answers Answers
		want    []string
	}{
		{Answers{"first_name": {"Zoé"}, "last_name": {"Tremblay"}, "email": {"zoe@example.ca"}}, []string{"Zoé", "Tremblay"}},
		{Answers{"first_name": {"Zoé"}}, []string{"Zoé", ""}},
		{nil, []string{"", ""}},
	} {
		if got := d.Names(tt.answers); !slices.Equal(got, tt.want) {
			t.Errorf("Names(%v) = %q, want %q", tt.answers, got, tt.want)
		}
	}
}
