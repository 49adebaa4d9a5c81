package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"joinery/app/i18n"
	"joinery/app/mail"
)

// TestAWayBackIsOfferedBeforeLeaving in a draft without an address, and with one.
func TestAWayBackIsOfferedBeforeLeaving(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		leave, send, button := "/"+string(l)+"/apply/leave", i18n.T(l, "later.send"), i18n.T(l, "leave.button")
		v := s.visitor(t)
		f := v.openFirstSection(l)
		f.set("email", "nobody")
		v.press(f, "")
		v.open(leave)
		if !v.isPrimary(send) || v.isPrimary(button) {
			t.Error("leaving comes before the only way back")
		}
		for typed, want := range map[string]int{"": http.StatusUnprocessableEntity, "no address": http.StatusUnprocessableEntity} {
			v.open(leave)
			v.requestLink(l, typed)
			v.want(want, i18n.T(l, "leave.title"))
			if got := v.form(send).control("address").values; len(v.page.summary()) != 1 || !slices.Equal(got, []string{typed}) {
				t.Errorf("after %q the page has %q and says %q", typed, got, v.page.summary())
			}
		}
		f = v.form(send)
		f.set("address", mailboxOf("Ada"))
		f.set(trapField, "x") // as a program does
		v.press(f, send)
		v.want(http.StatusUnprocessableEntity, i18n.T(l, "leave.title"))
		v.press(v.form(send), send)
		v.want(http.StatusOK, i18n.T(l, "leave.title"))
		v.wantNote(l, "note.mailed")
		if v.isPrimary(send) || !v.isPrimary(button) || !strings.Contains(v.page.text(), "a•••@hospital.example") {
			t.Errorf("after the letter the page says %s", v.page.text())
		}
		v.pressButton(send) // once more, to the address that is known
		if letters := s.letters(t); len(letters) != 2 || letters[0].To != mailboxOf("Ada") {
			t.Errorf("there are %d letters", len(letters))
		}
		v.pressButton(button)
		v.wantNote(l, "note.left")
		back := s.visitor(t)
		back.open(s.link(t, 2))
		back.pressButton(i18n.T(l, "landing.continue"))
		back.open("/" + string(l) + "/apply/about")
		if got := back.form("").control("email").values[0]; got != "nobody" {
			t.Errorf("the draft has the address %q", got)
		}
	}
}

// TestLeavingAWaitingApplicationSaysWhetherTheMessageHelps has the letter refused, its time
// over, and too many codes typed. First the applicant is led to the way to another one.
func TestLeavingAWaitingApplicationSaysWhetherTheMessageHelps(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		for want, does := range map[string]func(s *site, v *visitor){
			"leave.waiting.back": func(*site, *visitor) {},
			"sent.refused.where": func(s *site, _ *visitor) {
				s.deliver(t, &mail.Failure{Step: "recipient", Code: 550, Cause: mail.Address})
			},
			"leave.waiting.ended": func(s *site, _ *visitor) {
				s.letters(t)
				s.pass(linkTTL)
			},
			"leave.waiting.ended ": func(s *site, v *visitor) {
				for range 5 {
					v.enterSentCode(l, wrongCode(s.newestCode(t, l)))
				}
			},
		} {
			s := newSite(t, settings{})
			v := s.visitor(t)
			v.send(l, answerFirst)
			does(s, v)
			want = strings.TrimSpace(want)
			v.open("/" + string(l) + "/apply/leave")
			v.want(http.StatusOK, i18n.T(l, "leave.title"))
			for _, key := range []string{"leave.waiting.back", "sent.refused.where", "leave.waiting.ended"} {
				if strings.Contains(v.page.text(), i18n.T(l, key)) != (key == want) {
					t.Errorf("want %s, the page says %s", want, v.page.text())
				}
			}
			first := want != "leave.waiting.back"
			if leads := v.page.link(i18n.T(l, "leave.waiting.mend")) == "/"+string(l)+"/apply/sent"; leads != first || v.isPrimary(i18n.T(l, "leave.button")) == first {
				t.Errorf("with %s the page leads to another message: %t", want, leads)
			}
		}
	}
}

// TestLeavingSaysWhatIsWrongWithTheKnownAddress and shows no more of it than before.
func TestLeavingSaysWhatIsWrongWithTheKnownAddress(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		v := newSite(t, settings{}).visitor(t)
		f := v.openFirstSection(l)
		f.fill(answerFirst)
		f.set("email", "zoe@gmial.com")
		v.press(f, "")
		v.open("/" + string(l) + "/apply/leave")
		if words := v.page.text(); !strings.Contains(words, "z•••@gmial.com") || !strings.Contains(words, i18n.T(l, "advice.meant", "z•••@gmail.com")) {
			t.Errorf("the page says %s", words)
		}
		if strings.Contains(v.page.body, "zoe@") {
			t.Error("the page shows an answer")
		}
		v.pressLinkTo(i18n.T(l, "leave.back.elsewhere"))
		v.want(http.StatusOK, i18n.T(l, "later.title"))
	}
}

// isPrimary reports whether the button with the given words is the main one.
func (v *visitor) isPrimary(words string) bool {
	v.t.Helper()
	return hasClass("primary")(v.form(words).button(words))
}
