package web

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"joinery/app/i18n"
)

// TestOppositeChoicesWithinSecondsSuspectAScanner presses opposite buttons, on pages
// that were open before or follow each other.
func TestOppositeChoicesWithinSecondsSuspectAScanner(t *testing.T) {
	t.Parallel()
	l := i18n.English
	yes, no, sure, keep := i18n.T(l, "link.confirm"), i18n.T(l, "link.not_mine"), i18n.T(l, "not_mine.delete"), i18n.T(l, "link.keep")
	tests := []struct {
		name string
		do   func(v *visitor, open, notMine *htmlForm)
	}{
		{"yes, then no", func(v *visitor, open, _ *htmlForm) { v.press(open, yes); v.press(open, no) }},
		{"no, then yes", func(v *visitor, open, _ *htmlForm) { v.press(open, no); v.press(open, yes) }},
		{"yes, then delete", func(v *visitor, open, notMine *htmlForm) { v.press(open, yes); v.press(notMine, sure) }},
		{"delete, then yes", func(v *visitor, open, notMine *htmlForm) { v.press(notMine, sure); v.press(open, yes) }},
		{"yes, then what the next page has", func(v *visitor, open, _ *htmlForm) { v.press(open, yes); v.pressButton(no) }},
		{"no, delete, then what the next page has", func(v *visitor, open, _ *htmlForm) { v.press(open, no); v.pressButton(sure); v.pressButton(keep) }},
		{"no, delete, then yes", func(v *visitor, open, _ *htmlForm) { v.press(open, no); v.pressButton(sure); v.press(open, yes) }},
		{"all at once, in another order", func(v *visitor, open, notMine *htmlForm) {
			v.press(open, yes)
			v.press(notMine, sure)
			v.press(open, yes)
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, settings{})
			link, reader := s.openMailedLink(t, l)
			reader.open(link)
			open := reader.form(yes)
			reader.open(link + "/not-mine")
			tt.do(reader, open, reader.form(sure))
			s.wantStillWaiting(t)
			reader.press(open, yes) // without effect, and so is the opposite choice
			reader.want(http.StatusOK, i18n.T(l, "link.doubted.title"))
			s.wantStillWaiting(t)
			reader.press(open, no)
			reader.want(http.StatusOK, i18n.T(l, "not_mine.title"))
			s.wantStillWaiting(t)
			reader.open(link)
			reader.enterLinkCode(i18n.T(l, "link.code.confirm"), s.newestCode(t, l))
			reader.want(http.StatusOK, i18n.T(l, "link.used.title"))
			if members := s.allMembers(t); len(members) != 1 {
				t.Errorf("there are %d members, want 1", len(members))
			}
		})
	}
}

// TestChoicesWithinASecondCountForNothing presses every button as soon as its page is
// open.
func TestChoicesWithinASecondCountForNothing(t *testing.T) {
	t.Parallel()
	l := i18n.French
	for button, want := range map[string]string{"link.confirm": "link.doubted.title", "link.not_mine": "link.doubted.title", "not_mine.delete": "not_mine.title"} {
		s := newSite(t, settings{})
		link, reader := s.openMailedLink(t, l)
		reader.open(link)
		if button == "not_mine.delete" {
			reader.open(link + "/not-mine")
		}
		f := reader.form(i18n.T(l, button))
		s.pass(999 * time.Millisecond)
		reader.post(f.action, f.values(f.button(i18n.T(l, button))))
		reader.want(http.StatusOK, i18n.T(l, want))
		if len(reader.page.forms()) != 1 || reader.form("").control("code") == nil {
			t.Errorf("%s: the page does not ask for the code: %s", button, reader.page.text())
		}
		s.wantStillWaiting(t)
	}
}

// TestADoubleClickOnAcceptAsksForTheCode also shows that the second click does not
// lead to the question about deleting.
func TestADoubleClickOnAcceptAsksForTheCode(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		link, reader := s.openMailedLink(t, l)
		reader.open(link)
		reader.pressButton(i18n.T(l, "link.confirm"))
		f := reader.form(i18n.T(l, "link.not_mine"))
		reader.post(f.action, f.values(f.button(i18n.T(l, "link.not_mine"))))
		reader.want(http.StatusOK, i18n.T(l, "link.doubted.title"))
		if s.url+reader.page.url.Path != link {
			t.Errorf("it leads to %s", reader.page.url)
		}
		reader.enterLinkCode(i18n.T(l, "link.code.confirm"), s.newestCode(t, l))
		reader.want(http.StatusOK, i18n.T(l, "link.used.title"))
	}
}

// TestAChoiceOnAPageWithoutAKnownAgeCountsForNothing wants a page that asks for
// another press, also for a form without a token.
func TestAChoiceOnAPageWithoutAKnownAgeCountsForNothing(t *testing.T) {
	t.Parallel()
	l := i18n.French
	for _, token := range []string{"", "1.2", tokenKey("another key").token(time.Date(2026, time.November, 22, 15, 0, 0, 0, time.UTC))} {
		s := newSite(t, settings{})
		link, reader := s.openMailedLink(t, l)
		before := s.dump(t)
		for _, path := range []string{"", "/not-mine", "/renew"} {
			for _, choice := range []string{"yes", "no", "maybe", ""} {
				reader.post(link+path, url.Values{"choice": {choice}, tokenField: {token}})
				asked := path != "" || choice == "yes" || choice == "no"
				if asked {
					reader.wantNote(l, "note.once_more")
				}
				if heading := reader.page.h1(); heading != i18n.T(l, "link.open.title") && (path != "/not-mine" || heading != i18n.T(l, "not_mine.title")) {
					t.Errorf("%q on %q leads to %q", choice, path, heading)
				}
			}
		}
		s.pass(time.Minute)
		if after := s.dump(t); after != before {
			t.Errorf("with the token %q something was noted:\n%s", token, after)
		}
		reader.open(link)
		reader.pressButton(i18n.T(l, "link.confirm"))
		reader.want(http.StatusOK, i18n.T(l, "link.confirming.title"))
	}
}
