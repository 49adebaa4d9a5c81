package web

import (
	"slices"
	"strings"
	"unicode/utf8"

	"joinery/app/form"
	"joinery/app/i18n"
)

// A field is one question in the reader's language. Its Key is also the id of
// its first control, so that a line of the summary can lead there.
type field struct {
	Lang         i18n.Lang
	Key          string
	Kind         form.Kind
	Label, Hint  string
	Notice       string // what is not as it was when it was answered, or ""
	Problem      string
	Advice       *advice // nil: none
	Required     bool
	Autocomplete string
	Value        string
	Options      []option
	List         string  // the id of what is suggested, or ""
	Count        string  // how long the text is, for long text; for a preview of many choices, how many are ticked
	Conditional  bool    // asked because of another answer
	HasFollowUps bool    // its answer can raise questions
	More         []field // the questions that it raises now
	FollowUps    string  // for a preview: says so to who does not see them come
	PreviewPath  string  // where htmx asks what to show of it
	RevalidateOn string  // the events that may mend its problem
}

type option struct {
	Code, Label string
	Chosen      bool
}

// A fieldBuilder puts the questions of one section in the words of one reader.
type fieldBuilder struct {
	lang     i18n.Lang
	form     *form.Definition
	section  *form.Section
	all      form.Answers
	problems form.Problems
	advise   func(f *form.Field, typed string) *advice
	shown    []string // the keys of questions that are on the page, asked or not
	action   string   // begins the address of every Check
}

// fields returns the questions that are asked because of the one with the
// given key or, when that is "", because of nothing on this page.
func (w *fieldBuilder) fields(because string) []field {
	var fields []field
	for i := range w.section.Fields {
		f := &w.section.Fields[i]
		if w.parentOf(f) == because && (w.form.Asked(f, w.all) || slices.Contains(w.shown, f.Key)) {
			fields = append(fields, w.field(f))
		}
	}
	return fields
}

// parentOf returns the key of the question on this page on which f depends, or "".
func (w *fieldBuilder) parentOf(f *form.Field) string {
	if f.When == nil {
		return ""
	}
	if _, here := w.section.Field(f.When.Field); !here {
		return ""
	}
	return f.When.Field
}

func (w *fieldBuilder) field(f *form.Field) field {
	shown := field{
		Lang:         w.lang,
		Key:          f.Key,
		Kind:         f.Kind,
		Label:        f.Label.In(w.lang),
		Hint:         f.Hint.In(w.lang),
		Required:     f.Required,
		Autocomplete: f.Autocomplete,
		Value:        w.all.First(f.Key),
		Options:      w.options(f),
		Conditional:  f.When != nil,
		HasFollowUps: slices.ContainsFunc(w.section.Fields, func(other form.Field) bool { return w.parentOf(&other) == f.Key }),
		More:         w.fields(f.Key),
		PreviewPath:  w.action + f.Key,
		RevalidateOn: w.revalidateOn(f),
	}
	if f.Suggestions != "" {
		shown.List = datalistID(f)
	}
	shown.Advice = w.advise(f, shown.Value)
	if p, ok := w.problems[f.Key]; ok {
		shown.Problem = p.In(w.lang)
	}
	if f.Kind == form.LongText {
		shown.Count = i18n.N(w.lang, "field.count", utf8.RuneCountInString(shown.Value), f.Limit())
	}
	return shown
}

// longListSize is how longListSize options make a list so long that nobody sees at once what is
// ticked in it.
const longListSize = 7

// Many reports whether f has such a list.
func (f field) Many() bool { return len(f.Options) >= longListSize }

// Counts reports whether htmx says how many choices of f are ticked.
func (f field) Counts() bool { return f.Kind == form.Checkboxes && f.Many() }

// announce says what has changed with an answer: which questions follow from it, and
// how many of many choices are ticked. A page does not: without JavaScript it
// would be wrong from the next tick on.
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

func (w *fieldBuilder) options(f *form.Field) []option {
	chosen := w.all[f.Key]
	if f.Role == form.Language && !w.all.Given(f.Key) {
		chosen = []string{string(w.lang)}
	}
	options := make([]option, 0, len(f.Options))
	for _, o := range f.OptionsIn(w.lang) {
		options = append(options, option{Code: o.Code, Label: o.Label.In(w.lang), Chosen: slices.Contains(chosen, o.Code)})
	}
	return options
}

// revalidateOn returns the htmx triggers that may mend the problem of f: a change of
// itself or, of several questions one of which must be answered, of any.
//
// They wait a moment. Often it is the press of a button further down that ends
// a change; if the error went at once, the button would move from under it.
func (w *fieldBuilder) revalidateOn(f *form.Field) string {
	triggers := "change delay:400ms"
	if any := w.section.AnyOf; any != nil && slices.Contains(any.Fields, f.Key) {
		for _, key := range any.Fields {
			if key != f.Key {
				triggers += ", change delay:400ms from:#" + key + "-field"
			}
		}
	}
	return triggers
}

// find returns the field with the given key among f and those it raises.
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

// Describes returns the ids of the words that belong to f, besides its label,
// in the order of the page. Those of an advice may come while f is typed in.
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
