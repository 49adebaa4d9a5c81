package confirm

import "testing"

func TestSameName(t *testing.T) {
	tests := []struct {
		name string
		a, b []string
		want bool
	}{
		{"equal", []string{"Zoé", "Tremblay"}, []string{"Zoé", "Tremblay"}, true},
		{"in another case, without accents", []string{"ZOE", "tremblay"}, []string{"Zoé", "Tremblay"}, true},
		{"composed in another way", []string{"Zoe\u0301", "Tremblay"}, []string{"Zoé", "Tremblay"}, true},
		{"with other blanks", []string{" Zoé\u00a0", "Van  der Meer"}, []string{"Zoé", "van der\tMeer "}, true},
		{"with a hyphen and another apostrophe", []string{"Jean-Luc", "O’Brien"}, []string{"Jean Luc", "O'Brien"}, true},
		{"with full-width letters", []string{"Ｚｏｅ", ""}, []string{"zoe", ""}, true},
		{"no last name in both", []string{"Zoé", ""}, []string{"zoé"}, true},
		{"a last name in one", []string{"Zoé", ""}, []string{"Zoé", "Tremblay"}, false},
		{"another first name", []string{"Paul", "Tremblay"}, []string{"Zoé", "Tremblay"}, false},
		{"another last name", []string{"Zoé", "Roy"}, []string{"Zoé", "Tremblay"}, false},
		{"first and last exchanged", []string{"Tremblay", "Zoé"}, []string{"Zoé", "Tremblay"}, false},
		{"no name in both", nil, nil, false},
		{"only signs in both", []string{"-", "'"}, []string{"", ""}, false},
		{"another vowel in Devanagari", []string{"कुमार"}, []string{"कमार"}, false},
		{"another sound in Japanese", []string{"が"}, []string{"か"}, false},
		{"a compatibility character", []string{"\ufa19"}, []string{"神"}, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := sameName(tt.a, tt.b); got != tt.want || sameName(tt.b, tt.a) != tt.want {
				t.Errorf("sameName(%q, %q) = %v, want %v", tt.a, tt.b, got, tt.want)
			}
		})
	}
}

func TestShortName(t *testing.T) {
	for want, names := range map[string][]string{
		"":               {"", " "},
		"Zoé":            {"Zoé", ""},
		"Tremblay":       {"", "Tremblay"},
		"Zoé T.":         {" Zoé ", "tremblay"},
		"Zoé É.":         {"Zoé", "e\u0301meri"},
		"Marie Claire D": {"Marie Claire D"},
		"大 山.":           {"大", "山田"},
	} {
		if got := shortName(names); got != want {
			t.Errorf("shortName(%q) = %q, want %q", names, got, want)
		}
	}
}

// TestALetterBeginsWithANameAlone because anybody can type it.
func TestALetterBeginsWithANameAlone(t *testing.T) {
	for first, want := range map[string]string{
		"Zoé": "Zoé", " Jean-Luc ": "Jean-Luc", "Marie  Ève": "Marie Ève", "D’Arcy": "D’Arcy", "कुमार": "कुमार", "": "",
		"www.evil.example": "", "evil。example": "", "Zoé\nBuy now": "Zoé Buy now", "win 1000": "", "a/b": "", "You have won a prize": "", "Zoé!": "",
		"Hubert Blaine Wolfeschlegelsteinhausenbergerdorff": "",
	} {
		if got := greetingName([]string{first, "Tremblay"}); got != want {
			t.Errorf("greetingName(%q) = %q, want %q", first, got, want)
		}
	}
	if got := greetingName(nil); got != "" {
		t.Errorf("of no name it is %q", got)
	}
}
