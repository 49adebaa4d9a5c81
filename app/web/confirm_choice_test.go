package web

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"joinery/app/address"
	"joinery/app/i18n"
)

// applyChoices moves the clock past the delay of a choice, and applies the pending
// choices.
func (s *site) applyChoices(t *testing.T) {
	t.Helper()
	s.pass(11 * time.Second)
	if err := s.confirm.ApplyPendingChoices(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// openMailedLink submits an application, and returns its mailed link and another
// browser.
func (s *site) openMailedLink(t *testing.T, l i18n.Lang) (link string, reader *visitor) {
	t.Helper()
	s.visitor(t).send(l, answerFirst)
	return s.link(t, 1), s.visitor(t)
}

// newestCode returns the code in the newest letter.
func (s *site) newestCode(t *testing.T, l i18n.Lang) string {
	t.Helper()
	text := s.letters(t)[0].Text
	_, rest, found := strings.Cut(text, i18n.T(l, "mail.code.label"))
	if !found {
		_, rest, found = strings.Cut(text, i18n.T(l, "mail.updated.code"))
	}
	if !found {
		t.Fatal("the newest letter has no code")
	}
	return strings.Fields(rest)[0]
}

// wantStillWaiting wants the one application to be waiting still, and no member.
func (s *site) wantStillWaiting(t *testing.T) {
	t.Helper()
	s.applyChoices(t)
	if members, kept := s.allMembers(t), s.dump(t); len(members) > 0 || !strings.Contains(kept, "'waiting'") || !strings.Contains(kept, "Xylophone") {
		t.Errorf("there are %d members, and there is\n%s\nwant an application that waits", len(members), kept)
	}
}

// TestOneChoiceIsClear also wants its opposite, which looks like a link, to be a button of
// the same form: programs that press buttons are known by pressing both.
func TestOneChoiceIsClear(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		link, reader := newSite(t, settings{}).openMailedLink(t, l)
		reader.open(link)
		reader.want(http.StatusOK, i18n.T(l, "link.open.title"))
		buttons := elements(reader.page.root, isTag("button"))
		if len(buttons) != 2 || len(reader.page.forms()) != 1 {
			t.Fatalf("there are %d buttons in %d forms, want 2 in one", len(buttons), len(reader.page.forms()))
		}
		yes, no := buttons[0], buttons[1]
		if text(yes) != i18n.T(l, "link.confirm") || text(no) != i18n.T(l, "link.not_mine") {
			t.Errorf("the choices are %q and %q", text(yes), text(no))
		}
		if attribute(yes, "class") != "primary" || attribute(no, "class") != "link" {
			t.Errorf("the choices look like %v, %v", yes.Attr, no.Attr)
		}
		if words := reader.page.text(); !strings.Contains(words, address.Masked(canonicalEmail)) {
			t.Errorf("the page does not name the address: %s", words)
		}
	}
}

func TestAcceptAloneCountsAfterSomeSeconds(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		link, reader := s.openMailedLink(t, l)
		reader.open(link)
		f := reader.form(i18n.T(l, "link.confirm"))
		for range 2 {
			reader.press(f, i18n.T(l, "link.confirm"))
			reader.want(http.StatusOK, i18n.T(l, "link.confirming.title"))
		}
		if !strings.Contains(reader.page.body, `<noscript><meta http-equiv="refresh" content="13; url=`+link[len(s.url):]+`?at=`) || s.url+reader.page.url.Path != link {
			t.Errorf("at %s the page does not come again by itself", reader.page.url)
		}
		s.pass(time.Second)
		if err := s.confirm.ApplyPendingChoices(t.Context()); err != nil || len(s.allMembers(t)) > 0 {
			t.Fatalf("it counts too soon (%v)", err)
		}
		s.applyChoices(t)
		reader.open(link)
		reader.want(http.StatusOK, i18n.T(l, "link.used.title"))
		if strings.Contains(reader.page.body, "refresh") || len(reader.page.forms()) > 0 || len(s.allMembers(t)) != 1 {
			t.Errorf("there are %d members, and the page goes on:\n%s", len(s.allMembers(t)), reader.page.body)
		}
	}
}

func TestDeclineAloneCountsAfterSomeSeconds(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		link, reader := s.openMailedLink(t, l)
		reader.open(link)
		reader.pressButton(i18n.T(l, "link.not_mine"))
		reader.want(http.StatusOK, i18n.T(l, "not_mine.title"))
		if back := reader.page.link(i18n.T(l, "not_mine.keep")); s.url+back != link {
			t.Errorf("the way back leads to %q", back)
		}
		f := reader.form(i18n.T(l, "not_mine.delete"))
		for range 2 {
			reader.press(f, i18n.T(l, "not_mine.delete"))
			reader.want(http.StatusOK, i18n.T(l, "link.ending.title"))
		}
		if s.url+reader.page.url.Path != link || !strings.Contains(s.dump(t), "Xylophone") {
			t.Errorf("at %s the application has ended too soon", reader.page.url)
		}
		s.applyChoices(t)
		reader.open(link)
		reader.want(http.StatusGone, i18n.T(l, "link.withdrawn.title"))
		if len(s.allMembers(t)) > 0 || len(s.letters(t)) != 1 {
			t.Errorf("there are %d members and %d letters, want none and the first", len(s.allMembers(t)), len(s.letters(t)))
		}
	}
}

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

// TestTheBarRunsAsLongAsAChoiceWaits wants it to end when the page goes on.
func TestTheBarRunsAsLongAsAChoiceWaits(t *testing.T) {
	t.Parallel()
	link, reader := newSite(t, settings{}).openMailedLink(t, i18n.English)
	reader.open(link)
	reader.pressButton(i18n.T(i18n.English, "link.confirm"))
	sheet, err := os.ReadFile("../../static/joinery.css")
	if err != nil {
		t.Fatal(err)
	}
	if len(elements(reader.page.root, hasClass("running"))) != 1 || !strings.Contains(string(sheet), fmt.Sprintf("animation: run %ds linear", pendingSeconds)) {
		t.Errorf("the page has no bar of %d seconds: %s", pendingSeconds, reader.page.body)
	}
}
