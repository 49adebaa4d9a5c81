package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"joinery/app/i18n"
)

func TestUnconfirmedApplicationEnds(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	l := i18n.French
	v, reader := s.visitor(t), s.visitor(t)
	v.send(l, answerAll)
	link := s.link(t, 1)
	s.pass(waitingTTL)
	for range 2 { // before and after the sweep
		for _, path := range []string{link, link + "/not-mine"} {
			reader.open(path)
			reader.want(http.StatusGone, i18n.T(l, "link.gone.title"))
		}
		v.open("/fr/apply/sent")
		v.want(http.StatusOK, i18n.T(l, "sent.expired.title"))
		if v.open("/fr/apply"); v.page.url.Path != "/fr/apply/about" || len(v.page.notes()) > 0 {
			t.Errorf("applying anew begins at %s, %q", v.page.url.Path, v.page.notes())
		}
		reader.post(link, nil)
		reader.want(http.StatusGone, i18n.T(l, "link.gone.title"))
		reader.post(link+"/renew", nil)
		reader.want(http.StatusGone, i18n.T(l, "link.gone.title"))
		if err := s.confirm.Expire(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := s.queue.Purge(t.Context()); err != nil { // the letters of a week ago
			t.Fatal(err)
		}
		s.pass(time.Second)
	}
	wantNoTrace(t, s)
	v.send(l, answerFirst)
}

// wantNoTrace wants no store and no log to contain anything that the applicant typed.
func wantNoTrace(t *testing.T, s *site) {
	t.Helper()
	kept := s.dump(t)
	for _, said := range []string{testWord, "Xylophone", "xample"} {
		if strings.Contains(kept, said) {
			t.Errorf("%q is still kept:\n%s", said, kept)
		}
	}
}

func TestWithdrawEndsTheApplication(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	l := i18n.English
	v, reader := s.visitor(t), s.visitor(t)
	v.send(l, answerFirst)
	link := s.link(t, 1)
	reader.open(link)
	reader.pressButton(i18n.T(l, "link.not_mine"))
	reader.want(http.StatusOK, i18n.T(l, "not_mine.title"))
	f := reader.form("")
	reader.press(f, "")
	s.applyChoices(t)
	reader.press(f, "")
	reader.want(http.StatusGone, i18n.T(l, "link.withdrawn.title"))
	v.open(link)
	v.want(http.StatusGone, i18n.T(l, "link.withdrawn.title"))
	v.post(link, nil)
	v.post(link+"/renew", nil)
	v.want(http.StatusGone, i18n.T(l, "link.withdrawn.title"))
	v.open("/en/apply/sent")
	v.want(http.StatusOK, i18n.T(l, "sent.withdrawn.title"))
	v.post("/en/apply/sent/again", nil)
	v.want(http.StatusOK, i18n.T(l, "sent.withdrawn.title"))
	if letters, members := s.letters(t), s.allMembers(t); len(letters) != 1 || len(members) > 0 {
		t.Errorf("there are %d letters and %d members, want 1 and none", len(letters), len(members))
	}
	s.pass(8 * 24 * time.Hour)
	if err := s.queue.Purge(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantNoTrace(t, s)
}

// TestWithdrawLeavesMembersAlone presses the button of a page that was opened before
// the address was confirmed.
func TestWithdrawLeavesMembersAlone(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	l := i18n.English
	v := s.visitor(t)
	v.send(l, answerFirst)
	link := s.link(t, 1)
	reader := s.visitor(t)
	reader.open(link + "/not-mine")
	f := reader.form("")
	v.open(link)
	reader.press(f, "")
	reader.want(http.StatusOK, i18n.T(l, "link.used.title"))
	if members := s.allMembers(t); len(members) != 1 {
		t.Errorf("there are %d members, want 1", len(members))
	}
}
