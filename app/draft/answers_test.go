package draft

import (
	"reflect"
	"testing"

	"joinery/app/form"
)

// asked asks for the name and the address on one page, and for the rest on others.
var asked = &form.Definition{Sections: []form.Section{
	{Key: "about", Fields: []form.Field{{Key: "name"}, {Key: "email"}}},
	{Key: "work", Fields: []form.Field{{Key: "job"}}},
}}

func TestDraftAnswersAndTyped(t *testing.T) {
	valid := func(version int64, answers form.Answers) Section { return Section{Version: version, Answers: answers} }
	invalid := func(version int64, answers form.Answers) Section { return Section{Version: version, Invalid: answers} }
	tests := []struct {
		name     string
		sections map[string]Section
		answers  form.Answers
		typed    form.Answers // nil: the same
	}{
		{"nothing was saved", nil, form.Answers{}, nil},
		{"sections are gathered",
			map[string]Section{"about": valid(1, form.Answers{"name": {"Ann"}}), "work": valid(2, form.Answers{"job": {"none"}})},
			form.Answers{"name": {"Ann"}, "job": {"none"}}, nil},
		{"an answer that is not valid yet is typed only",
			map[string]Section{"about": {Version: 1, Answers: form.Answers{"name": {"Ann"}}, Invalid: form.Answers{"email": {"ann@"}}}},
			form.Answers{"name": {"Ann"}}, form.Answers{"name": {"Ann"}, "email": {"ann@"}}},
		{"an answer moves along with its question",
			map[string]Section{"about": valid(2, form.Answers{"name": {"Ann"}}), "contact": valid(1, form.Answers{"email": {"ann@here"}})},
			form.Answers{"name": {"Ann"}, "email": {"ann@here"}}, nil},
		{"so does an answer that is not valid yet",
			map[string]Section{"contact": invalid(1, form.Answers{"email": {"ann@"}})},
			form.Answers{}, form.Answers{"email": {"ann@"}}},
		{"the section that asks now comes first, though it was saved before",
			map[string]Section{"about": valid(1, form.Answers{"email": {"own"}}), "contact": valid(2, form.Answers{"email": {"left over"}})},
			form.Answers{"email": {"own"}}, nil},
		{"also when its answer is empty",
			map[string]Section{"about": valid(1, form.Answers{"email": {}}), "contact": valid(2, form.Answers{"email": {"left over"}})},
			form.Answers{"email": {}}, nil},
		{"also before an answer elsewhere that is not valid",
			map[string]Section{"about": valid(1, form.Answers{"email": {"own"}}), "contact": invalid(2, form.Answers{"email": {"left over"}})},
			form.Answers{"email": {"own"}}, nil},
		{"an answer that is not valid yet hides a valid one elsewhere",
			map[string]Section{"about": invalid(1, form.Answers{"email": {"ann@"}}), "contact": valid(2, form.Answers{"email": {"ann@here"}})},
			form.Answers{}, form.Answers{"email": {"ann@"}}},
		{"of answers elsewhere the one saved last wins",
			map[string]Section{
				"a": valid(2, form.Answers{"email": {"second"}}), "b": valid(3, form.Answers{"email": {"third"}}), "c": valid(1, form.Answers{"email": {"first"}}),
			},
			form.Answers{"email": {"third"}}, nil},
		{"also when that is not valid yet",
			map[string]Section{"a": valid(2, form.Answers{"email": {"second"}}), "b": invalid(3, form.Answers{"email": {"third"}})},
			form.Answers{}, form.Answers{"email": {"third"}}},
		{"and when it corrects one that was not valid",
			map[string]Section{"a": invalid(2, form.Answers{"email": {"second"}}), "b": valid(3, form.Answers{"email": {"third"}})},
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
