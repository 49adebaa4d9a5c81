package i18n

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
)

func TestMatchFollowsAcceptLanguage(t *testing.T) {
	tests := []struct {
		name, header string
		want         Lang
	}{
		{"nothing", "", English},
		{"French", "fr", French},
		{"French of Canada", "fr-CA,fr;q=0.8,en-US;q=0.5,en;q=0.3", French},
		{"French of Switzerland", "fr-CH", French},
		{"English of Canada", "en-CA,en;q=0.9,fr;q=0.8", English},
		{"by weight, not by place", "en;q=0.5, fr;q=0.9", French},
		{"neither", "de, es;q=0.5", English},
		{"neither, then French", "de-DE, fr;q=0.1", French},
		{"French refused", "fr;q=0, en;q=0.1", English},
		{"anything", "*", English},
		{"French or anything", "fr, *;q=0.1", French},
		{"capitals", "FR-ca", French},
		{"underscore", "fr_CA", French},
		{"comma at the end", "fr,", French},
		{"garbage", "\x00;;q=,é", English},
		{"weight that is no number", "fr;q=high", English},
		{"long", strings.Repeat("a-", 8000), English},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Match(tt.header); got != tt.want {
				t.Errorf("Match(%.60q) = %s, want %s", tt.header, got, tt.want)
			}
		})
	}
}

func TestLanguagesHaveACodeATagAndAnOther(t *testing.T) {
	for _, l := range Languages {
		if got, ok := Parse(string(l)); got != l || !ok {
			t.Errorf("Parse(%q) = %q, %v", l, got, ok)
		}
		if other := l.Other(); other == l || other.Other() != l {
			t.Errorf("the other language of %q is %q, whose other is %q", l, other, other.Other())
		}
		if got, want := l.Tag(), string(l)+"-CA"; got != want {
			t.Errorf("Tag = %q, want %q", got, want)
		}
	}
	for _, code := range []string{"", "de", "EN", "en-CA", "fr "} {
		if _, ok := Parse(code); ok {
			t.Errorf("Parse takes %q", code)
		}
	}
}

func TestTextNeedsKnownLanguages(t *testing.T) {
	tests := []struct {
		name, data string
		want       Text
		missing    []Lang
		fault      string
	}{
		{"both", `{"en": "Hub", "fr": "Pôle"}`, Text{English: "Hub", French: "Pôle"}, nil, ""},
		{"one", `{"fr": "Pôle"}`, Text{French: "Pôle"}, []Lang{English}, ""},
		{"only a blank", `{"en": " ", "fr": "Pôle"}`, Text{English: " ", French: "Pôle"}, []Lang{English}, ""},
		{"none", `{}`, Text{}, []Lang{English, French}, ""},
		{"another", `{"en": "Hub", "de": "Nabe"}`, nil, nil, `does not speak "de"`},
		{"words without language", `"Hub"`, nil, nil, "want words by language"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got Text
			err := json.Unmarshal([]byte(tt.data), &got)
			switch {
			case tt.fault != "":
				if err == nil || !strings.Contains(err.Error(), tt.fault) {
					t.Errorf("it says %v, want %q", err, tt.fault)
				}
			case err != nil || !maps.Equal(got, tt.want) || !slices.Equal(got.Missing(), tt.missing):
				t.Errorf("Text = %q without %q, %v; want %q without %q", got, got.Missing(), err, tt.want, tt.missing)
			}
		})
	}
}

// TestTextFromRightToLeftDoesNotMoveTheSentenceAroundIt wants such text isolated, and
// all other text as it is.
func TestTextFromRightToLeftDoesNotMoveTheSentenceAroundIt(t *testing.T) {
	for typed, want := range map[string]string{
		"zoe@example.com":    "Did you mean zoe@example.com?",
		"Ève":                "Did you mean Ève?",
		"\xff":               "Did you mean \xff?",
		"שרה@example.com":    "Did you mean \u2068שרה@example.com\u2069?",
		"a.مريم@example.com": "Did you mean \u2068a.مريم@example.com\u2069?",
	} {
		if got := T(English, "advice.meant", typed); got != want {
			t.Errorf("T says %q, want %q", got, want)
		}
	}
}
