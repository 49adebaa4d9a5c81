package form

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"joinery/app/i18n"
)

// editedForm returns the definition in source after edit.
func editedForm(t *testing.T, source string, edit func(d *Definition)) *Definition {
	t.Helper()
	d := new(Definition) // not parsed: the options of lists are not yet in their fields
	if err := json.Unmarshal([]byte(source), d); err != nil {
		t.Fatal(err)
	}
	edit(d)
	data, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	return mustParse(t, string(data))
}

// removeField removes a field from d, with the fields that depend on it and every
// AnyOf rule, and returns it.
func (d *Definition) removeField(key string) Field {
	f := *d.Field(key)
	for i := range d.Sections {
		s := &d.Sections[i]
		s.AnyOf = nil
		s.Fields = slices.DeleteFunc(s.Fields, func(f Field) bool { return f.Key == key || f.When != nil && f.When.Field == key })
	}
	return f
}

// addField adds a field to the section of d with the given key.
func (d *Definition) addField(section string, f Field) {
	s, _ := d.Section(section)
	s.Fields = append(s.Fields, f)
}

// withdrawOption removes an option from f.
func (f *Field) withdrawOption(code string) { f.Options = withoutOption(f.Options, code) }

func withoutOption(options []Option, code string) []Option {
	return slices.DeleteFunc(options, func(o Option) bool { return o.Code == code })
}

func inBothLanguages(words string) i18n.Text { return i18n.Text{"en": words, "fr": words} }

// describeChanges writes c on one line.
func describeChanges(c Changes) string {
	var lines []string
	for _, key := range c.New {
		lines = append(lines, "new "+key)
	}
	for _, key := range c.Reworded {
		lines = append(lines, "reworded "+key)
	}
	for key, labels := range c.Withdrawn {
		lines = append(lines, "withdrawn "+key+": "+describeTexts(labels))
	}
	if len(c.Dropped) > 0 {
		lines = append(lines, "dropped "+describeTexts(c.Dropped))
	}
	return strings.Join(lines, "; ")
}

func describeTexts(texts []i18n.Text) string {
	var lines []string
	for _, text := range texts {
		lines = append(lines, fmt.Sprint(text.In(i18n.English), "/", text.In(i18n.French)))
	}
	return strings.Join(lines, ", ")
}

func TestChanges(t *testing.T) {
	nurse := Answers{"job": {"nurse"}, "union": {"yes"}, "local": {"12"}}
	shoes := Field{Key: "shoes", Kind: Line, Label: inBothLanguages("Shoes")}
	tests := []struct {
		name, section string
		edit          func(d *Definition)
		answers       Answers
		want          string
	}{
		{"nothing", "work", func(*Definition) {}, nurse, ""},
		{"version alone", "work", func(d *Definition) { d.Version = "2" }, nurse, ""},

		{"new question", "ties", func(d *Definition) { d.addField("ties", shoes) }, nil, "new shoes"},
		{"new question of another section", "work", func(d *Definition) { d.addField("ties", shoes) }, nil, ""},
		{"new question that is not asked of this applicant", "ties", func(d *Definition) {
			d.addField("ties", shoes)
			d.Field("shoes").When = &Condition{Field: "union", In: []string{"no"}}
		}, nurse, ""},
		{"question that is asked only now", "work", func(d *Definition) { d.Field("job_other").When.In = []string{"nurse"} }, nurse, "new job_other"},
		{"question that was no longer asked, but has an answer", "work", func(d *Definition) { d.Field("job_other").When.In = []string{"nurse"} },
			Answers{"job": {"nurse"}, "job_other": {"Pilot"}}, ""},
		{"question in a section of its own", "more", func(d *Definition) {
			d.Sections = append(d.Sections, Section{Key: "more", Title: inBothLanguages("More"), Fields: []Field{d.removeField("story")}})
		}, Answers{"story": {"Once"}}, ""},

		{"label reworded", "ties", func(d *Definition) { d.Field("story").Label["en"] = "Tale" }, nil, "reworded story"},
		{"label reworded in French only", "ties", func(d *Definition) { d.Field("story").Label["fr"] = "Conte" }, nil, "reworded story"},
		{"hint added", "ties", func(d *Definition) { d.Field("story").Hint = inBothLanguages("Be brief") }, nil, "reworded story"},
		{"empty hint added", "ties", func(d *Definition) { d.Field("story").Hint = inBothLanguages("") }, nil, ""},
		{"other kind", "ties", func(d *Definition) { d.Field("story").Kind = Line }, nil, "reworded story"},
		{"other rules, the same words", "ties", func(d *Definition) { d.Field("story").Max = 9 }, nil, ""},
		{"reworded question that is not asked of this applicant", "work", func(d *Definition) { d.Field("union").Label["en"] = "Member" }, Answers{"job": {"clerk"}}, ""},
		{"option added", "work", func(d *Definition) {
			d.Lists["jobs"] = append(d.Lists["jobs"], Option{Code: "cook", Label: inBothLanguages("Cook")})
		}, Answers{"job": {"clerk"}}, ""},

		{"option withdrawn that was chosen", "ties", func(d *Definition) { d.Field("clubs").withdrawOption("chess") }, Answers{"clubs": {"chess", "go"}}, "withdrawn clubs: Chess/Échecs"},
		{"option withdrawn that was not chosen", "ties", func(d *Definition) { d.Field("clubs").withdrawOption("chess") }, Answers{"clubs": {"go"}}, ""},
		{"two options withdrawn, in the order of the definition", "ties", func(d *Definition) { d.Field("clubs").withdrawOption("chess"); d.Field("clubs").withdrawOption("go") },
			Answers{"clubs": {"go", "chess", "go"}}, "withdrawn clubs: Chess/Échecs, Go/Go"},
		{"option withdrawn from a list", "work", func(d *Definition) { d.Lists["jobs"] = withoutOption(d.Lists["jobs"], "clerk") }, Answers{"job": {"clerk"}}, "withdrawn job: Clerk/Employée"},
		{"option of another list", "work", func(d *Definition) {
			d.removeField("union")
			d.removeField("job_other")
			d.Field("job").OptionsFrom = "towns"
		},
			Answers{"job": {"clerk"}}, "withdrawn job: Clerk/Employée"},
		{"option withdrawn of a question that is not asked of this applicant", "ties", func(d *Definition) { d.Field("more").withdrawOption("art") }, Answers{"clubs": {"go"}, "more": {"art"}}, ""},
		{"code that the old version did not offer either", "ties", func(d *Definition) { d.Field("clubs").withdrawOption("chess") }, Answers{"clubs": {"bridge"}}, ""},
		{"choice that became text", "ties", func(d *Definition) { f := d.Field("more"); f.Kind, f.Options = Line, nil },
			Answers{"clubs": {"other"}, "more": {"art"}}, "reworded more; withdrawn more: Art/Art"},
		{"text that became a choice", "ties", func(d *Definition) { f := d.Field("story"); f.Kind, f.OptionsFrom = Radio, "towns" },
			Answers{"story": {"Once"}}, "reworded story"},

		{"question dropped that was answered", "ties", func(d *Definition) { d.removeField("story") }, Answers{"story": {"Once"}}, "dropped Story/Récit"},
		{"question dropped that was not answered", "ties", func(d *Definition) { d.removeField("story") }, Answers{"story": {""}}, ""},
		{"question dropped that was answered, but no longer asked", "work", func(d *Definition) { d.removeField("job_other") },
			Answers{"job": {"clerk"}, "job_other": {"Pilot"}}, ""},
		{"question dropped along with what it depends on", "work", func(d *Definition) { d.removeField("union") }, nurse, "dropped In a union/Au syndicat, Local/Section"},

		{"moved question is not dropped", "ties", func(d *Definition) { d.addField("you", d.removeField("story")) }, Answers{"story": {"Once"}}, ""},
		{"moved question is not new", "you", func(d *Definition) { d.addField("you", d.removeField("story")) }, Answers{"story": {"Once"}}, ""},
		{"moved question that is reworded", "you", func(d *Definition) { d.addField("you", d.removeField("story")); d.Field("story").Label["fr"] = "Conte" }, nil, "reworded story"},
		{"moved question whose option is withdrawn", "you", func(d *Definition) { d.addField("you", d.removeField("clubs")); d.Field("clubs").withdrawOption("go") }, Answers{"clubs": {"go"}}, "withdrawn clubs: Go/Go"},
	}
	old := mustParse(t, sample)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := editedForm(t, sample, tt.edit)
			got := d.Changes(mustSection(t, d, tt.section), old, tt.answers)
			if describeChanges(got) != tt.want {
				t.Errorf("the changes are %q, want %q", describeChanges(got), tt.want)
			}
			if want := tt.want != "" && !strings.HasPrefix(tt.want, "dropped"); got.NeedsReview() != want {
				t.Errorf("NeedsReview = %v, want %v", got.NeedsReview(), want)
			}
		})
	}
}

func TestDroppedCoversEverySection(t *testing.T) {
	old := mustParse(t, sample)
	d := editedForm(t, sample, func(d *Definition) {
		d.removeField("name")
		d.addField("you", d.removeField("story"))
		d.Sections = d.Sections[:2] // drops the other fields of ties
	})
	answers := Answers{"name": {"Zoé"}, "story": {"Once"}, "clubs": {"go"}, "town": {"Laval"}}
	if got, want := describeTexts(d.Dropped(old, answers)), "Name/Nom, Clubs/Clubs"; got != want {
		t.Errorf("dropped are %q, want %q", got, want)
	}
}

func TestWithoutAnOlderVersionNothingHasChanged(t *testing.T) {
	d := mustParse(t, sample)
	answers := Answers{"clubs": {"bridge"}, "shoes": {"42"}}
	if got := describeChanges(d.Changes(mustSection(t, d, "ties"), nil, answers)) + describeTexts(d.Dropped(nil, answers)); got != "" {
		t.Errorf("without an older version the changes are %q", got)
	}
}
