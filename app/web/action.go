package web

import (
	"net/url"
	"strings"

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
	changePrefix         = "change:" // before the key of a section: change its answers
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

// changes returns the key of the section that the action changes, and whether there
// is one.
func (a action) changes() (key string, ok bool) { return strings.CutPrefix(string(a), changePrefix) }
