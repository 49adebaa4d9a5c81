package form

import "testing"

// somebody is an answer to every sort of question of membership.json.
var somebody = Answers{
	"first_name": {"Zoé"}, "last_name": {"Roy"}, "email": {"zoe@example.ca"}, "language": {"fr"}, "region": {"outside"}, "country": {"FR"}, "pronouns": {"elle"},
	"roles": {"trainee", "policymaker"}, "trainee_level": {"doctoral"}, "profession": {"nursing"}, // of a role taken back
	"university": {"McGill"}, "spor_entity": {"imagine"},
	"expertise": {"clinical", "data_science"}, "goals": {"To learn"},
}

func TestMembershipArchivedAndReadAgainHasNotChanged(t *testing.T) {
	d := mustMembership(t)
	archived := parse(t, d.Source())
	for i := range d.Sections {
		if got := d.Changes(&d.Sections[i], archived, somebody); told(got) != "" {
			t.Errorf("section %s has the changes %q", d.Sections[i].Key, told(got))
		}
	}
	if got := d.Dropped(archived, somebody); len(got) > 0 {
		t.Errorf("dropped are %q", labels(got))
	}
}

// TestMembershipChanges changes the form as an organization might after a year.
func TestMembershipChanges(t *testing.T) {
	old := mustMembership(t)
	d := edited(t, string(membership), func(d *Definition) {
		d.Version = "2027-11-22"
		d.Field("roles").withdraw("policymaker")
		d.Field("expertise").withdraw("biomedical") // which nobody here chose
		d.Lists["countries"] = without(d.Lists["countries"], "FR")
		d.Field("goals").Label["fr"] = "Vos buts"
		d.Field("profession").Label["fr"] = "Votre métier" // not asked of a trainee
		d.put("interests", d.take("pronouns"))
		d.put("about", Field{Key: "telephone", Kind: Line, Label: both("Telephone")})
		d.take("university")
	})
	want := map[string]string{
		"about":        "new telephone; lost country: France/France",
		"role":         "lost roles: Policymaker/Responsable de politiques publiques",
		"affiliations": "dropped University/Université",
		"interests":    "reworded goals",
	}
	for i := range d.Sections {
		s := &d.Sections[i]
		if got := told(d.Changes(s, old, somebody)); got != want[s.Key] {
			t.Errorf("section %s has the changes %q, want %q", s.Key, got, want[s.Key])
		}
	}
	if got := labels(d.Dropped(old, somebody)); got != "University/Université" {
		t.Errorf("dropped are %q, want the university", got)
	}
}
