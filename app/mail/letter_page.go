package mail

import (
	"cmp"
	"html/template"
	"slices"
	"strings"
	"time"

	"joinery/app/i18n"
	"joinery/app/welcome"
)

// A page is the data of the templates.
type page struct {
	Lang    i18n.Lang
	Subject string
	Org     string // in Lang
	Home    string // the address of the first page in Lang
	Address string
	Contact string
	Colour  string
	Logo    *Logo          // nil: none
	Cards   []welcome.Card // what awaits a new member
	Confirmation
	Reminding
	Restoring Restoring
	Asking    AddressAsking
	Change    AddressChange
	OfMember  bool   // the letter is about a member and no application
	Greeted   string // the name that the letter begins with, or ""
	Drafts    []Resumable

	zone *time.Location
	now  time.Time
}

// Until returns until when something lasts that ends at a time.
func (p page) Until(end time.Time) string { return i18n.Until(p.Lang, end.In(p.zone), p.now) }

// Time returns a time that the reader of any day understands.
func (p page) Time(at time.Time) string { return i18n.Time(p.Lang, at.In(p.zone)) }

// Several reports whether the reader must choose among drafts.
func (p page) Several() bool { return len(p.Drafts) > 1 }

// OnlyOutlook returns markup that only Outlook for Windows sees: to others it is a comment.
func (page) OnlyOutlook(markup string) template.HTML {
	return template.HTML("<!--[if mso]>" + markup + "<![endif]-->")
}

// Groups returns the code of the letter in groups of three, which are easy to read and to type.
func (p page) Groups() (groups []string) {
	for group := range slices.Chunk([]byte(cmp.Or(p.Code, p.Restoring.Code, p.Asking.Code)), 3) {
		groups = append(groups, string(group))
	}
	return groups
}

// Lines returns the lines of the postal address.
func (p page) Lines() []string { return strings.Split(p.Address, "\n") }

// A button is the data of views/mail/button.html and plain_link.html.
type button struct {
	Lang                i18n.Lang
	Label, Link, Colour string
}

// Pieces returns the link in pieces between which a line can end on a phone.
func (b button) Pieces() (pieces []string) {
	for piece := range slices.Chunk([]byte(b.Link), 16) {
		pieces = append(pieces, string(piece))
	}
	return pieces
}

// Button returns the button that leads to link, with the words of the given key.
func (p page) Button(key, link string) button {
	return button{p.Lang, i18n.T(p.Lang, key), link, p.Colour}
}
