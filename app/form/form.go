// Package form says what the application asks and what a right answer is.
//
// The questions are data: a [Definition] is read from JSON by [Parse], which
// refuses one that could not be asked. Nothing here does I/O or knows the
// language of the reader; a Definition is read-only and may be used
// concurrently.
package form

import (
	"slices"

	"joinery/app/i18n"
)

// A Definition is one whole application form.
type Definition struct {
	Version  string              `json:"version"` // changes whenever the questions do; kept with every answer
	Sections []Section           `json:"sections"`
	Consents []Consent           `json:"consents"`
	Lists    map[string][]Option `json:"lists,omitempty"` // options and suggestions too long to stand at their field

	address, language *Field // by role
	source            string // see Source
}

// A Section is one page of questions.
type Section struct {
	Key    string    `json:"key"` // in paths and stores
	Title  i18n.Text `json:"title"`
	Intro  i18n.Text `json:"intro,omitempty"`
	Fields []Field   `json:"fields"`
	AnyOf  *AnyOf    `json:"any_of,omitempty"`

	decodeErr error // what of it could not be read
}

// AnyOf is the rule that of several questions at least one must be answered.
type AnyOf struct {
	Fields  []string   `json:"fields"` // keys of fields of the section
	When    *Condition `json:"when,omitempty"`
	Missing i18n.Text  `json:"missing"` // what to say when none is answered
}

// A Kind is a way to ask and to answer.
type Kind string

// The kinds of question.
const (
	Line       Kind = "text"       // one line of free text
	LongText   Kind = "long_text"  // several lines
	Email      Kind = "email"      // an email address
	Radio      Kind = "radio"      // one of a few options
	Select     Kind = "select"     // one of many options
	Checkboxes Kind = "checkboxes" // any number of options
)

var kinds = []Kind{Line, LongText, Email, Radio, Select, Checkboxes}

// Choice reports whether k is answered by choosing among options.
func (k Kind) Choice() bool { return k == Radio || k == Select || k == Checkboxes }

// A Role marks the fields that the program itself needs to find.
type Role string

// The roles. A definition gives each to exactly one field.
const (
	Address  Role = "address"  // where to write to; a field of kind Email
	Language Role = "language" // in which language; its options are those of i18n
)

// A Field is one question and the rules its answer must meet.
type Field struct {
	Key          string     `json:"key"` // in stores and exports; never changes its meaning
	Kind         Kind       `json:"kind"`
	Role         Role       `json:"role,omitempty"`
	Label        i18n.Text  `json:"label"`
	Hint         i18n.Text  `json:"hint,omitempty"`
	Required     bool       `json:"required,omitempty"`
	Missing      i18n.Text  `json:"missing,omitempty"` // what to say when a required answer is not there
	When         *Condition `json:"when,omitempty"`    // nil: always asked
	Max          int        `json:"max,omitempty"`     // characters; 0: as many as the kind allows
	Name         bool       `json:"name,omitempty"`    // the name of a person: at least one letter, in any script
	Autocomplete string     `json:"autocomplete,omitempty"`
	Options      []Option   `json:"options,omitempty"`
	OptionsFrom  string     `json:"options_from,omitempty"`     // the key of a list, instead of Options
	Sorted       bool       `json:"sorted,omitempty"`           // show the options in the order of the reader's alphabet
	Suggestions  string     `json:"suggestions_from,omitempty"` // the key of a list whose words are offered for free text

	optionsByLang map[i18n.Lang][]Option // by language, prepared once
	decodeErr     error                  // what of it could not be read
}

// An Option is one answer that can be chosen, stored by its code.
type Option struct {
	Code  string    `json:"code"`
	Label i18n.Text `json:"label"`
	Last  bool      `json:"last,omitempty"` // stays behind the others when they are sorted

	decodeErr error // what of it could not be read
}

// A Condition holds when a question has been asked and its answer includes
// one of some codes.
type Condition struct {
	Field string   `json:"field"` // the key of an earlier field
	In    []string `json:"in"`    // codes of its options
}

// A Consent is something a person may agree to when they send.
type Consent struct {
	Key      string    `json:"key"`
	Version  string    `json:"version"` // changes with the wording; recorded with the consent
	Purpose  i18n.Text `json:"purpose"` // what it is for, in a few words
	Wording  i18n.Text `json:"wording"` // what stands beside the box; {org} stands for the organization
	Hint     i18n.Text `json:"hint,omitempty"`
	Required bool      `json:"required,omitempty"`
	Missing  i18n.Text `json:"missing,omitempty"` // what to say when a required one is not given
	Privacy  bool      `json:"privacy,omitempty"` // show a link to the privacy notice

	decodeErr error // what of it could not be read
}

// Section returns the section with the given key and whether there is one.
func (d *Definition) Section(key string) (*Section, bool) {
	i := slices.IndexFunc(d.Sections, func(s Section) bool { return s.Key == key })
	if i < 0 {
		return nil, false
	}
	return &d.Sections[i], true
}

// Field returns the field of s with the given key and whether there is one.
func (s *Section) Field(key string) (*Field, bool) {
	i := slices.IndexFunc(s.Fields, func(f Field) bool { return f.Key == key })
	if i < 0 {
		return nil, false
	}
	return &s.Fields[i], true
}

// Field returns the field with the given key, in whichever section, or nil.
func (d *Definition) Field(key string) *Field {
	for i := range d.Sections {
		if f, ok := d.Sections[i].Field(key); ok {
			return f
		}
	}
	return nil
}

// Address returns the field that asks for the email address.
func (d *Definition) Address() *Field { return d.address }

// Language returns the field that asks for the language of correspondence.
func (d *Definition) Language() *Field { return d.language }
