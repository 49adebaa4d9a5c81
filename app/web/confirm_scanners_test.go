package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"joinery/app/confirm"
	"joinery/app/i18n"
)

// A scanner is a program that checks mail: it opens links without the cookie of the
// applicant, and presses all the buttons that it finds.
type scanner struct {
	*visitor
	link     string
	backward bool // it presses the last button of a page first
	reopens  bool // it opens the link again before each press, or else stays on the page that follows
	pressed  map[string]bool
}

// scan opens the link and all that is under it, and presses until there is
// nothing new.
func (m *scanner) scan() {
	m.t.Helper()
	m.pressed = make(map[string]bool)
	for range 20 {
		if !m.pressNewButton() && !m.pressNewButton(m.link) && !m.pressNewButton(m.link+"/not-mine") {
			return
		}
		if m.reopens {
			m.open(m.link)
		}
	}
	m.t.Fatal("it finds buttons on and on")
}

// pressNewButton presses a button for the first time, on the current page or on
// another one.
func (m *scanner) pressNewButton(at ...string) bool {
	m.t.Helper()
	for _, address := range at {
		m.open(address)
	}
	if m.page == nil {
		return false
	}
	for _, f := range m.page.forms() {
		buttons := slices.Clone(f.buttons)
		if m.backward {
			slices.Reverse(buttons)
		}
		for _, b := range buttons {
			if name := f.action + " " + text(b); !m.pressed[name] {
				m.pressed[name] = true
				m.press(f, text(b))
				return true
			}
		}
	}
	return false
}

// forEachScanner runs a subtest with each kind of scanner.
func forEachScanner(t *testing.T, do func(t *testing.T, s *site, scans func(link string))) {
	for _, backward := range []bool{false, true} {
		for _, returns := range []bool{false, true} {
			t.Run(fmt.Sprintf("backward %v, returns %v", backward, returns), func(t *testing.T) {
				t.Parallel()
				s := newSite(t, settings{})
				do(t, s, func(link string) {
					t.Helper()
					m := scanner{visitor: s.visitor(t), link: link, backward: backward, reopens: returns}
					m.scan()
					if len(m.pressed) < 1 {
						t.Fatal("it has pressed nothing")
					}
				})
			})
		}
	}
}

func TestScannersNeitherConfirmNorEndAnApplication(t *testing.T) {
	t.Parallel()
	l := i18n.English
	forEachScanner(t, func(t *testing.T, s *site, scans func(string)) {
		owner := s.visitor(t)
		owner.send(l, answerFirst)
		link := s.link(t, 1)
		scans(link)
		s.wantStillWaiting(t)
		scans(link) // a second time, as some scanners do
		s.wantStillWaiting(t)
		reader := s.visitor(t)
		reader.open(link)
		reader.enterLinkCode("", s.newestCode(t, l))
		reader.want(http.StatusOK, i18n.T(l, "link.used.title"))
	})
}

// TestScannersOnOldLinksEndNothing lets scanners open the links of earlier letters,
// whose pages have fewer buttons.
func TestScannersOnOldLinksEndNothing(t *testing.T) {
	t.Parallel()
	l := i18n.English
	for name, after := range map[string]time.Duration{"just superseded": time.Minute, "long superseded": time.Hour, "late": linkTTL, "late like the newest": linkTTL + time.Minute} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			forEachScanner(t, func(t *testing.T, s *site, scans func(string)) {
				owner := s.visitor(t)
				owner.send(l, answerFirst)
				old := s.link(t, 1)
				s.pass(time.Minute)
				if err := s.resendConfirmation(t.Context(), owner.cookie(), ""); err != nil {
					t.Fatal(err)
				}
				s.link(t, 2)
				s.pass(after - time.Minute)
				scans(old)
				s.wantStillWaiting(t)
				letters := len(s.letters(t))
				if wrote := letters > 2; wrote != (after > linkTTL) || letters > 3 {
					t.Errorf("there are %d letters: a fresh one only takes the place of one that works no more", letters)
				}
				reader := s.visitor(t)
				reader.open(s.link(t, letters))
				reader.pressButton(i18n.T(l, "link.confirm"))
				s.applyChoices(t)
				if members := s.allMembers(t); len(members) != 1 {
					t.Errorf("the newest link has made %d members, want 1", len(members))
				}
			})
		})
	}
}

// TestOpeningALinkChangesNothing opens a link in every way but a press.
func TestOpeningALinkChangesNothing(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	link, reader := s.openMailedLink(t, i18n.English)
	pages := []string{link, link + "/not-mine", link + "/code", link + "/renew", link + "?at=1&choice=yes", strings.Replace(link, "/en/", "/fr/", 1)}
	read := func(standing confirm.LinkStatus) {
		t.Helper()
		before := s.dump(t)
		for _, page := range pages {
			reader.request(http.MethodHead, page, nil)
			for range 5 {
				reader.request(http.MethodGet, page, url.Values{"choice": {"yes"}})
			}
			reader.htmx(http.MethodGet, page, nil)
		}
		s.pass(time.Minute)
		if err := s.confirm.ApplyPendingChoices(t.Context()); err != nil {
			t.Fatal(err)
		}
		if after := s.dump(t); after != before {
			t.Errorf("reading a link that is %s has left\n%s\nwant\n%s", standing, after, before)
		}
	}
	read(confirm.Open)
	reader.pressBothChoices(i18n.English, link)
	read(confirm.ScannerSuspected)
	s.pass(linkTTL)
	read(confirm.Late)
}

// TestLinkOpensAreCounted opens a link as scanners do, and as the applicant.
func TestLinkOpensAreCounted(t *testing.T) {
	t.Parallel()
	l := i18n.English
	s := newSite(t, settings{})
	owner := s.visitor(t)
	owner.send(l, answerFirst)
	link, reader := s.link(t, 1), s.visitor(t)
	reader.request(http.MethodHead, link, nil)
	reader.open(link)
	s.pass(time.Minute)
	reader.open(link)
	reader.open(link + "/not-mine")
	reader.open(strings.TrimSuffix(link, link[len(link)-1:]))
	reader.open(link)
	reader.pressButton(i18n.T(l, "link.confirm"))
	reader.open(link) // the page of a pending choice reloads by itself
	owner.open(link)
	reader.open(link) // the link does not exist any more
	if err := s.confirm.FlushOpens(t.Context()); err != nil {
		t.Fatal(err)
	}
	var printed strings.Builder
	if err := s.memberStore.WriteLinkOpens(t.Context(), &printed); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(printed.String(), "\n")
	if got := strings.Fields(lines[1]); !slices.Equal(got, []string{"2026-11-22", "other", "4", "1", "2"}) {
		t.Errorf("it prints\n%s\nwant 4 openings by strangers, 1 by HEAD and 2 at once", printed.String())
	}
}
