package web

import (
	"strings"
	"testing"
	"time"

	"joinery/app/i18n"
)

// TestLandingShowsTheStateOfTheApplication opens the landing page in a browser with
// nothing, with a draft, and with an application that waits.
func TestLandingShowsTheStateOfTheApplication(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		newcomer, applicant, submitter := s.visitor(t), s.visitor(t), s.visitor(t)
		applicant.saveFirstSection(l)
		submitter.send(l, answerFirst)
		saved := s.now()
		s.pass(time.Hour)
		home := "/" + string(l)
		tests := []struct {
			by           *visitor
			call         string
			lost, delete string // the targets of the secondary links
			draft        bool
		}{
			{newcomer, "landing.start", home + "/resume", "", false},
			{applicant, "landing.continue", "", home + "/apply/delete", true},
			{submitter, "landing.look", "", "", false},
		}
		for _, tt := range tests {
			p := tt.by.open(home)
			if p.link(i18n.T(l, tt.call)) != home+"/apply" {
				t.Errorf("no link %q leads on", i18n.T(l, tt.call))
			}
			if lost, del := p.link(i18n.T(l, "landing.lost")), p.link(i18n.T(l, "draft.delete")); lost != tt.lost || del != tt.delete {
				t.Errorf("the quiet links lead to %q and %q, want %q and %q", lost, del, tt.lost, tt.delete)
			}
			if pitch := strings.Contains(p.text(), i18n.T(l, "landing.lead")); pitch != (tt.by == newcomer) {
				t.Errorf("that %q comes after an introduction is %t", i18n.T(l, tt.call), pitch)
			}
			if asked := strings.Contains(p.text(), i18n.T(l, "landing.ready.title")); asked != (tt.by != submitter) {
				t.Errorf("that the page of %q ends in an invitation is %t", i18n.T(l, tt.call), asked)
			}
			draft := i18n.T(l, "landing.draft", i18n.When(l, saved.In(time.Local), s.now()), i18n.Until(l, saved.Add(draftTTL).In(time.Local), s.now()))
			if strings.Contains(p.text(), draft) != tt.draft {
				t.Errorf("that it says %q is not %t: %s", draft, tt.draft, p.text())
			}
		}
	}
}

// TestLandingIsShort counts the words of the landing page, its header and its footer.
func TestLandingIsShort(t *testing.T) {
	t.Parallel()
	v := newSite(t, settings{}).visitor(t)
	for l, most := range map[i18n.Lang]int{i18n.English: 330, i18n.French: 380} {
		if words := strings.Fields(v.open(localPath(l, "")).text()); len(words) > most {
			t.Errorf("the landing page has %d words in %s, more than %d", len(words), l, most)
		}
	}
}

// TestAddressOfTheOrganizationStandsWhereItIsLookedFor wants the postal address at the end
// of the landing page and of the privacy notice, and not at the end of each page of the
// form, which is to be short.
func TestAddressOfTheOrganizationStandsWhereItIsLookedFor(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	v, address := s.visitor(t), strings.Join(strings.Fields(s.server.Address), " ")
	for page, want := range map[string]bool{"": true, "/privacy": true, "/apply/about": false, "/resume": false} {
		if found := strings.Contains(v.open("/en"+page).text(), address); found != want {
			t.Errorf("that %q has the address %q is %t", page, address, found)
		}
	}
}

// TestTheLandingPageOfNewcomersTellsNothingOfOthers though it is made once for all of them.
func TestTheLandingPageOfNewcomersTellsNothingOfOthers(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	applicant := s.visitor(t)
	first := s.visitor(t).open("/fr").body
	applicant.saveFirstSection(i18n.French)
	if own := applicant.open("/fr").body; own == first || !strings.Contains(own, "/fr/apply/delete") {
		t.Error("the page of an applicant is that of a newcomer")
	}
	for _, path := range []string{"/fr", "/en", "/fr"} {
		page := s.visitor(t).open(path).body
		if (page == first) != (path == "/fr") || strings.Contains(page, "/apply/delete") {
			t.Errorf("the page of another newcomer at %s is not the one of before in its language", path)
		}
	}
}
