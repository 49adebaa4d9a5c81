package form

import (
	"slices"
	"testing"

	"joinery/app/i18n"
)

func TestLabels(t *testing.T) {
	d := mustParse(t, sample)
	tests := []struct {
		name, key string
		lang      i18n.Lang
		answer    []string
		want      []string
	}{
		{"text as it was typed", "name", i18n.French, []string{"Zoé"}, []string{"Zoé"}},
		{"options in the words of the reader", "clubs", i18n.French, []string{"chess", "other"}, []string{"Échecs", "Autre"}},
		{"options in the order of the reader", "clubs", i18n.English, []string{"other", "chess"}, []string{"Chess", "Other"}},
		{"a code that is not offered has no words", "clubs", i18n.English, []string{"bridge"}, nil},
		{"nothing", "clubs", i18n.English, nil, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := d.Field(tt.key).Labels(tt.lang, Answers{tt.key: tt.answer}); !slices.Equal(got, tt.want) {
				t.Errorf("Labels = %q, want %q", got, tt.want)
			}
		})
	}
	if got := d.Suggested(d.Field("town"), i18n.French); !slices.Equal(got, []string{"Montréal"}) {
		t.Errorf("Suggested = %q, want Montréal", got)
	}
	if got := d.Suggested(d.Field("name"), i18n.French); len(got) > 0 {
		t.Errorf("Suggested = %q for a field without suggestions", got)
	}
	if got := d.Consents[0].In(i18n.French, i18n.Text{"en": "Hub", "fr": "Pôle"}); got != "Pôle peut." {
		t.Errorf("the wording is %q, want %q", got, "Pôle peut.")
	}
}

func TestOptionsComeInTheOrderOfTheReader(t *testing.T) {
	tests := []struct {
		name, key string
		lang      i18n.Lang
		want      []string
	}{
		{"by the alphabet in English", "job", i18n.English, []string{"clerk", "nurse", "student", "zoo", "other"}},
		{"É with E in French, with the last option at the end", "job", i18n.French, []string{"student", "clerk", "nurse", "zoo", "other"}},
		{"as defined unless sorted", "clubs", i18n.French, []string{"chess", "go", "other"}},
	}
	d := mustParse(t, sample)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, o := range d.Field(tt.key).OptionsIn(tt.lang) {
				got = append(got, o.Code)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("OptionsIn(%s) = %q, want %q", tt.lang, got, tt.want)
			}
		})
	}
}
