package web

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"joinery/app/i18n"
	"joinery/app/mail"
)

func TestResendReplacesTheLink(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	l := i18n.French
	v, reader := s.visitor(t), s.visitor(t)
	v.send(l, answerFirst)
	old := s.link(t, 1)
	s.pass(time.Minute)
	v.open("/fr/apply/sent")
	v.pressButton(i18n.T(l, "sent.again"))
	v.want(http.StatusOK, i18n.T(l, "sent.waiting.title"))
	v.wantNote(l, "note.again")
	fresh := s.link(t, 2)

	for _, by := range []*visitor{reader, v} { // also the applicant's own browser
		by.open(old)
		by.want(http.StatusOK, i18n.T(l, "link.superseded.title"))
	}
	if members := s.allMembers(t); len(members) > 0 {
		t.Fatalf("an old link has made %v", members)
	}
	s.pass(linkTTL)
	reader.open(old)
	reader.pressButton(i18n.T(l, "link.renew"))
	reader.wantNote(l, "note.again")
	newest := s.link(t, 3)
	reader.open(fresh)
	reader.want(http.StatusOK, i18n.T(l, "link.late.title"))
	v.open(newest)
	for _, link := range []string{old, fresh, newest} {
		reader.open(link)
		reader.want(http.StatusOK, i18n.T(l, "link.used.title"))
	}
}

// TestBudgetBoundsMailToOneAddress also wants the page to say when the budget allows
// the next letter, as after any letter.
func TestBudgetBoundsMailToOneAddress(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	l := i18n.English
	v := s.visitor(t)
	v.apply(l, answerFirst)
	f := v.form("")
	f.fill(answerFirst)
	s.setClock(5, 0)
	v.press(f, "")
	for i, minute := range []int{10, 20} {
		s.link(t, i+1)
		s.setClock(minute, 0)
		v.open("/en/apply/sent")
		v.pressButton(i18n.T(l, "sent.again"))
		v.wantNote(l, "note.again")
	}
	last, again := s.link(t, 3), "/en/apply/sent/again"
	s.setClock(60, 0)
	before := s.dump(t)
	for range 2 {
		v.post(again, nil)
		v.want(http.StatusOK, i18n.T(l, "sent.waiting.title"))
		v.wantResendTime(l, timeAt(66, 0))
	}
	if after := s.dump(t); after != before {
		t.Errorf("beyond the budget something was written:\n%s", after)
	}
	s.setClock(66, 0)
	v.post(again, nil)
	v.wantNote(l, "note.again")
	s.link(t, 4)
	s.pass(linkTTL)
	v.open(last)
	v.want(http.StatusOK, i18n.T(l, "link.late.title"))
}

// TestTheSentPageSaysWhenALetterGoesOut that waits for its turn, because other applicants
// have used up the budget of the network. It goes out then.
func TestTheSentPageSaysWhenALetterGoesOut(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		s.limits.PerAddress, s.limits.PerNetwork = mail.Budget{}, mail.Budget{Max: 1, Per: time.Hour}
		s.visitor(t).send(l, answerFirst)
		room := s.now().Add(time.Hour + time.Second) // the clock stands still
		s.letters(t)
		v := s.visitor(t)
		v.trySend(l)
		v.want(http.StatusOK, i18n.T(l, "sent.waiting.title"))
		want := i18n.T(l, "sent.mail.turn", i18n.When(l, wholeMinute(room).In(time.Local), s.now()))
		if got := text(v.page.byID("delivery")); got != want {
			t.Errorf("the page says %q, want %q", got, want)
		}
		if v.page.byID("another") != nil {
			t.Error("another letter can be asked for while one waits for its turn")
		}
		if letters := s.letters(t); len(letters) != 1 {
			t.Fatalf("%d letters have come, want one", len(letters))
		}
		s.pass(room.Sub(s.now()))
		v.open(s.link(t, 2))
		v.want(http.StatusOK, i18n.T(l, "sent.confirmed.title"))
	}
}

// TestAnApplicationIsRefusedWhenTooManyLettersWait and nothing of it is lost.
func TestAnApplicationIsRefusedWhenTooManyLettersWait(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		s.limits.PerAddress, s.limits.PerNetwork = mail.Budget{}, mail.Budget{Max: 1, Per: time.Hour}
		for range 2 {
			s.visitor(t).trySend(l)
			s.letters(t)
		}
		v := s.visitor(t)
		v.trySend(l)
		v.want(http.StatusOK, i18n.T(l, "check.title"))
		v.wantNote(l, "note.crowded")
		s.pass(time.Hour + time.Minute)
		s.letters(t)
		v.pressButton(i18n.T(l, "check.send")) // the consents are still ticked
		v.want(http.StatusOK, i18n.T(l, "sent.waiting.title"))
	}
}

// trySend sends an application, which may be refused.
func (v *visitor) trySend(l i18n.Lang) {
	v.t.Helper()
	v.apply(l, answerFirst)
	f := v.form(i18n.T(l, "check.send"))
	f.fill(answerFirst)
	v.press(f, i18n.T(l, "check.send"))
}

func TestExpiredLinkCanBeRenewed(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	l := i18n.English
	v, reader := s.visitor(t), s.visitor(t)
	v.send(l, answerFirst)
	old := s.link(t, 1)
	s.pass(linkTTL - 2*time.Second)
	reader.open(old)
	reader.want(http.StatusOK, i18n.T(l, "link.open.title"))
	reader.pressButton(i18n.T(l, "link.confirm")) // late by a moment
	reader.want(http.StatusOK, i18n.T(l, "link.late.title"))
	v.open(old)
	v.want(http.StatusOK, i18n.T(l, "link.late.title"))
	s.wantStillWaiting(t)
	reader.open(old)
	reader.pressButton(i18n.T(l, "link.renew"))
	reader.wantNote(l, "note.again")
	v.open(s.link(t, 2))
	v.want(http.StatusOK, i18n.T(l, "link.used.title"))
	if members := s.allMembers(t); len(members) != 1 {
		t.Errorf("there are %d members, want 1", len(members))
	}
}

func TestCorrectingReplacesTheApplication(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	l := i18n.French
	v, reader := s.visitor(t), s.visitor(t)
	said := v.send(l, answerFirst)
	old := s.link(t, 1)
	v.pressButton(i18n.T(l, "sent.correct"))
	v.want(http.StatusOK, i18n.T(l, "check.title"))
	v.wantNote(l, "note.correct")
	reader.open(old) // still valid
	reader.want(http.StatusOK, i18n.T(l, "link.open.title"))

	v.pressButton(v.changeButton("email"))
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
	send.fill(answerFirst)
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
	reader.pressButton(i18n.T(l, "link.confirm"))
	s.applyChoices(t)
	members := s.allMembers(t)
	if len(members) != 1 || members[0].Email != "right@hospital.example" {
		t.Errorf("the members are %+v, want one, at the right address", members)
	}
}
