package web

import (
	"net/url"
	"strings"

	"joinery/app/i18n"
	"joinery/app/welcome"
)

// A welcomePart tells a member on a page what to do now, and where the answers are.
type welcomePart struct {
	Lang      i18n.Lang
	Updated   bool           // the member has only given new answers
	Greeting  string         // the first words of the heading, or ""
	Cards     []welcome.Card // of the places of the organization; none: there are none
	Colleague string         // the link that begins an email to a colleague
	Site      string         // the address of the site, to pass on
	Contact   string
	Receipt   *receiptLink // nil: there is no receipt, or not in this browser
	Own       bool         // this browser submitted the application
}

// welcomePart returns what a page in l tells a member. The receipt is that of this browser:
// only with one does the page say a name.
func (s *Server) welcomePart(l i18n.Lang, updated bool, receipt *receiptLink) *welcomePart {
	p := &welcomePart{
		Lang:      l,
		Updated:   updated,
		Cards:     s.Places.Cards(l),
		Colleague: s.letterToColleague(l),
		Site:      strings.TrimPrefix(s.BaseURL, "https://"),
		Contact:   s.Contact,
		Receipt:   receipt,
	}
	switch {
	case updated:
	case receipt != nil && receipt.FirstName != "":
		p.Greeting = i18n.T(l, "welcome.greeting.name", receipt.FirstName)
	default:
		p.Greeting = i18n.T(l, "welcome.greeting")
	}
	return p
}

// letterToColleague returns the link that begins an email about the site, as RFC 6068 has
// it, with no recipient yet.
func (s *Server) letterToColleague(l i18n.Lang) string {
	subject := i18n.T(l, "welcome.colleague.subject", s.Name)
	body := i18n.T(l, "welcome.colleague.body", s.Name, s.BaseURL+localPath(l, ""))
	return "mailto:?subject=" + mailtoEscape(subject) + "&body=" + mailtoEscape(strings.ReplaceAll(body, "\n", "\r\n"))
}

// mailtoEscape escapes a value of a mailto link. In one, a plus sign is not a space.
func mailtoEscape(value string) string { return strings.ReplaceAll(url.QueryEscape(value), "+", "%20") }
