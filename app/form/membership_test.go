package form

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"joinery/app/i18n"
)

// These tests hold membership.json to the questions that the organization agreed
// on. A fork with other questions in that file changes these tests with it.

func mustMembership(t testing.TB) *Definition {
	t.Helper()
	d, err := Membership()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestMembershipAsksTheAgreedQuestions(t *testing.T) {
	want := map[string][]string{ // key, kind, * if required, when
		"about": {
			"first_name text *", "last_name text", "email email *", "language radio *", "region select *",
			"country select * region=outside", "pronouns text",
		},
		"role": {
			"roles checkboxes *", "trainee_level radio * roles=trainee", "profession text roles=clinician", "role_other text * roles=other",
		},
		"affiliations": {"university text", "health_establishment text", "spor radio", "spor_entity checkboxes * spor=yes", "affiliation_other text"},
		"interests": {
			"expertise checkboxes", "expertise_other text * expertise=other",
			"health_research checkboxes *", "health_research_other text * health_research=other",
			"por_research checkboxes *", "por_research_other text * por_research=other", "goals long_text",
		},
	}
	d := mustMembership(t)
	var sections []string
	for _, s := range d.Sections {
		sections = append(sections, s.Key)
		var got []string
		for _, f := range s.Fields {
			line := f.Key + " " + string(f.Kind)
			if f.Required {
				line += " *"
			}
			if f.When != nil {
				line += " " + f.When.Field + "=" + strings.Join(f.When.In, ",")
			}
			got = append(got, line)
		}
		if !slices.Equal(got, want[s.Key]) {
			t.Errorf("section %s asks %q, want %q", s.Key, got, want[s.Key])
		}
	}
	if want := []string{"about", "role", "affiliations", "interests"}; !slices.Equal(sections, want) {
		t.Errorf("the sections are %q, want %q", sections, want)
	}
}

func TestMembershipOffersTheAgreedOptions(t *testing.T) {
	tests := []struct{ field, want string }{
		{"language", "en fr"},
		{"region", "ab bc mb nb nl ns nt nu on pe qc sk yt outside"},
		{"roles", "patient caregiver citizen researcher trainee clinician manager policymaker academic_leader research_staff other"},
		{"trainee_level", "undergraduate masters doctoral postdoctoral clinical_fellow"},
		{"expertise", "biomedical clinical health_services population_health lived_experience education_training ethics_law data_science policy other none_yet"},
	}
	d := mustMembership(t)
	for _, tt := range tests {
		t.Run(tt.field, func(t *testing.T) {
			var got []string
			for _, o := range d.Field(tt.field).Options {
				got = append(got, o.Code)
			}
			if want := strings.Fields(tt.want); !slices.Equal(got, want) {
				t.Errorf("it offers %q, want %q", got, want)
			}
		})
	}
	for field, want := range map[string]int{"health_research": 22, "por_research": 16, "spor_entity": 22} {
		if got := len(d.Field(field).Options); got != want {
			t.Errorf("%s offers %d options, want %d", field, got, want)
		}
	}
}

func TestMembershipCountriesAreISOCodesInAlphabeticalOrder(t *testing.T) {
	d := mustMembership(t)
	code := regexp.MustCompile(`^[A-Z]{2}$`)
	country := d.Field("country")
	for _, o := range country.Options {
		if o.Code != "another" && !code.MatchString(o.Code) || o.Code == "CA" {
			t.Errorf("%s is no ISO 3166 code of a country outside Canada", o.Code)
		}
	}
	if len(country.Options) < 240 {
		t.Errorf("there are %d countries", len(country.Options))
	}
	french := country.OptionsIn(i18n.French)
	at := func(code string) int { return slices.IndexFunc(french, func(o Option) bool { return o.Code == code }) }
	if eg, us, fr := at("EG"), at("US"), at("FR"); eg > us || us > fr {
		t.Errorf("Égypte, États-Unis and France are at %d, %d and %d: not in the order of the alphabet", eg, us, fr)
	}
}

func TestMembershipHasTheAgreedRules(t *testing.T) {
	d := mustMembership(t)
	for field, want := range map[string]int{"first_name": 100, "last_name": 100, "email": 254, "pronouns": 40, "goals": 1000} {
		if got := d.Field(field).Limit(); got != want {
			t.Errorf("%s takes %d characters, want %d", field, got, want)
		}
	}
	for _, field := range []string{"first_name", "last_name"} {
		if !d.Field(field).Name {
			t.Errorf("%s is not treated as a name", field)
		}
	}
	if got := d.Address().Key + " " + d.Language().Key; got != "email language" {
		t.Errorf("the roles are at %q, want at %q", got, "email language")
	}
	if d.Field("university").Suggestions == "" || len(d.Suggested(d.Field("university"), i18n.French)) < 50 {
		t.Error("the universities are not suggested")
	}
	for _, field := range []string{"region", "expertise", "health_research", "por_research"} {
		for _, l := range i18n.Languages {
			options := d.Field(field).OptionsIn(l)
			if !options[len(options)-1].Last || options[0].Last {
				t.Errorf("%s does not end with its last options in %q", field, l)
			}
		}
	}
}

// Long lists begin with what is chosen alone, and with what most people choose.
func TestMembershipShowsFewOptionsAtFirst(t *testing.T) {
	d := mustMembership(t)
	for field, first := range map[string]string{"expertise": "none_yet", "health_research": "open_to_all", "por_research": "open_to_all"} {
		f := d.Field(field)
		if n := f.Shown(); n > 8 || f.OptionsIn(i18n.English)[0].Code != first {
			t.Errorf("%s shows %d options, beginning with %s, want at most 8 and %s", field, n, f.OptionsIn(i18n.English)[0].Code, first)
		}
	}
	if !d.Field("expertise").Folded {
		t.Error("expertise is not folded")
	}
}

func TestMembershipHasTheAgreedConsents(t *testing.T) {
	var got []string
	for _, c := range mustMembership(t).Consents {
		if c.Required {
			c.Key += " *"
		}
		got = append(got, c.Key)
		for _, l := range i18n.Languages {
			if words := c.In(l, i18n.Text{"en": "the Hub", "fr": "le Pôle"}); strings.ContainsAny(words, "{}") {
				t.Errorf("the wording of %s is %q", c.Key, words)
			}
		}
	}
	if want := []string{"consent_privacy *", "consent_news", "consent_directory"}; !slices.Equal(got, want) {
		t.Errorf("the consents are %q, want %q", got, want)
	}
}

func TestTheLanguageOfThePageIsTheFirstOne(t *testing.T) {
	d, err := Membership()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range i18n.Languages {
		if options := d.Language().OptionsIn(l); options[0].Code != string(l) || len(options) != len(i18n.Languages) {
			t.Errorf("in %s, the languages are %v", l, options)
		}
	}
}
