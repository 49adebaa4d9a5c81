package form

import (
	"maps"
	"math/rand/v2"
	"net/url"
	"reflect"
	"testing"
)

func TestAskedDependsOnTheWholeChainOfConditions(t *testing.T) {
	tests := []struct {
		name, field string
		answers     Answers
		want        bool
	}{
		{"always", "job", nil, true},
		{"condition not answered", "job_other", nil, false},
		{"condition holds", "job_other", Answers{"job": {"other"}}, true},
		{"condition does not hold", "job_other", Answers{"job": {"nurse"}}, false},
		{"one of several codes", "union", Answers{"job": {"zoo"}}, true},
		{"one of several answers", "more", Answers{"clubs": {"chess", "other"}}, true},
		{"chain holds", "local", Answers{"job": {"nurse"}, "union": {"yes"}}, true},
		{"chain broken at its end", "local", Answers{"job": {"nurse"}, "union": {"no"}}, false},
		{"chain broken at its start", "local", Answers{"job": {"clerk"}, "union": {"yes"}}, false},
		{"chain across sections", "town", Answers{"job": {"nurse"}, "union": {"yes"}}, true},
		{"chain across sections broken at its start", "town", Answers{"union": {"yes"}}, false},
	}
	d := mustParse(t, sample)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := d.Asked(d.Field(tt.field), tt.answers); got != tt.want {
				t.Errorf("Asked(%s, %q) = %v, want %v", tt.field, tt.answers, got, tt.want)
			}
		})
	}
}

func TestMerge(t *testing.T) {
	tests := []struct {
		name   string
		saved  Answers
		posted url.Values
		want   Answers
	}{
		{"the first answers", nil, url.Values{"job": {"other"}, "job_other": {"Pilot"}}, Answers{"job": {"other"}, "job_other": {"Pilot"}}},
		{"a new answer replaces the old one", Answers{"job": {"other"}, "job_other": {"Pilot"}}, url.Values{"job": {"other"}, "job_other": {"Cook"}},
			Answers{"job": {"other"}, "job_other": {"Cook"}}},
		{"an answer taken back", Answers{"job": {"other"}, "job_other": {"Pilot"}}, url.Values{"job": {"other"}, "job_other": {""}},
			Answers{"job": {"other"}, "job_other": {}}},
		{"everything taken back", Answers{"job": {"zoo"}}, url.Values{"job": {""}}, Answers{"job": {}}},
		{"the answer to a question that is no longer asked stays as saved", Answers{"job": {"other"}, "job_other": {"Pilot"}},
			url.Values{"job": {"clerk"}, "job_other": {"Cook"}}, Answers{"job": {"clerk"}, "job_other": {"Pilot"}}},
		{"the answer to a question that was never asked is ignored", nil, url.Values{"job": {"clerk"}, "job_other": {"Cook"}, "union": {"yes"}}, Answers{"job": {"clerk"}}},
		{"an answer comes back with its question", Answers{"job": {"clerk"}, "job_other": {"Pilot"}}, url.Values{"job": {"other"}},
			Answers{"job": {"other"}, "job_other": {"Pilot"}}},
		{"a chain comes back", Answers{"job": {"clerk"}, "union": {"yes"}, "local": {"12"}}, url.Values{"job": {"nurse"}},
			Answers{"job": {"nurse"}, "union": {"yes"}, "local": {"12"}}},
		{"a chain broken by the posted answers", Answers{"job": {"nurse"}, "union": {"yes"}, "local": {"12"}},
			url.Values{"job": {"clerk"}, "union": {"no"}, "local": {"13"}, "shown": {"union", "local"}},
			Answers{"job": {"clerk"}, "union": {"yes"}, "local": {"12"}}},
		{"answers of other sections are left out", Answers{"name": {"Zoé"}, "clubs": {"go"}}, url.Values{"job": {"clerk"}, "name": {"X"}}, Answers{"job": {"clerk"}}},
	}
	d := mustParse(t, sample)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := mustSection(t, d, "work")
			before := maps.Clone(tt.saved)
			if got := d.Merge(s, tt.saved, s.Read(tt.posted)); !reflect.DeepEqual(got, tt.want) {
				t.Errorf("Merge(%q, %q) = %q, want %q", tt.saved, tt.posted, got, tt.want)
			}
			if !reflect.DeepEqual(tt.saved, before) {
				t.Errorf("Merge made %q of the saved answers, which were %q", tt.saved, before)
			}
		})
	}
}

func TestPrune(t *testing.T) {
	tests := []struct {
		name          string
		answers, want Answers
	}{
		{"nothing", nil, Answers{}},
		{"unknown field", Answers{"shoes": {"42"}}, Answers{}},
		{"nothing given", Answers{"name": {}, "email": nil, "clubs": {""}}, Answers{}},
		{"not asked", Answers{"job": {"clerk"}, "job_other": {"Pilot"}}, Answers{"job": {"clerk"}}},
		{"asked", Answers{"job": {"other"}, "job_other": {"Pilot"}}, Answers{"job": {"other"}, "job_other": {"Pilot"}}},
		{"chain broken at its start", Answers{"job": {"clerk"}, "union": {"yes"}, "local": {"12"}, "town": {"Laval"}}, Answers{"job": {"clerk"}}},
	}
	d := mustParse(t, sample)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := d.Prune(tt.answers); !reflect.DeepEqual(got, tt.want) {
				t.Errorf("Prune(%q) = %q, want %q", tt.answers, got, tt.want)
			}
		})
	}
}

// TestPruneChangesNoProblem tries random answers, right and wrong, to the
// membership form and to the sample.
func TestPruneChangesNoProblem(t *testing.T) {
	const rounds = 3000
	for name, d := range map[string]*Definition{"membership": mustMembership(t), "sample": mustParse(t, sample)} {
		t.Run(name, func(t *testing.T) {
			random := rand.New(rand.NewPCG(1, 2))
			pruned, wrong := 0, 0
			for range rounds {
				answers := randomAnswers(random, d)
				kept := d.Prune(answers)
				if again := d.Prune(kept); !reflect.DeepEqual(again, kept) {
					t.Fatalf("Prune is not idempotent: of %q it leaves %q, then %q", answers, kept, again)
				}
				for i := range d.Sections {
					got, want := d.Validate(&d.Sections[i], kept), d.Validate(&d.Sections[i], answers)
					if !reflect.DeepEqual(got, want) {
						t.Fatalf("section %s of %q: Validate says %v of what Prune leaves, want %v", d.Sections[i].Key, answers, got, want)
					}
					wrong += len(want)
				}
				pruned += len(answers) - len(kept)
			}
			if pruned < rounds || wrong < rounds {
				t.Errorf("the random answers prove too little: %d were pruned, %d were wrong", pruned, wrong)
			}
		})
	}
}

func randomAnswers(random *rand.Rand, d *Definition) Answers {
	answers := Answers{"shoes": {"42"}}
	for _, s := range d.Sections {
		for _, f := range s.Fields {
			if random.IntN(6) > 0 {
				answers[f.Key] = randomAnswer(random, &f)
			}
		}
	}
	return answers
}

func randomAnswer(random *rand.Rand, f *Field) []string {
	texts := []string{"", "Zoé", "zoe@example.ca", "12", "<b>", "a\nb", "\xff", "much longer than a name of the sample"}
	values := make([]string, random.IntN(3))
	for i := range values {
		values[i] = texts[random.IntN(len(texts))]
		if len(f.Options) > 0 && random.IntN(5) > 0 {
			values[i] = f.Options[random.IntN(len(f.Options))].Code
		}
	}
	return values
}
