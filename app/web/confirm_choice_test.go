package web

import (
	"fmt"
	"net/http"
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
