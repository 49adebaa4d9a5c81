package web

import (
	"slices"
	"strings"

	"joinery/app/form"
)

// An option is one answer to a choice.
type option struct {
	Code, Label string
	Chosen      bool
	Exclusive   bool     // chosen alone
	ID          string   // of its control, if others refer to it, or ""
	Raises      string   // the id of the place below it for the questions that it can add, or ""
	More        []*field // the questions that it adds now
}

// An optionList is options of a question that are shown together.
type optionList struct {
	Key     string // of the question
	Kind    form.Kind
	Options []option
	Many    bool // in columns, where the page is wide
}

func (b *fieldBuilder) options(f *form.Field) []option {
	chosen := b.all[f.Key]
	if f.Role == form.Language && !b.all.Given(f.Key) {
		chosen = []string{string(b.lang)}
	}
	options := make([]option, 0, len(f.Options))
	for _, o := range f.OptionsIn(b.lang) {
		options = append(options, option{Code: o.Code, Label: o.Label.In(b.lang), Chosen: slices.Contains(chosen, o.Code), Exclusive: o.Exclusive})
	}
	return options
}

// placeFollowUps puts each question that an option of f adds, or can add, below that
// option. A list that opens has no such places.
func (b *fieldBuilder) placeFollowUps(f *field) {
	if f.Kind != form.Radio && f.Kind != form.Checkboxes {
		return
	}
	f.Options[0].ID = f.Key
	for i := range b.section.Fields {
		child := &b.section.Fields[i]
		if b.parentOf(child) != f.Key {
			continue
		}
		for j := range f.Options {
			if o := &f.Options[j]; slices.Contains(child.When.In, o.Code) {
				o.Raises = f.Key + "-" + o.Code + "-more"
			}
		}
	}
	for _, raised := range f.More {
		o := f.raising(b.section, raised)
		o.More = append(o.More, raised)
	}
}

// raising returns the option of f below which a question stands: the first chosen one
// that adds it, or the first that can.
func (f *field) raising(section *form.Section, raised *field) *option {
	child, _ := section.Field(raised.Key)
	var first *option
	for i := range f.Options {
		o := &f.Options[i]
		if !slices.Contains(child.When.In, o.Code) {
			continue
		}
		if o.Chosen {
			return o
		}
		if first == nil {
			first = o
		}
	}
	return first
}

// Places returns what htmx takes out of a preview of f for the places below its options.
func (f field) Places() string {
	var places []string
	for _, o := range f.Options {
		if o.Raises != "" {
			places = append(places, "#"+o.Raises+":outerMorph")
		}
	}
	return strings.Join(places, ",")
}

// First returns the options that are shown at first.
func (f field) First() optionList {
	return optionList{Key: f.Key, Kind: f.Kind, Options: f.Options[:f.Shown], Many: f.Many()}
}

// Rest returns the options that show when the applicant opens the whole list.
func (f field) Rest() optionList {
	return optionList{Key: f.Key, Kind: f.Kind, Options: f.Options[f.Shown:], Many: f.Many()}
}

// Open reports whether one of the options is chosen.
func (l optionList) Open() bool {
	return slices.ContainsFunc(l.Options, func(o option) bool { return o.Chosen })
}

// Open reports whether a folded question is shown open: there is something to see.
func (f field) Open() bool {
	return f.Changing || f.Problem != "" || f.Notice != "" || f.First().Open() || f.Rest().Open()
}
