package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"joinery/app/i18n"
)

func TestSendAgainReplacesTheLink(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	l := i18n.French
	v, reader := s.visitor(t), s.visitor(t)
	v.send(l, first)
	old := s.link(t, 1)
	s.pass(time.Minute)
	v.pressOnly(i18n.T(l, "sent.again"))
	v.want(http.StatusOK, i18n.T(l, "sent.waiting.title"))
	v.wantNote(l, "note.again")
	fresh := s.link(t, 2)

	for _, by := range []*visitor{reader, v} { // also the applicant's own browser
		by.open(old)
		by.want(http.StatusOK, i18n.T(l, "link.superseded.title"))
	}
	if members := s.everyone(t); len(members) > 0 {
		t.Fatalf("an old link has made %v", members)
	}
	s.pass(time.Minute)
	reader.open(old)
	reader.pressOnly(i18n.T(l, "link.renew"))
	reader.wantNote(l, "note.again")
	newest := s.link(t, 3)
	reader.open(fresh)
	reader.want(http.StatusOK, i18n.T(l, "link.superseded.title"))
	reader.open(newest)
	reader.pressOnly(i18n.T(l, "link.confirm"))
	for _, link := range []string{old, fresh, newest} {
		reader.open(link)
		reader.want(http.StatusOK, i18n.T(l, "link.used.title"))
	}
}

func TestBudgetBoundsMailToOneAddress(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	l := i18n.English
	v, reader := s.visitor(t), s.visitor(t)
	v.send(l, first)
	for range s.join.PerAddress.Max - 1 {
		s.pass(time.Minute)
		v.pressOnly(i18n.T(l, "sent.again"))
		v.wantNote(l, "note.again")
	}
	last := s.link(t, 3)
	before := s.dump(t)
	for range 2 {
		v.pressOnly(i18n.T(l, "sent.again"))
		v.want(http.StatusOK, i18n.T(l, "sent.waiting.title"))
		v.wantNote(l, "note.budget")
	}
	if after := s.dump(t); after != before {
		t.Errorf("beyond the budget something was written:\n%s", after)
	}
	s.pass(linkTTL)
	reader.open(last)
	reader.want(http.StatusOK, i18n.T(l, "link.late.title"))
	reader.pressOnly(i18n.T(l, "link.renew")) // the hour is over
	reader.wantNote(l, "note.again")
	s.link(t, 4)
}

func TestExpiredLinkCanBeRenewed(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	l := i18n.English
	v, reader := s.visitor(t), s.visitor(t)
	v.send(l, first)
	old := s.link(t, 1)
	s.pass(linkTTL - time.Second)
	reader.open(old)
	reader.want(http.StatusOK, i18n.T(l, "link.open.title"))
	press := reader.form("")
	s.pass(time.Second)
	reader.press(press, "") // too late by a second
	reader.want(http.StatusOK, i18n.T(l, "link.late.title"))
	v.open(old)
	v.want(http.StatusOK, i18n.T(l, "link.late.title"))
	if members := s.everyone(t); len(members) > 0 {
		t.Fatalf("an expired link has made %v", members)
	}
	reader.pressOnly(i18n.T(l, "link.renew"))
	reader.wantNote(l, "note.again")
	reader.open(s.link(t, 2))
	reader.pressOnly(i18n.T(l, "link.confirm"))
	reader.want(http.StatusOK, i18n.T(l, "link.used.title"))
	if members := s.everyone(t); len(members) != 1 {
		t.Errorf("there are %d members, want 1", len(members))
	}
}

func TestUnconfirmedApplicationEnds(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	l := i18n.French
	v, reader := s.visitor(t), s.visitor(t)
	v.send(l, everything)
	link := s.link(t, 1)
	s.pass(waitingTTL)
	for range 2 { // before the sweep and after
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
		if err := s.join.Expire(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := s.queue.Purge(t.Context()); err != nil { // what was delivered a week ago
			t.Fatal(err)
		}
		s.pass(time.Second)
	}
	wantForgotten(t, s)
	v.send(l, first)
}

// wantForgotten wants nothing left of what somebody said.
func wantForgotten(t *testing.T, s *site) {
	t.Helper()
	kept := s.dump(t)
	for _, said := range []string{aWord, "Xylophone", "xample"} {
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
	v.send(l, first)
	link := s.link(t, 1)
	reader.open(link)
	reader.open(reader.page.link(i18n.T(l, "link.not_mine")))
	reader.want(http.StatusOK, i18n.T(l, "not_mine.title"))
	f := reader.form("")
	for range 2 {
		reader.press(f, "")
		reader.want(http.StatusGone, i18n.T(l, "link.withdrawn.title"))
	}
	v.open(link)
	v.want(http.StatusGone, i18n.T(l, "link.withdrawn.title"))
	v.post(link, nil)
	v.post(link+"/renew", nil)
	v.want(http.StatusGone, i18n.T(l, "link.withdrawn.title"))
	v.open("/en/apply/sent")
	v.want(http.StatusOK, i18n.T(l, "sent.withdrawn.title"))
	v.post("/en/apply/sent/again", nil)
	v.want(http.StatusOK, i18n.T(l, "sent.withdrawn.title"))
	if letters, members := s.letters(t), s.everyone(t); len(letters) != 1 || len(members) > 0 {
		t.Errorf("there are %d letters and %d members, want 1 and none", len(letters), len(members))
	}
	s.pass(8 * 24 * time.Hour)
	if err := s.queue.Purge(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantForgotten(t, s)
}

// TestWithdrawLeavesMembersAlone presses the button of a page that was opened
// before the address was confirmed.
func TestWithdrawLeavesMembersAlone(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	l := i18n.English
	v := s.visitor(t)
	v.send(l, first)
	link := s.link(t, 1)
	reader := s.visitor(t)
	reader.open(link + "/not-mine")
	f := reader.form("")
	v.open(link)
	reader.press(f, "")
	reader.want(http.StatusOK, i18n.T(l, "link.used.title"))
	if members := s.everyone(t); len(members) != 1 {
		t.Errorf("there are %d members, want 1", len(members))
	}
}

func TestCorrectingReplacesTheApplication(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	l := i18n.French
	v, reader := s.visitor(t), s.visitor(t)
	said := v.send(l, first)
	old := s.link(t, 1)
	v.pressOnly(i18n.T(l, "sent.correct"))
	v.want(http.StatusOK, i18n.T(l, "check.title"))
	v.wantNote(l, "note.correct")
	reader.open(old) // still good
	reader.want(http.StatusOK, i18n.T(l, "link.open.title"))

	v.pressOnly(v.changes()[0])
	f := v.form("")
	for _, c := range f.controls {
		if !slices.Equal(c.values, said[c.name]) && c.kind != "hidden" {
			t.Errorf("%s has come back as %q, want %q", c.name, c.values, said[c.name])
		}
	}
	f.set("email", "right@hospital.example")
	v.press(f, "")
	send := v.form(i18n.T(l, "check.send"))
	if given := send.control("given").values; len(given) > 0 {
		t.Errorf("consents are ticked beforehand: %q", given)
	}
	send.fill(first)
	s.pass(time.Minute)
	v.press(send, i18n.T(l, "check.send"))
	v.want(http.StatusOK, i18n.T(l, "sent.waiting.title"))

	fresh := s.link(t, 2)
	if to := s.letters(t)[0].To; to != "right@hospital.example" {
		t.Errorf("the letter went to %s", to)
	}
	reader.open(old)
	reader.want(http.StatusGone, i18n.T(l, "link.replaced.title"))
	reader.open(fresh)
	reader.pressOnly(i18n.T(l, "link.confirm"))
	members := s.everyone(t)
	if len(members) != 1 || members[0].Email != "right@hospital.example" {
		t.Errorf("the members are %+v, want one, at the right address", members)
	}
}
