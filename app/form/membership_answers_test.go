package form

import (
	"maps"
	"slices"
	"testing"

	"joinery/app/i18n"
)

func TestMembershipRequiresAnAffiliationOfResearchRoles(t *testing.T) {
	d := mustMembership(t)
	s := mustSection(t, d, "affiliations")
	needs := []string{"researcher", "trainee", "research_staff", "academic_leader"}
	for _, o := range d.Field("roles").Options {
		answers := Answers{"roles": {"patient", o.Code}}
		if got, want := len(d.Validate(s, answers)) > 0, slices.Contains(needs, o.Code); got != want || d.Optional(s, answers) == want {
			t.Errorf("%s: an affiliation is required: %v, want %v", o.Code, got, want)
		}
		for _, key := range s.AnyOf.Fields {
			answered := maps.Clone(answers)
			answered[key] = []string{"other"}
			if key == "spor_entity" {
				answered["spor"] = []string{"yes"}
			}
			if p := d.Validate(s, answered); len(p) > 0 {
				t.Errorf("%s with %s: problems %v, want none", o.Code, key, p)
			}
		}
	}
}

func TestMembershipAsksForAffiliationsByRole(t *testing.T) {
	d := mustMembership(t)
	s := mustSection(t, d, "affiliations")
	for _, o := range d.Field("roles").Options {
		want := !slices.Contains([]string{"patient", "caregiver", "citizen", "other"}, o.Code)
		if got := slices.Contains(d.SectionsAsked(Answers{"roles": {o.Code}}), s); got != want {
			t.Errorf("%s is asked for affiliations: %v, want %v", o.Code, got, want)
		}
	}
	if !s.CanBeAdded() || !slices.Contains(d.SectionsAsked(Answers{"roles": {"patient"}, "university": {"Laval"}}), s) {
		t.Error("a patient cannot add an affiliation")
	}
}

// "None" and "all of them" say nothing beside another answer.
func TestMembershipNoneAndAllAreChosenAlone(t *testing.T) {
	d := mustMembership(t)
	interests, _ := d.Section("interests")
	for field, code := range map[string]string{"expertise": "none_yet", "health_research": "open_to_all", "por_research": "open_to_all"} {
		for _, tt := range []struct {
			chosen []string
			want   string
		}{
			{[]string{code}, ""},
			{[]string{"other", code}, "problem.exclusive"},
			{[]string{code, d.Field(field).Options[0].Code}, "problem.exclusive"},
		} {
			if got := d.Validate(interests, Answers{field: tt.chosen})[field].Key; got != tt.want {
				t.Errorf("%s with %q: %q, want %q", field, tt.chosen, got, tt.want)
			}
		}
	}
}

func TestMembershipTakesOneNameAndAnyCountry(t *testing.T) {
	d := mustMembership(t)
	about, _ := d.Section("about")
	for _, country := range []string{"XK", "another"} {
		answers := Answers{"first_name": {"Sukarno"}, "email": {"s@example.org"}, "language": {"en"}, "region": {"outside"}, "country": {country}}
		if problems := d.Validate(about, answers); len(problems) > 0 {
			t.Errorf("one name, in %s: %v", country, problems)
		}
	}
	for _, l := range i18n.Languages {
		if all := d.Field("country").OptionsIn(l); all[len(all)-1].Code != "another" {
			t.Errorf("in %s, the last country is %s", l, all[len(all)-1].Code)
		}
	}
}
