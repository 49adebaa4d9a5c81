package form

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"joinery/app/i18n"
)

// edited returns what edit makes of a definition.
func edited(t *testing.T, source string, edit func(d *Definition)) *Definition {
	t.Helper()
	d := new(Definition) // not parsed: lists stand in their places only
	if err := json.Unmarshal([]byte(source), d); err != nil {
		t.Fatal(err)
	}
	edit(d)
	data, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	return parse(t, string(data))
}

// take removes a field from d, and all that rests on it, and returns it.
func (d *Definition) take(key string) Field {
	f := *d.Field(key)
	for i := range d.Sections {
		s := &d.Sections[i]
		s.AnyOf = nil
		s.Fields = slices.DeleteFunc(s.Fields, func(f Field) bool { return f.Key == key || f.When != nil && f.When.Field == key })
	}
	return f
}

// put adds a field to the section of d with the given key.
func (d *Definition) put(section string, f Field) {
	s, _ := d.Section(section)
	s.Fields = append(s.Fields, f)
}

// withdraw removes an option.
func (f *Field) withdraw(code string) { f.Options = without(f.Options, code) }

func without(options []Option, code string) []Option {
	return slices.DeleteFunc(options, func(o Option) bool { return o.Code == code })
}

func both(words string) i18n.Text { return i18n.Text{"en": words, "fr": words} }

// told writes c on one line.
func told(c Changes) string {
	var lines []string
	for _, key := range c.New {
		lines = append(lines, "new "+key)
	}
	for _, key := range c.Reworded {
		lines = append(lines, "reworded "+key)
	}
	for key, words := range c.Lost {
		lines = append(lines, "lost "+key+": "+labels(words))
	}
	if len(c.Dropped) > 0 {
		lines = append(lines, "dropped "+labels(c.Dropped))
	}
	return strings.Join(lines, "; ")
}

func labels(texts []i18n.Text) string {
	var words []string
	for _, text := range texts {
		words = append(words, fmt.Sprint(text.In(i18n.English), "/", text.In(i18n.French)))
	}
	return strings.Join(words, ", ")
}

func TestChanges(t *testing.T) {
	nurse := Answers{"job": {"nurse"}, "union": {"yes"}, "local": {"12"}}
	shoes := Field{Key: "shoes", Kind: Line, Label: both("Shoes")}
	tests := []struct {
		name, section string
		edit          func(d *Definition)
		given         Answers
		want          string
	}{
		{"nothing", "work", func(*Definition) {}, nurse, ""},
		{"version alone", "work", func(d *Definition) { d.Version = "2" }, nurse, ""},

		{"new question", "ties", func(d *Definition) { d.put("ties", shoes) }, nil, "new shoes"},
		{"new question of another section", "work", func(d *Definition) { d.put("ties", shoes) }, nil, ""},
		{"new question that is not asked of them", "ties", func(d *Definition) {
			d.put("ties", shoes)
			d.Field("shoes").When = &Condition{Field: "union", In: []string{"no"}}
		}, nurse, ""},
		{"question that was not asked of them", "work", func(d *Definition) { d.Field("job_other").When.In = []string{"nurse"} }, nurse, "new job_other"},
		{"question that was not asked of them any more, but answered", "work", func(d *Definition) { d.Field("job_other").When.In = []string{"nurse"} },
			Answers{"job": {"nurse"}, "job_other": {"Pilot"}}, ""},
		{"question in a section of its own", "more", func(d *Definition) {
			d.Sections = append(d.Sections, Section{Key: "more", Title: both("More"), Fields: []Field{d.take("story")}})
		}, Answers{"story": {"Once"}}, ""},

		{"label reworded", "ties", func(d *Definition) { d.Field("story").Label["en"] = "Tale" }, nil, "reworded story"},
		{"label reworded in French only", "ties", func(d *Definition) { d.Field("story").Label["fr"] = "Conte" }, nil, "reworded story"},
		{"hint added", "ties", func(d *Definition) { d.Field("story").Hint = both("Be brief") }, nil, "reworded story"},
		{"hint of no words added", "ties", func(d *Definition) { d.Field("story").Hint = both("") }, nil, ""},
		{"other kind", "ties", func(d *Definition) { d.Field("story").Kind = Line }, nil, "reworded story"},
		{"other rules, the same words", "ties", func(d *Definition) { d.Field("story").Max = 9 }, nil, ""},
		{"reworded question that is not asked of them", "work", func(d *Definition) { d.Field("union").Label["en"] = "Member" }, Answers{"job": {"clerk"}}, ""},
		{"option added", "work", func(d *Definition) {
			d.Lists["jobs"] = append(d.Lists["jobs"], Option{Code: "cook", Label: both("Cook")})
		}, Answers{"job": {"clerk"}}, ""},

		{"option withdrawn that was chosen", "ties", func(d *Definition) { d.Field("clubs").withdraw("chess") }, Answers{"clubs": {"chess", "go"}}, "lost clubs: Chess/Échecs"},
		{"option withdrawn that was not chosen", "ties", func(d *Definition) { d.Field("clubs").withdraw("chess") }, Answers{"clubs": {"go"}}, ""},
		{"two options withdrawn, in their order", "ties", func(d *Definition) { d.Field("clubs").withdraw("chess"); d.Field("clubs").withdraw("go") },
			Answers{"clubs": {"go", "chess", "go"}}, "lost clubs: Chess/Échecs, Go/Go"},
		{"option withdrawn from a list", "work", func(d *Definition) { d.Lists["jobs"] = without(d.Lists["jobs"], "clerk") }, Answers{"job": {"clerk"}}, "lost job: Clerk/Employée"},
		{"option of another list", "work", func(d *Definition) { d.take("union"); d.take("job_other"); d.Field("job").OptionsFrom = "towns" },
			Answers{"job": {"clerk"}}, "lost job: Clerk/Employée"},
		{"option withdrawn of a question that is not asked of them", "ties", func(d *Definition) { d.Field("more").withdraw("art") }, Answers{"clubs": {"go"}, "more": {"art"}}, ""},
		{"code that the old version did not know either", "ties", func(d *Definition) { d.Field("clubs").withdraw("chess") }, Answers{"clubs": {"bridge"}}, ""},
		{"choice that became text", "ties", func(d *Definition) { f := d.Field("more"); f.Kind, f.Options = Line, nil },
			Answers{"clubs": {"other"}, "more": {"art"}}, "reworded more; lost more: Art/Art"},
		{"text that became a choice", "ties", func(d *Definition) { f := d.Field("story"); f.Kind, f.OptionsFrom = Radio, "towns" },
			Answers{"story": {"Once"}}, "reworded story"},

		{"question dropped that was answered", "ties", func(d *Definition) { d.take("story") }, Answers{"story": {"Once"}}, "dropped Story/Récit"},
		{"question dropped that was not answered", "ties", func(d *Definition) { d.take("story") }, Answers{"story": {""}}, ""},
		{"question dropped that was answered, but not asked in the end", "work", func(d *Definition) { d.take("job_other") },
			Answers{"job": {"clerk"}, "job_other": {"Pilot"}}, ""},
		{"question dropped along with what it depends on", "work", func(d *Definition) { d.take("union") }, nurse, "dropped In a union/Au syndicat, Local/Section"},

		{"moved: neither dropped", "ties", func(d *Definition) { d.put("you", d.take("story")) }, Answers{"story": {"Once"}}, ""},
		{"moved: nor new", "you", func(d *Definition) { d.put("you", d.take("story")) }, Answers{"story": {"Once"}}, ""},
		{"moved and reworded", "you", func(d *Definition) { d.put("you", d.take("story")); d.Field("story").Label["fr"] = "Conte" }, nil, "reworded story"},
		{"moved, its option withdrawn", "you", func(d *Definition) { d.put("you", d.take("clubs")); d.Field("clubs").withdraw("go") }, Answers{"clubs": {"go"}}, "lost clubs: Go/Go"},
	}
	old := parse(t, sample)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := edited(t, sample, tt.edit)
			got := d.Changes(section(t, d, tt.section), old, tt.given)
			if told(got) != tt.want {
				t.Errorf("the changes are %q, want %q", told(got), tt.want)
			}
			if pressing := tt.want != "" && !strings.HasPrefix(tt.want, "dropped"); got.NeedsReview() != pressing {
				t.Errorf("they are pressing: %v, want %v", got.NeedsReview(), pressing)
			}
		})
	}
}

func TestDroppedOverTheWholeForm(t *testing.T) {
	old := parse(t, sample)
	d := edited(t, sample, func(d *Definition) {
		d.take("name")
		d.put("you", d.take("story"))
		d.Sections = d.Sections[:2] // all the rest of ties
	})
	given := Answers{"name": {"Zoé"}, "story": {"Once"}, "clubs": {"go"}, "town": {"Laval"}}
	if got, want := labels(d.Dropped(old, given)), "Name/Nom, Clubs/Clubs"; got != want {
		t.Errorf("dropped are %q, want %q", got, want)
	}
}

func TestNothingChangesForWhoeverIsNew(t *testing.T) {
	d := parse(t, sample)
	given := Answers{"clubs": {"bridge"}, "shoes": {"42"}}
	if got := told(d.Changes(section(t, d, "ties"), nil, given)) + labels(d.Dropped(nil, given)); got != "" {
		t.Errorf("without an older version the changes are %q", got)
	}
}
