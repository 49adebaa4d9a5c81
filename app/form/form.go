package form

import (
	"slices"

	"joinery/app/i18n"
)

// A Definition is one whole application form, as [Parse] returns it.
type Definition struct {
	Version  string              `json:"version"` // changes whenever the document does; stored with every draft and application
	Sections []Section           `json:"sections"`
	Consents []Consent           `json:"consents"`
	Lists    map[string][]Option `json:"lists,omitempty"` // options and suggestions, for OptionsFrom and Suggestions

	address, language *Field // the fields with these roles
	source            string // what Source returns
}

// A Section is one page of questions.
type Section struct {
	Key    string     `json:"key"` // unique; stands in paths and stores
	Title  i18n.Text  `json:"title"`
	Intro  i18n.Text  `json:"intro,omitempty"`
	When   *Condition `json:"when,omitempty"` // nil: the section is asked of everyone
	Add    i18n.Text  `json:"add,omitempty"`  // the link by which an applicant of whom it is not asked adds it
	Fields []Field    `json:"fields"`
	AnyOf  *AnyOf     `json:"any_of,omitempty"`

	decodeErr error // what json could not decode; for the checker
}

// AnyOf is the rule that at least one of several fields must be answered. Fields
// that are not asked do not count; if none is asked, the rule does not apply.
type AnyOf struct {
	Fields  []string   `json:"fields"`         // keys of fields of the same section
	When    *Condition `json:"when,omitempty"` // nil: the rule always applies
	Missing i18n.Text  `json:"missing"`        // the error message when none is answered
}

// A Kind decides how a question is asked and what an answer looks like.
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

// Choice reports whether an answer of kind k is chosen among options.
func (k Kind) Choice() bool { return k == Radio || k == Select || k == Checkboxes }

// A Role marks a field that the program itself reads.
type Role string

// The roles. Each belongs to exactly one field, which is required and always
// asked.
const (
	Address  Role = "address"  // the address to which mail is sent; a field of kind Email
	Language Role = "language" // the language of that mail; a field of kind Radio whose options are the languages of i18n
)

// A Field is one question and the rules that its answer must meet.
type Field struct {
	Key          string     `json:"key"` // unique in the definition; stands in stores and exports, and never changes its meaning
	Kind         Kind       `json:"kind"`
	Role         Role       `json:"role,omitempty"`
	Label        i18n.Text  `json:"label"`
	Short        i18n.Text  `json:"short,omitempty"` // the question in a few words, see InShort
	Hint         i18n.Text  `json:"hint,omitempty"`
	Required     bool       `json:"required,omitempty"`
	Missing      i18n.Text  `json:"missing,omitempty"`          // the error message when a required answer is missing
	When         *Condition `json:"when,omitempty"`             // nil: the field is always asked
	Max          int        `json:"max,omitempty"`              // characters; 0: the limit of the kind, see Limit
	Name         bool       `json:"name,omitempty"`             // a person's name: needs a letter, in any script, and no < > or @
	Autocomplete string     `json:"autocomplete,omitempty"`     // the autofill token of HTML
	Options      []Option   `json:"options,omitempty"`          // the answers to a choice
	OptionsFrom  string     `json:"options_from,omitempty"`     // the key of the list that holds Options
	Sorted       bool       `json:"sorted,omitempty"`           // show the options in alphabetical order, which differs by language
	Suggestions  string     `json:"suggestions_from,omitempty"` // the key of the list whose labels are suggested for free text
	Folded       bool       `json:"folded,omitempty"`           // the options show when the applicant opens the question

	section       *Section               // to which the field belongs
	optionsByLang map[i18n.Lang][]Option // what OptionsIn returns
	decodeErr     error                  // what json could not decode; for the checker
}

// An Option is one answer of a choice. Stores keep its code, and pages show its
// label.
type Option struct {
	Code  string    `json:"code"`
	Label i18n.Text `json:"label"`
	Last  bool      `json:"last,omitempty"` // follows the others when they are sorted

	// Common options of a sorted list are shown at first, with the exclusive ones; the
	// others show when the applicant opens the whole list.
	Common bool `json:"common,omitempty"`

	// Exclusive options of checkboxes are chosen alone: "none" or "all of them" goes with
	// no other answer.
	Exclusive bool `json:"exclusive,omitempty"`

	decodeErr error // what json could not decode; for the checker
}

// A Condition is met when the field that it names is asked and the answer to it
// has one of the codes.
type Condition struct {
	Field string   `json:"field"` // the key of an earlier field
	In    []string `json:"in"`    // codes of its options
}

// A Consent is a statement to which the applicant may agree when sending.
type Consent struct {
	Key      string    `json:"key"`
	Version  string    `json:"version"` // changes with the wording; recorded with the agreement
	Purpose  i18n.Text `json:"purpose"` // what the consent is for, in a few words
	Wording  i18n.Text `json:"wording"` // the statement beside the box; {org} is the name of the organization
	Hint     i18n.Text `json:"hint,omitempty"`
	Required bool      `json:"required,omitempty"`
	Missing  i18n.Text `json:"missing,omitempty"` // the error message when a required consent is not given
	Privacy  bool      `json:"privacy,omitempty"` // show a link to the privacy notice beside it

	decodeErr error // what json could not decode; for the checker
}

// Section returns the section with the given key and whether there is one.
func (d *Definition) Section(key string) (*Section, bool) {
	i := slices.IndexFunc(d.Sections, func(s Section) bool { return s.Key == key })
	if i < 0 {
		return nil, false
	}
	return &d.Sections[i], true
}

// Before reports whether section a stands before section b in the definition.
func (d *Definition) Before(a, b *Section) bool {
	return slices.IndexFunc(d.Sections, a.is) < slices.IndexFunc(d.Sections, b.is)
}

// is reports whether s and other are the same section.
func (s *Section) is(other Section) bool { return s.Key == other.Key }

// Field returns the field of s with the given key and whether there is one.
func (s *Section) Field(key string) (*Field, bool) {
	i := slices.IndexFunc(s.Fields, func(f Field) bool { return f.Key == key })
	if i < 0 {
		return nil, false
	}
	return &s.Fields[i], true
}

// Field returns the field of any section with the given key, or nil.
func (d *Definition) Field(key string) *Field {
	for i := range d.Sections {
		if f, ok := d.Sections[i].Field(key); ok {
			return f
		}
	}
	return nil
}

// Consent returns the consent with the given key and whether there is one.
func (d *Definition) Consent(key string) (Consent, bool) {
	i := slices.IndexFunc(d.Consents, func(c Consent) bool { return c.Key == key })
	if i < 0 {
		return Consent{}, false
	}
	return d.Consents[i], true
}

// Address returns the field with the role Address.
func (d *Definition) Address() *Field { return d.address }

// Language returns the field with the role Language.
func (d *Definition) Language() *Field { return d.language }
