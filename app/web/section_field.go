package web

import (
	"slices"
	"strings"

	"joinery/app/form"
	"joinery/app/i18n"
)

// A field is one question in the language of the page. Its Key is also the id of its
// first control, to which a line of the summary links.
type field struct {
	Lang         i18n.Lang
	Key          string
	Kind         form.Kind
	Label, Hint  string
	Notice       string // what has changed since the answer, or ""
	Problem      string
	Advice       *advice // nil: none
	Required     bool
	Autocomplete string
	Value        string
	Suggestions  []string // answers to choose from while typing
	Options      []option
	Shown        int      // how many of the options are shown at first
	Folded       bool     // the options show when the applicant opens the question
	Changing     bool     // the applicant came to change its answer
	Count        string   // the length of a long text; in a preview of many options, the number of chosen ones
	Conditional  bool     // the form asks it because of another answer
	HasFollowUps bool     // its answer can add questions
	More         []*field // the questions that its answer adds now
	FollowUps    string   // in a preview: announces the added questions to screen readers
	PreviewPath  string   // the path from which htmx loads a preview
	RevalidateOn string   // the htmx triggers that may solve its problem
}

// A fieldBuilder makes the fields of one section in one language.
type fieldBuilder struct {
	lang     i18n.Lang
	form     *form.Definition
	section  *form.Section
	all      form.Answers
	problems form.Problems
	advise   func(f *form.Field, typed string) *advice
	shown    []string // the keys of questions that stay on the page, asked or not
	changing string   // the key of the question to which the applicant came, or ""
	action   string   // the beginning of every PreviewPath
}

// fields returns the questions that depend on the question with the given key or, for
// "", on no question of this page.
func (b *fieldBuilder) fields(parent string) []*field {
	var fields []*field
	for i := range b.section.Fields {
		f := &b.section.Fields[i]
		if b.parentOf(f) == parent && (b.form.OnPage(f, b.all) || slices.Contains(b.shown, f.Key)) {
			fields = append(fields, b.field(f))
		}
	}
	return fields
}

// parentOf returns the key of the question on this page on which f depends, or "".
func (b *fieldBuilder) parentOf(f *form.Field) string {
	if f.When == nil {
		return ""
	}
	if _, found := b.section.Field(f.When.Field); !found {
		return ""
	}
	return f.When.Field
}

func (b *fieldBuilder) field(f *form.Field) *field {
	shown := &field{
		Lang:         b.lang,
		Key:          f.Key,
		Kind:         f.Kind,
		Label:        f.Label.In(b.lang),
		Hint:         f.Hint.In(b.lang),
		Required:     f.Required,
		Autocomplete: f.Autocomplete,
		Value:        b.all.First(f.Key),
		Suggestions:  b.form.Suggested(f, b.lang),
		Options:      b.options(f),
		Shown:        f.Shown(),
		Folded:       f.Folded,
		Changing:     f.Key == b.changing,
		Conditional:  f.When != nil,
		PreviewPath:  b.action + f.Key,
		RevalidateOn: b.revalidateOn(f),
	}
	b.addFollowUps(shown)
	b.addHelp(shown, f)
	return shown
}

// addFollowUps adds to the question shown those that its answer adds.
func (b *fieldBuilder) addFollowUps(shown *field) {
	shown.HasFollowUps = slices.ContainsFunc(b.section.Fields, func(other form.Field) bool { return b.parentOf(&other) == shown.Key })
	shown.More = b.fields(shown.Key)
	b.placeFollowUps(shown)
}

// addHelp adds to the question shown what helps to answer it well: advice, the problem of
// its answer, and the length of a long text.
func (b *fieldBuilder) addHelp(shown *field, f *form.Field) {
	shown.Advice = b.advise(f, shown.Value)
	if p, ok := b.problems[f.Key]; ok {
		shown.Problem = p.In(b.lang)
	}
	if f.Kind == form.LongText {
		shown.Count = i18n.N(b.lang, "field.count", form.Length(shown.Value), f.Limit())
	}
}

// longListSize is the number of options from which a list is long: its chosen options are
// not visible at a glance.
const longListSize = 7

// Many reports whether f has a long list of options.
func (f field) Many() bool { return len(f.Options) >= longListSize }

// Counts reports whether a preview of f says how many options are chosen.
func (f field) Counts() bool { return f.Kind == form.Checkboxes && f.Many() }

// announce adds to a preview which questions the answer adds, and how many options of a
// long list are chosen. A page does not show the number: without JavaScript it would be
// wrong after the next change.
func (f *field) announce() {
	for _, raised := range f.More {
		f.FollowUps += i18n.T(f.Lang, "field.raised", raised.Label)
	}
	if !f.Counts() {
		return
	}
	ticked := 0
	for _, o := range f.Options {
		if o.Chosen {
			ticked++
		}
	}
	f.Count = i18n.N(f.Lang, "field.chosen", ticked)
}

// revalidateOn returns the htmx triggers that may solve the problem of f: a change of f
// or, if one of several questions must be answered, a change of any of these,
// also one that is not on the page yet. The answers to its follow-ups are none of them.
//
// The triggers have a delay. Often the press of a button further down ends a change; if
// the error disappeared at once, the button would move away from the pointer.
func (b *fieldBuilder) revalidateOn(f *form.Field) string {
	triggers := "change delay:400ms target:[name=" + f.Key + "]"
	if any := b.section.AnyOf; any != nil && slices.Contains(any.Fields, f.Key) {
		for _, key := range any.Fields {
			if key != f.Key {
				triggers += ", change delay:400ms target:[name=" + key + "] from:#questions"
			}
		}
	}
	return triggers
}

// find returns the field with the given key among f and the fields in More, or nil.
func (f *field) find(key string) *field {
	if f.Key == key {
		return f
	}
	for i := range f.More {
		if found := f.More[i].find(key); found != nil {
			return found
		}
	}
	return nil
}

// Describes returns the ids of the texts that describe f besides its label, in the order
// of the page. The advice is always among them for an address, because it may appear
// during typing.
func (f field) Describes() string {
	var ids []string
	for _, words := range []struct {
		id    string
		there bool
	}{{"hint", f.Hint != ""}, {"notice", f.Notice != ""}, {"problem", f.Problem != ""}, {"advice", f.Kind == form.Email}} {
		if words.there {
			ids = append(ids, f.Key+"-"+words.id)
		}
	}
	return strings.Join(ids, " ")
}
