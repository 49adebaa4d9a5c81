package draft

import (
	"reflect"
	"testing"

	"joinery/app/form"
)

// asked asks for the name and the address on one page, for the rest on others.
var asked = &form.Definition{Sections: []form.Section{
	{Key: "about", Fields: []form.Field{{Key: "name"}, {Key: "email"}}},
	{Key: "work", Fields: []form.Field{{Key: "job"}}},
}}

func TestDraftAnswersAndTyped(t *testing.T) {
	right := func(version int64, answers form.Answers) Section { return Section{Version: version, Answers: answers} }
	rough := func(version int64, answers form.Answers) Section { return Section{Version: version, Invalid: answers} }
	tests := []struct {
		name     string
		sections map[string]Section
		answers  form.Answers
		typed    form.Answers // nil: the same
	}{
		{"nothing was saved", nil, form.Answers{}, nil},
		{"sections are gathered",
			map[string]Section{"about": right(1, form.Answers{"name": {"Ann"}}), "work": right(2, form.Answers{"job": {"none"}})},
			form.Answers{"name": {"Ann"}, "job": {"none"}}, nil},
		{"what is not right yet is typed but no answer",
			map[string]Section{"about": {Version: 1, Answers: form.Answers{"name": {"Ann"}}, Invalid: form.Answers{"email": {"ann@"}}}},
			form.Answers{"name": {"Ann"}}, form.Answers{"name": {"Ann"}, "email": {"ann@"}}},
		{"an answer comes along when its question has moved",
			map[string]Section{"about": right(2, form.Answers{"name": {"Ann"}}), "contact": right(1, form.Answers{"email": {"ann@here"}})},
			form.Answers{"name": {"Ann"}, "email": {"ann@here"}}, nil},
		{"so does what is not right yet",
			map[string]Section{"contact": rough(1, form.Answers{"email": {"ann@"}})},
			form.Answers{}, form.Answers{"email": {"ann@"}}},
		{"the section that asks has the first say, even saved before",
			map[string]Section{"about": right(1, form.Answers{"email": {"own"}}), "contact": right(2, form.Answers{"email": {"left over"}})},
			form.Answers{"email": {"own"}}, nil},
		{"also to say that nothing was answered",
			map[string]Section{"about": right(1, form.Answers{"email": {}}), "contact": right(2, form.Answers{"email": {"left over"}})},
			form.Answers{"email": {}}, nil},
		{"also over what is left over and not right",
			map[string]Section{"about": right(1, form.Answers{"email": {"own"}}), "contact": rough(2, form.Answers{"email": {"left over"}})},
			form.Answers{"email": {"own"}}, nil},
		{"what is not right yet hides a right answer that is left over",
			map[string]Section{"about": rough(1, form.Answers{"email": {"ann@"}}), "contact": right(2, form.Answers{"email": {"ann@here"}})},
			form.Answers{}, form.Answers{"email": {"ann@"}}},
		{"among what is left over the section saved last wins",
			map[string]Section{
				"a": right(2, form.Answers{"email": {"second"}}), "b": right(3, form.Answers{"email": {"third"}}), "c": right(1, form.Answers{"email": {"first"}}),
			},
			form.Answers{"email": {"third"}}, nil},
		{"also when that is not right yet",
			map[string]Section{"a": right(2, form.Answers{"email": {"second"}}), "b": rough(3, form.Answers{"email": {"third"}})},
			form.Answers{}, form.Answers{"email": {"third"}}},
		{"and when it mends what was not right",
			map[string]Section{"a": rough(2, form.Answers{"email": {"second"}}), "b": right(3, form.Answers{"email": {"third"}})},
			form.Answers{"email": {"third"}}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			typed := tt.typed
			if typed == nil {
				typed = tt.answers
			}
			for range 20 { // sections are in a map, which has no order
				d := Draft{Sections: tt.sections}
				if got := d.Answers(asked); !reflect.DeepEqual(got, tt.answers) {
					t.Fatalf("Answers = %v, want %v", got, tt.answers)
				}
				if got := d.Typed(asked); !reflect.DeepEqual(got, typed) {
					t.Fatalf("Typed = %v, want %v", got, typed)
				}
			}
		})
	}
}

func TestSectionTyped(t *testing.T) {
	s := Section{Answers: form.Answers{"name": {"Ann"}}, Invalid: form.Answers{"email": {"ann@"}}}
	got, want := s.Typed(), form.Answers{"name": {"Ann"}, "email": {"ann@"}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("Typed = %v, want %v", got, want)
	}
	got["job"] = nil
	if len(s.Answers) != 1 || len(s.Invalid) != 1 {
		t.Errorf("what Typed returned is part of the section: %+v", s)
	}
}
