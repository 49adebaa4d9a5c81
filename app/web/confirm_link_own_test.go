package web

import (
	"net/http"
	"net/url"
	"testing"

	"joinery/app/i18n"
)

func TestTheApplicantsOwnBrowserConfirmsAtOnce(t *testing.T) {
	t.Parallel()
	l := i18n.English
	for name, before := range map[string]func(v *visitor){
		"nothing":   func(*visitor) {},
		"a scanner": func(v *visitor) { v.pressBothChoices(l, v.page.url.Path) },
		"wrong codes": func(v *visitor) {
			v.pressBothChoices(l, v.page.url.Path)
			v.enterLinkCode("", "AAAAAA", "AAAAAA", "AAAAAA", "AAAAAA", "AAAAAA")
			v.want(http.StatusOK, i18n.T(l, "link.spent.title"))
		},
		"a press that does not count yet": func(v *visitor) { v.pressButton(i18n.T(l, "link.confirm")) },
	} {
		s := newSite(t, settings{})
		owner, other := s.visitor(t), s.visitor(t)
		owner.send(l, answerFirst)
		link := s.link(t, 1)
		other.open(link)
		before(other)
		owner.request(http.MethodHead, link, nil)
		if members := s.allMembers(t); len(members) > 0 {
			t.Errorf("after %s HEAD confirms", name)
		}
		owner.open(link)
		owner.want(http.StatusOK, i18n.T(l, "link.used.title"))
		if members := s.allMembers(t); len(members) != 1 {
			t.Errorf("after %s there are %d members, want 1", name, len(members))
		}
	}
}

// TestYesInTheApplicantsOwnBrowserCountsAtOnce holds for every value of the token.
func TestYesInTheApplicantsOwnBrowserCountsAtOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	v := s.visitor(t)
	v.send(i18n.English, answerFirst)
	v.post(s.link(t, 1), url.Values{"choice": {"yes"}})
	v.want(http.StatusOK, i18n.T(i18n.English, "link.used.title"))
	if members := s.allMembers(t); len(members) != 1 {
		t.Errorf("there are %d members, want 1", len(members))
	}
}
