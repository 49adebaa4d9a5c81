package form

import (
	"slices"
	"testing"
)

// membershipAnswers has an answer to every kind of question of membership.json.
var membershipAnswers = Answers{
	"first_name": {"Zoé"}, "last_name": {"Roy"}, "email": {"zoe@example.ca"}, "language": {"fr"}, "region": {"outside"}, "country": {"FR"}, "pronouns": {"elle"},
	"roles": {"trainee", "policymaker"}, "trainee_level": {"doctoral"}, "profession": {"nursing"}, // of a role that was chosen no longer
	"university": {"McGill"}, "spor": {"yes"}, "spor_entity": {"imagine"},
	"expertise": {"clinical", "data_science"}, "goals": {"To learn"},
}

func TestMembershipParsedFromItsSourceHasNotChanged(t *testing.T) {
	d := mustMembership(t)
	archived := mustParse(t, d.Source())
	for i := range d.Sections {
		if got := d.Changes(&d.Sections[i], archived, membershipAnswers); describeChanges(got) != "" {
			t.Errorf("section %s has the changes %q", d.Sections[i].Key, describeChanges(got))
		}
	}
	if got := d.Dropped(archived, membershipAnswers); len(got) > 0 {
		t.Errorf("dropped are %q", describeTexts(got))
	}
}

// TestMembershipReportsTheChangesOfAYear edits the form as an organization might after a year.
func TestMembershipReportsTheChangesOfAYear(t *testing.T) {
	old := mustMembership(t)
	d := editedForm(t, string(membership), func(d *Definition) {
		d.Version = "2027-11-22"
		d.Field("roles").withdrawOption("policymaker")
		when := d.Sections[2].When
		when.In = slices.DeleteFunc(when.In, func(code string) bool { return code == "policymaker" })
		d.Field("expertise").withdrawOption("biomedical") // not chosen in membershipAnswers
		d.Lists["countries"] = withoutOption(d.Lists["countries"], "FR")
		d.Field("goals").Label["fr"] = "Vos buts"
		d.Field("profession").Label["fr"] = "Votre métier" // not asked of a trainee
		d.addField("interests", d.removeField("pronouns"))
		d.addField("about", Field{Key: "telephone", Kind: Line, Label: inBothLanguages("Telephone")})
		d.removeField("university")
	})
	want := map[string]string{
		"about":        "new telephone; withdrawn country: France/France",
		"role":         "withdrawn roles: Policymaker/Responsable de politiques publiques",
		"affiliations": "dropped Which university are you with?/Quelle est votre université?",
		"interests":    "reworded goals",
	}
	for i := range d.Sections {
		s := &d.Sections[i]
		if got := describeChanges(d.Changes(s, old, membershipAnswers)); got != want[s.Key] {
			t.Errorf("section %s has the changes %q, want %q", s.Key, got, want[s.Key])
		}
	}
	if got := describeTexts(d.Dropped(old, membershipAnswers)); got != "Which university are you with?/Quelle est votre université?" {
		t.Errorf("dropped are %q, want the university", got)
	}
}

// A SPOR entity that was chosen before the form asked about SPOR first is not sent without
// a word: the section comes up, with the question that is new.
func TestMembershipAsksAboutSPORWhoHadChosenAnEntity(t *testing.T) {
	old := editedForm(t, string(membership), func(d *Definition) {
		d.Version = "2026-12-01"
		s := &d.Sections[2]
		s.When, s.Add = nil, nil
		s.Fields = slices.DeleteFunc(s.Fields, func(f Field) bool { return f.Key == "spor" })
		entity := d.Field("spor_entity")
		entity.When, entity.Required = nil, false
	})
	d := mustMembership(t)
	for _, role := range []string{"patient", "researcher"} {
		answers := Answers{"roles": {role}, "spor_entity": {"imagine"}}
		s := mustSection(t, d, "affiliations")
		if !slices.Contains(d.SectionsAsked(answers), s) || !slices.Equal(d.Changes(s, old, answers).New, []string{"spor"}) {
			t.Errorf("a %s with an entity is not asked about SPOR: %v", role, d.Changes(s, old, answers))
		}
		answers["spor"] = []string{"yes"}
		if len(d.Validate(s, answers)) > 0 || !d.Prune(answers).Given("spor_entity") {
			t.Errorf("the entity of a %s does not come back with a Yes", role)
		}
	}
}
