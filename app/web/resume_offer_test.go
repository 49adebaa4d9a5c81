package web

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"joinery/app/i18n"
)

// wantDraftChoice wants a page that describes two drafts without any answer.
func (v *visitor) wantDraftChoice(l i18n.Lang, saved ...time.Time) {
	v.t.Helper()
	v.want(http.StatusOK, i18n.T(l, "resume.choose.title"))
	words := v.page.text()
	for _, at := range saved {
		for _, want := range []string{i18n.When(l, at.In(time.Local), v.site.now()), i18n.Until(l, at.Add(draftTTL).In(time.Local), v.site.now())} {
			if !strings.Contains(words, want) {
				v.t.Errorf("the page does not say %q: %s", want, words)
			}
		}
	}
	if strings.Contains(words, "Ada") || strings.Contains(words, "Bob") || strings.Contains(words, "hospital") {
		v.t.Errorf("the page shows answers: %s", words)
	}
}

func TestOtherDraftIsNamedAndKept(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		ada := s.visitorWithDraft(t, l, "Ada")
		first := s.now()
		s.pass(26 * time.Hour)
		bob := s.visitorWithDraft(t, l, "Bob")
		second := s.now()
		s.pass(time.Hour)
		link := s.requestedLink(t, l, "Ada", 1)

		bob.open(link)
		bob.wantDraftChoice(l, first, second)
		before := s.dump(t)
		bob.open(bob.page.link(i18n.T(l, "resume.here.keep")))
		bob.wantDraft(l, "Bob")
		if after := s.dump(t); after != before {
			t.Errorf("keeping the one in this browser has written\n%s", after)
		}
		bob.open(link)
		bob.pressButton(i18n.T(l, "resume.message.take"))
		bob.wantDraft(l, "Ada")
		ada.wantClosed(l)

		s.pass(time.Minute)
		back := s.visitor(t) // the other draft is complete
		back.open(s.requestedLink(t, l, "Bob", 2))
		back.pressButton(i18n.T(l, "landing.continue"))
		back.wantDraft(l, "Bob")
	}
}

// TestDraftBegunMeanwhileIsNotReplaced presses the button of a page that was opened
// before this browser had a draft.
func TestDraftBegunMeanwhileIsNotReplaced(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		s.visitorWithDraft(t, l, "Ada")
		first := s.now()
		link := s.requestedLink(t, l, "Ada", 1)
		v := s.visitor(t)
		v.open(link)
		page, f := v.page, v.form("")
		s.pass(time.Hour)
		v.saveDraft(l, "Bob")
		v.page = page
		v.press(f, "")
		v.wantDraftChoice(l, first, s.now())
		stale := v.form(i18n.T(l, "resume.message.take"))
		v.wantDraft(l, "Bob")
		f.set("other", "AAAAAAAA")
		v.press(f, "")
		v.wantDraftChoice(l, first, s.now())
		for range 2 { // the second time, the browser holds the draft already
			v.press(stale, "")
			v.wantDraft(l, "Ada")
		}
	}
}

// TestASubmittedApplicationIsNoOtherDraft opens a link in a browser that has submitted
// an application.
func TestASubmittedApplicationIsNoOtherDraft(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	l := i18n.English
	s.visitorWithDraft(t, l, "Ada")
	link := s.requestedLink(t, l, "Ada", 1)
	v := s.visitor(t)
	v.send(l, answerFirst)
	v.open(link)
	v.want(http.StatusOK, i18n.T(l, "resume.open.title"))
	v.pressButton("")
	v.wantDraft(l, "Ada")
	s.pass(time.Minute)
	if letters := s.letters(t); len(letters) != 2 {
		t.Errorf("there are %d letters, want the link and the one about the application", len(letters))
	}
}

// TestADoublePressEntersTwice wants both posts of one button to succeed, because a
// browser shows the answer to the second.
func TestADoublePressEntersTwice(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		s.visitorWithDraft(t, l, "Ada")
		link := s.requestedLink(t, l, "Ada", 1)
		v := s.visitor(t)
		v.open(link)
		f := v.form("")
		for range 2 {
			by := s.visitor(t) // as before the first answer arrives
			by.page = v.page
			by.press(f, "")
			by.wantDraft(l, "Ada")
		}
		late := s.visitor(t)
		late.page = v.page
		f.set("press", "another")
		late.press(f, "")
		late.want(http.StatusOK, i18n.T(l, "resume.used.title"))
		late.post(link, nil)
		late.want(http.StatusOK, i18n.T(l, "resume.used.title"))
	}
}

func TestALinkAdmitsOneOfManyBrowsers(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	s.visitorWithDraft(t, i18n.English, "Ada")
	link := s.requestedLink(t, i18n.English, "Ada", 1)
	var wait sync.WaitGroup
	var all []*visitor
	for range 20 {
		v := s.visitor(t)
		v.open(link)
		all = append(all, v)
		f := v.form("")
		wait.Go(func() { v.press(f, "") })
	}
	wait.Wait()
	in := 0
	for _, v := range all {
		if v.cookie() != "" {
			in++
		}
	}
	if in != 1 {
		t.Errorf("%d browsers were let in, want 1", in)
	}
}

// TestPostsWithoutASubmissionIDAreSeparate wants a link to work in one browser only,
// also for programs that post without the hidden fields.
func TestPostsWithoutASubmissionIDAreSeparate(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	s.visitorWithDraft(t, i18n.English, "Ada")
	link := s.requestedLink(t, i18n.English, "Ada", 1)
	once, twice := s.visitor(t), s.visitor(t)
	once.post(link, nil)
	once.wantDraft(i18n.English, "Ada")
	twice.post(link, nil)
	twice.want(http.StatusOK, i18n.T(i18n.English, "resume.used.title"))
}
