package form

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

func TestSourceIsTheSameForTheSameDefinition(t *testing.T) {
	tests := []struct {
		name, old, new string
		same           bool
	}{
		{"other layout", `{"en": "Town", "fr": "Ville"}`, "{\n\t\"en\"  :\"Town\" , \"fr\":\r\n\"Ville\" }", true},
		{"other order of members", `{"en": "Town", "fr": "Ville"}`, `{"fr": "Ville", "en": "Town"}`, true},
		{"other spelling of a letter", `Récit`, `R\u00e9cit`, true},
		{"other words in one language", `Récit`, `Conte`, false},
		{"other order of questions", `["town", "clubs"]`, `["clubs", "town"]`, false},
		{"other rule", `"max": 10`, `"max": 11`, false},
		{"other words of a list", `{"en": "Zoo", "fr": "Zoo"}`, `{"en": "Zoo", "fr": "Jardin zoologique"}`, false},
		{"other version", `"version": "1",
  "sections"`, `"version": "2", "sections"`, false},
	}
	d := mustParse(t, sample)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			other := strings.Replace(sample, tt.old, tt.new, 1)
			if other == sample {
				t.Fatalf("the sample does not have %q", tt.old)
			}
			if got := mustParse(t, other).Source() == d.Source(); got != tt.same {
				t.Errorf("the sources are the same: %v, want %v", got, tt.same)
			}
		})
	}
}

func TestSourceCanBeParsedAgain(t *testing.T) {
	var compact bytes.Buffer
	for name, d := range map[string]*Definition{"sample": mustParse(t, sample), "membership": mustMembership(t)} {
		again := mustParse(t, d.Source())
		if again.Source() != d.Source() {
			t.Errorf("%s: read again, the source is\n%s\nwant\n%s", name, again.Source(), d.Source())
		}
		if err := json.Compact(&compact, []byte(d.Source())); err != nil || compact.String() != d.Source() {
			t.Errorf("%s: the source could be shorter (%v)", name, err)
		}
		compact.Reset()
	}
}
