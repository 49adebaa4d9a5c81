package web

import (
	"net/url"
	"strconv"

	"joinery/app/i18n"
)

// A languageSwitch is a form in the place of the link to the other language, on a page
// that answers a post. The page comes back in that language with what was typed and with
// its problem. See partials/language_switch.html.
type languageSwitch struct {
	Action string
	Fields []hiddenField
}

// switchByPost returns the switch on a page in l to the same path in the other language,
// with pairs of a field and its value.
func switchByPost(l i18n.Lang, path string, pairs ...string) *languageSwitch {
	s := &languageSwitch{Action: localPath(l.Other(), path)}
	for i := 0; i < len(pairs); i += 2 {
		s.Fields = append(s.Fields, hiddenField{pairs[i], pairs[i+1]})
	}
	return s
}

// The fields with which a languageSwitch carries the problem with a code. A code is not
// checked again: that could cost an attempt.
const (
	problemField = "wrong"
	leftField    = "left"
)

// switchedProblem returns the problem with a code, and the number of attempts left, that
// a posted languageSwitch carries, and whether it is one.
func switchedProblem(posted url.Values) (problem string, left int, ok bool) {
	_, switching := readAction(posted).language()
	left, _ = strconv.Atoi(posted.Get(leftField))
	return posted.Get(problemField), min(max(left, 0), 9), switching && posted.Has(problemField)
}
