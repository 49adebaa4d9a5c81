package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"joinery/app/i18n"
)

// TestADraftIsKeptToTheEndOfTheNamedDay goes through that day. Then, when no whole day is
// left, the page tells the minute.
func TestADraftIsKeptToTheEndOfTheNamedDay(t *testing.T) {
	t.Parallel()
	for drafts, open := range storeOpeners {
		for _, l := range i18n.Languages {
			t.Run(drafts+" "+string(l), func(t *testing.T) {
				t.Parallel()
				s := newSite(t, settings{drafts: open})
				v := s.visitor(t)
				v.saveFirstSection(l)
				ends := s.now().Add(draftTTL).In(time.Local)
				midnight := time.Date(ends.Year(), ends.Month(), ends.Day(), 0, 0, 0, 0, time.Local)
				named := i18n.Until(l, ends, s.now())
				s.pass(midnight.Add(-time.Second).Sub(s.now()))
				v.open("/" + string(l) + "/apply/later")
				v.want(http.StatusOK, i18n.T(l, "later.title"))
				if words := v.page.text(); strings.Contains(words, named) || !strings.Contains(words, i18n.Until(l, ends, s.now())) {
					t.Errorf("a moment before the end of %s the page says %s", named, words)
				}
			})
		}
	}
}

// TestAnApplicationWaitsToTheEndOfTheNamedDay confirms it a moment before.
func TestAnApplicationWaitsToTheEndOfTheNamedDay(t *testing.T) {
	t.Parallel()
	l := i18n.French
	s := newSite(t, settings{})
	v := s.visitor(t)
	v.send(l, answerFirst)
	ends := s.now().Add(waitingTTL).In(time.Local)
	midnight := time.Date(ends.Year(), ends.Month(), ends.Day(), 0, 0, 0, 0, time.Local)
	if words := v.page.text(); !strings.Contains(words, i18n.Until(l, ends, s.now())) {
		t.Errorf("the page says %s", words)
	}
	s.pass(midnight.Add(-time.Second).Sub(s.now()))
	v.open("/fr/apply/sent")
	v.want(http.StatusOK, i18n.T(l, "sent.waiting.title"))
}
