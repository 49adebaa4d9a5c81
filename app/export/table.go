// Package export writes the members for people: as CSV or as a workbook for a spreadsheet,
// and as JSON. It holds one member at a time in memory.
package export

import (
	"context"
	"strings"
	"time"

	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/member"
)

// A Table is what an export says of each member, in columns.
type Table struct {
	Form    *form.Definition
	Lang    i18n.Lang      // of headings and words
	Codes   bool           // answers are codes, as stores keep them; otherwise words
	Zone    *time.Location // of times
	Consent string         // the key of a consent: only members who give it now; "": all
	Retired []string       // the keys of answers to which Form has no question
}

// Each calls a function with every member, one after the other, until a call fails.
type Each func(ctx context.Context, do func(member.Member) error) error

// selected returns those of each with the consent of t.
func (t Table) selected(each Each) Each {
	return func(ctx context.Context, do func(member.Member) error) error {
		return each(ctx, func(m member.Member) error {
			if t.Consent != "" && !gives(m, t.Consent) {
				return nil
			}
			return do(m)
		})
	}
}

// gives reports whether a member gives a consent now.
func gives(m member.Member, key string) bool {
	for _, c := range m.Consents {
		if c.Key == key {
			return c.Given
		}
	}
	return false
}

// headings returns the names of the columns.
func (t Table) headings() []string {
	row := []string{i18n.T(t.Lang, "export.address"), i18n.T(t.Lang, "export.language"), i18n.T(t.Lang, "export.confirmed"), i18n.T(t.Lang, "export.updated"), i18n.T(t.Lang, "export.id"), i18n.T(t.Lang, "export.sharing")}
	for _, f := range t.fields() {
		row = append(row, f.InShort().In(t.Lang))
	}
	for _, c := range t.Form.Consents {
		row = append(row, i18n.T(t.Lang, "export.consent", c.Purpose), i18n.T(t.Lang, "export.consent_at", c.Purpose))
	}
	return append(row, t.Retired...)
}

// fields returns the questions with a column of their own. The address and the language
// stand in the first columns.
func (t Table) fields() (fields []*form.Field) {
	for _, s := range t.Form.Sections {
		for i := range s.Fields {
			if f := &s.Fields[i]; f.Role == "" {
				fields = append(fields, f)
			}
		}
	}
	return fields
}

// cells returns what the columns say of a member: a text, a number, or the time on the
// clocks of the zone.
func (t Table) cells(m member.Member) []any {
	row := []any{m.Email, t.language(m.Lang), m.Confirmed.In(t.Zone), m.Updated.In(t.Zone), m.ID, m.Sharing}
	for _, f := range t.fields() {
		row = append(row, strings.Join(t.values(f, m.Answers), "; "))
	}
	for _, c := range t.Form.Consents {
		row = append(row, t.consentCells(c.Key, m)...)
	}
	for _, key := range t.Retired {
		row = append(row, strings.Join(m.Answers[key], "; "))
	}
	return row
}

// language returns a language as the form names it.
func (t Table) language(l i18n.Lang) string {
	for _, s := range t.Form.Sections {
		for i := range s.Fields {
			if f := &s.Fields[i]; f.Role == form.Language {
				return strings.Join(t.values(f, form.Answers{f.Key: {string(l)}}), "")
			}
		}
	}
	return string(l)
}

// values returns the answer to a question as t tells it. A code that the form does not
// offer any more stays.
func (t Table) values(f *form.Field, answers form.Answers) []string {
	if labels := f.Labels(t.Lang, answers); !t.Codes && len(labels) == len(answers[f.Key]) {
		return labels
	}
	return answers[f.Key]
}

func (t Table) consentCells(key string, m member.Member) []any {
	for _, c := range m.Consents {
		if c.Key == key {
			return []any{t.given(c.Given), c.At.In(t.Zone)}
		}
	}
	return []any{"", ""}
}

// given returns the answer to a consent.
func (t Table) given(yes bool) string {
	switch {
	case t.Codes && yes:
		return "true"
	case t.Codes:
		return "false"
	case yes:
		return i18n.T(t.Lang, "export.yes")
	}
	return i18n.T(t.Lang, "export.no")
}
