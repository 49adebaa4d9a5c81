package person

import (
	_ "embed" // the template of the page
	"html/template"
	"io"
	"time"

	"joinery/app/consent"
	"joinery/app/i18n"
	"joinery/app/mail"
)

//go:embed page.html
var pageText string

var pageTemplate = template.Must(template.New("page").Parse(pageText))

// A Publisher is the organization that gives an account.
type Publisher struct {
	Name    i18n.Text
	Contact string
	Zone    *time.Location // of the times on the page
}

// An accountPage is an account for its person, in words.
type accountPage struct {
	Lang  i18n.Lang
	Title string
	Leads []string // paragraphs
	Parts []accountPart

	zone *time.Location
}

// An accountPart is a heading with what stands below it.
type accountPart struct {
	Title string
	Rows  []accountRow
}

// An accountRow is a label, such as a question, and what is held.
type accountRow struct {
	Label  string
	Lang   i18n.Lang // of the label; "": that of the page
	Values []string
}

// WritePage writes an account as one HTML page that needs no other file, has no script, and
// can be printed. It is in the language of the words.
func (a Account) WritePage(w io.Writer, by Publisher, now time.Time) error {
	l := a.words
	p := accountPage{Lang: l, Title: i18n.T(l, "export_page.title"), zone: by.Zone}
	p.Leads = []string{
		i18n.T(l, "export_page.lead", by.Name.In(l), a.Address, p.at(now)),
		i18n.T(l, "export_page.questions", by.Contact),
	}
	for _, m := range a.Members {
		p.addMember(m)
	}
	p.addConsents(i18n.T(l, "export_page.consents"), a.Consent)
	for _, w := range a.Waiting {
		p.addWaiting(w)
	}
	for _, c := range a.Changes {
		p.add(i18n.T(l, "export_page.change"), p.row("export_page.email", c.To),
			p.row("export_page.change_asked", p.at(c.Asked)), p.row("export_page.change_ends", p.at(c.Ends)))
	}
	for _, d := range a.Drafts {
		p.addDraft(d)
	}
	p.addLetters(a.Letters)
	if a.Others > 0 {
		p.Leads = append(p.Leads, i18n.T(l, "export_page.others"))
	}
	if len(p.Parts) == 0 {
		p.Leads = append(p.Leads, i18n.T(l, "export_page.nothing"))
	}
	return pageTemplate.Execute(w, p)
}

func (p *accountPage) at(t time.Time) string { return i18n.Time(p.Lang, t.In(p.zone)) }

// row returns a row with the words of a key as its label.
func (p *accountPage) row(key, value string) accountRow {
	return accountRow{Label: i18n.T(p.Lang, key), Values: []string{value}}
}

// add adds a part, unless it is empty.
func (p *accountPage) add(title string, rows ...accountRow) {
	if len(rows) > 0 {
		p.Parts = append(p.Parts, accountPart{title, rows})
	}
}

func (p *accountPage) addMember(m MemberAccount) {
	rows := []accountRow{
		p.row("export_page.id", m.ID),
		p.row("export_page.email", m.Email),
		p.row("export_page.since", p.at(m.Confirmed)),
		p.row("export_page.updated", p.at(m.Updated)),
	}
	p.add(i18n.T(p.Lang, "export_page.member"), append(rows, p.answers(m.Answers)...)...)
	for _, f := range m.Former {
		p.add(i18n.T(p.Lang, "export_page.former", p.at(f.Replaced)), p.answers(f.Answers)...)
	}
}

func (p *accountPage) addWaiting(w WaitingAccount) {
	rows := []accountRow{p.row("export_page.email", w.Email), p.row("export_page.sent", p.at(w.Sent))}
	rows = append(rows, p.answers(w.Answers)...)
	for _, k := range w.Consents {
		rows = append(rows, p.consent(k, ""))
	}
	p.add(i18n.T(p.Lang, "export_page.waiting"), rows...)
}

func (p *accountPage) addDraft(d DraftAccount) {
	rows := p.answers(d.Answers)
	if d.Contact != "" {
		rows = append(rows, p.row("export_page.contact", d.Contact))
	}
	p.add(i18n.T(p.Lang, "export_page.draft", p.at(d.Saved)), rows...)
}

func (p *accountPage) addConsents(title string, all []consent.Record) {
	var rows []accountRow
	for _, r := range all {
		rows = append(rows, p.consent(r.Consent, r.How))
	}
	p.add(title, rows...)
}

// consent returns what was asked in its own words, the answer, when it was given, and how the
// organization was told, if not in the form.
func (p *accountPage) consent(k consent.Consent, how string) accountRow {
	said := i18n.T(p.Lang, "export_page.refused", p.at(k.At))
	if k.Given {
		said = i18n.T(p.Lang, "export_page.given", p.at(k.At))
	}
	row := accountRow{k.Wording, k.Lang, []string{said, i18n.T(p.Lang, "export_page.version", k.Version)}}
	if how != "" {
		row.Values = append(row.Values, how)
	}
	return row
}

func (p *accountPage) answers(all []Answer) (rows []accountRow) {
	for _, a := range all {
		r := accountRow{Label: a.Question, Values: a.Words}
		if a.Invalid {
			r.Label = i18n.T(p.Lang, "export_page.not_valid", a.Question)
		}
		rows = append(rows, r)
	}
	return rows
}

// letterKeys are the keys of the purposes of letters.
var letterKeys = map[mail.Kind]string{
	mail.Confirm:  "export_page.letter.confirm",
	mail.Welcome:  "export_page.letter.welcome",
	mail.Updated:  "export_page.letter.updated",
	mail.Resume:   "export_page.letter.resume",
	mail.Reminder: "export_page.letter.reminder",

	mail.NewAddress:     "export_page.letter.new_address",
	mail.AddressChanged: "export_page.letter.address_changed",
}

// stateKeys are the keys of what became of letters.
var stateKeys = map[mail.State]string{
	mail.Queued:   "export_page.state.queued",
	mail.Deferred: "export_page.state.deferred",
	mail.Accepted: "export_page.state.accepted",
	mail.Refused:  "export_page.state.refused",
	mail.GivenUp:  "export_page.state.given_up",
}

func (p *accountPage) addLetters(all []LetterAccount) {
	var rows []accountRow
	for _, l := range all {
		at := l.Planned
		if l.Ended != nil {
			at = *l.Ended
		}
		rows = append(rows, p.row(letterKeys[l.Kind], i18n.T(p.Lang, stateKeys[l.State], p.at(at))))
	}
	p.add(i18n.T(p.Lang, "export_page.letters"), rows...)
}
