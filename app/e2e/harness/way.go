//go:build e2e

package harness

import (
	"testing"

	"joinery/app/i18n"
)

// A Way is in which language, and with or without JavaScript, a person uses the
// site.
type Way struct {
	Name   string
	Lang   i18n.Lang
	Script bool
}

// Ways are all ways, the first two with JavaScript.
var Ways = []Way{
	{"in English with JavaScript", i18n.English, true},
	{"in French with JavaScript", i18n.French, true},
	{"in English without JavaScript", i18n.English, false},
	{"in French without JavaScript", i18n.French, false},
}

// BothScripts are the ways for tests to which the language makes no difference.
var BothScripts = []Way{Ways[0], Ways[3]}

// EveryWay runs a test in each of the ways, at the same time, on the site that
// all tests of the package share. It is for tests that look at nothing but their
// own drafts.
func EveryWay(t *testing.T, ways []Way, test func(*Person)) {
	everyWay(t, ways, SharedSite, test)
}

// EveryWayAlone does the same with a site of its own for each way.
func EveryWayAlone(t *testing.T, ways []Way, test func(*Person)) {
	everyWay(t, ways, NewSite, test)
}

func everyWay(t *testing.T, ways []Way, site func(*testing.T) Settings, test func(*Person)) {
	t.Parallel()
	for _, w := range ways {
		t.Run(w.Name, func(t *testing.T) {
			t.Parallel()
			test(NewPerson(t, site(t), w))
		})
	}
}
