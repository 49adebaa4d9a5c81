package web

import (
	"net/url"
	"strings"

	"joinery/app/form"
	"joinery/app/i18n"
)

// An action is the value of the field "do": what the pressed button asks for. An
// action that is a language asks for the same page in that language. The first
// button has the empty action, which continues.
type action string

// The actions that stand alone.
const (
	goOn          action = ""
	goBack        action = "back"
	saveForLater  action = "later"
	handOff       action = "phone"
	acceptPrefix         = "accept:" // before the key of a field: accept the address that its advice suggests
	changePrefix         = "change:" // before the key of a section and, after a #, that of a question: change the answer
	actionField          = "do"
	submissionID         = "press"   // the field that identifies a rendered page, so that a button pressed twice acts once
	versionField         = "version" // the field with the version from which a page was made
	snapshotField        = "again"   // the field with the version of the page that a conflict page replaced
)

func readAction(posted url.Values) action { return action(posted.Get(actionField)) }

// language returns the language that the action asks for, and whether it asks for one.
func (a action) language() (i18n.Lang, bool) { return i18n.Parse(string(a)) }

// accepts returns the key of the field whose suggestion the action accepts, and
// whether there is one.
func (a action) accepts() (key string, ok bool) { return strings.CutPrefix(string(a), acceptPrefix) }

// changes returns the keys of the section and of the question whose answer the action
// changes, and whether it changes any. A section alone has no question.
func (a action) changes() (section, question string, ok bool) {
	keys, ok := strings.CutPrefix(string(a), changePrefix)
	section, question, _ = strings.Cut(keys, "#")
	return section, question, ok
}

// changeOf returns the action that changes the answer to a question of a section.
func changeOf(section *form.Section, f *form.Field) action {
	return action(changePrefix + section.Key + "#" + f.Key)
}
