package web

import (
	"net/url"

	"joinery/app/address"
	"joinery/app/form"
	"joinery/app/i18n"
)

// emailField is the field of an address on a page outside of the form.
const emailField = "address"

// emailQuestion is a question by which readEmail reads emailField as the form would.
var emailQuestion = form.Section{Fields: []form.Field{{Key: emailField, Kind: form.Email}}}

func readEmail(posted url.Values) string { return emailQuestion.Read(posted).First(emailField) }

// emailProblem returns the words about what is wrong with a typed address.
func emailProblem(l i18n.Lang, typed string) string {
	problem, _ := form.EmailProblem(typed)
	return problem.In(l)
}

// An emailSuggestion is advice about the address in an emailField, with a form that
// accepts it.
type emailSuggestion struct {
	botCheck
	Lang          i18n.Lang
	Action        string
	Button        string // its words
	DraftID       string // for the post, or ""
	Suggestion    string // the address that was most likely meant, or ""
	Undeliverable bool
}

// emailSuggestion returns advice about an address, without waiting for the DNS.
func (s *Server) emailSuggestion(l i18n.Lang, email string) emailSuggestion {
	given := address.Advise(noWait, s.MX, email)
	return emailSuggestion{botCheck: s.botCheck(true), Lang: l, Suggestion: given.Suggestion, Undeliverable: given.Undeliverable}
}

// linkSuggestion returns advice about an address for a link. The form that accepts it
// asks for the link.
func (s *Server) linkSuggestion(l i18n.Lang, action, email string) emailSuggestion {
	advice := s.emailSuggestion(l, email)
	advice.Action, advice.Button = action, i18n.T(l, "advice.send_link", advice.Suggestion)
	return advice
}
