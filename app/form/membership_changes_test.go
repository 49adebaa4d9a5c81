package form

import "testing"

// membershipAnswers has an answer to every kind of question of membership.json.
var membershipAnswers = Answers{
	"first_name": {"Zoé"}, "last_name": {"Roy"}, "email": {"zoe@example.ca"}, "language": {"fr"}, "region": {"outside"}, "country": {"FR"}, "pronouns": {"elle"},
	"roles": {"trainee", "policymaker"}, "trainee_level": {"doctoral"}, "profession": {"nursing"}, // of a role that was chosen no longer
	"university": {"McGill"}, "spor_entity": {"imagine"},
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
		"affiliations": "dropped University/Université",
		"interests":    "reworded goals",
	}
	for i := range d.Sections {
		s := &d.Sections[i]
		if got := describeChanges(d.Changes(s, old, membershipAnswers)); got != want[s.Key] {
			t.Errorf("section %s has the changes %q, want %q", s.Key, got, want[s.Key])
		}
	}
	if got := describeTexts(d.Dropped(old, membershipAnswers)); got != "University/Université" {
		t.Errorf("dropped are %q, want the university", got)
	}
}
