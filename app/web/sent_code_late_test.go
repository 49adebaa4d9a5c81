package web

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"joinery/app/i18n"
	"joinery/app/mail"
)

func TestTheCodeOfAnEarlierLetter(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		v := s.visitor(t)
		v.send(l, answerFirst)
		old := s.newestCode(t, l)
		s.pass(time.Minute)
		v.open("/" + string(l) + sentPath)
		v.pressButton(i18n.T(l, "sent.again"))
		newest := s.newestCode(t, l)
		v.enterSentCode(l, old)
		v.wantCodeError(l, i18n.T(l, "proof.superseded"))
		v.enterSentCode(l, newest)
		v.want(http.StatusOK, i18n.T(l, "sent.confirmed.title"))
	}
}

// TestLateCodes types codes of a letter that is too old, also after a resend that the
// budget did not allow.
func TestLateCodes(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		v := s.visitor(t)
		v.send(l, answerFirst)
		code, f := s.newestCode(t, l), v.form(i18n.T(l, "proof.send"))
		f.set("code", code)
		s.pass(linkTTL)
		v.press(f, "")
		v.wantNoCodeField(l, "proof.over")
		s.limits.PerNetwork = mail.Budget{Max: 1, Per: 2 * linkTTL}
		v.pressButton(i18n.T(l, "sent.again"))
		v.wantNote(l, "note.again")
		v.enterSentCode(l, code)
		v.wantCodeError(l, i18n.T(l, "proof.late"))
		if letters := s.letters(t); len(letters) != 1 {
			t.Errorf("there are %d letters, want 1", len(letters))
		}
		s.pass(waitingTTL)
		v.press(f, "")
		v.want(http.StatusOK, i18n.T(l, "sent.expired.title"))
	}
}

func TestACodeWorksForOneApplication(t *testing.T) {
	t.Parallel()
	l := i18n.English
	s := newSite(t, settings{})
	v, other, newcomer := s.visitor(t), s.visitor(t), s.visitor(t)
	v.send(l, answerFirst)
	s.letters(t)
	other.send(l, answerFirst)
	v.enterSentCode(l, s.newestCode(t, l))
	v.wantCodeError(l, i18n.N(l, "proof.mistyped", 4))
	before := s.dump(t)
	newcomer.post("/en/apply/sent/code", url.Values{"code": {s.newestCode(t, l)}})
	if after := s.dump(t); after != before || newcomer.page.url.Path != "/en/apply/about" {
		t.Errorf("without an application it leads to %s and leaves\n%s", newcomer.page.url, after)
	}
}
