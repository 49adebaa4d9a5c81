package web

import (
	"net/url"
	"strings"

	"joinery/app/i18n"
)

// An action is what the pressed button of a form wants: the value of the field
// "do". A language wants the same page in that language. The empty action is that
// of the first button, which goes on.
type action string

// The actions that stand alone.
const (
	goOn          action = ""
	saveForLater  action = "later"
	handOff       action = "phone"
	acceptPrefix         = "accept:" // follow the advice on the address in a field, whose key comes behind it
	changePrefix         = "change:" // change the answers to a section, whose key comes behind it
	actionField          = "do"
	submissionID         = "press"   // the field that names a showing of a page, so that a button pressed twice acts once
	versionField         = "version" // the field that says what a page was made from
	snapshotField        = "again"   // the same, of the page before a page about a conflict
)

func readAction(posted url.Values) action { return action(posted.Get(actionField)) }

// language returns the language that the page is wanted in, and whether one is.
func (a action) language() (i18n.Lang, bool) { return i18n.Parse(string(a)) }

// accepts returns the key of the field whose advice is to be followed, and
// whether there is one.
func (a action) accepts() (key string, ok bool) { return strings.CutPrefix(string(a), acceptPrefix) }

// changes returns the key of the section that is to be changed, and whether there
// is one.
func (a action) changes() (key string, ok bool) { return strings.CutPrefix(string(a), changePrefix) }
