package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"joinery/app/i18n"
)

// createCode creates a code and returns it as the page shows it.
func (v *visitor) createCode(l i18n.Lang) string {
	v.t.Helper()
	v.open("/" + string(l) + "/apply/phone")
	v.pressButton("")
	v.want(http.StatusOK, i18n.T(l, "draft.phone"))
	return strings.Join(v.page.texts(hasClass("code")), "|")
}

// TestHandoff gives a draft to a second browser by the QR code, and to a third by the
// typed code.
func TestHandoff(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		desk, phone, tablet := s.visitorWithDraft(t, l, "Ada"), s.visitor(t), s.visitor(t)
		shown := desk.createCode(l)
		code := strings.ReplaceAll(shown, " ", "")
		if len(code) != 8 || len(shown) != 9 || shown[4] != ' ' {
			t.Errorf("the code is shown as %q", shown)
		}
		link := s.url + "/" + string(l) + "/code/" + code
		picture := elements(desk.page.root, isTag("svg"))[0]
		words := desk.page.text()
		if !strings.Contains(words, link) || attribute(picture, "role") != "img" || !strings.Contains(attribute(picture, "aria-label"), link) {
			t.Errorf("%s is not on the page and in the words of the picture: %s %v", link, words, picture.Attr)
		}
		if until := i18n.Clock(l, s.now().Add(10*time.Minute).In(time.Local)); !strings.Contains(words, until) {
			t.Errorf("the page does not say %q: %s", until, words)
		}
		if got := desk.page.scan(t); got != link {
			t.Errorf("the picture leads to %s, want %s", got, link)
		}
		phone.open(desk.page.scan(t))
		phone.want(http.StatusOK, i18n.T(l, "code.filled.title"))
		if f := phone.form(""); f.control("code").values[0] != code || phone.cookie() != "" {
			t.Errorf("before the button is pressed: %q, cookie %q", f.control("code").values, phone.cookie())
		}
		phone.pressButton(i18n.T(l, "nav.continue"))
		phone.wantDraft(l, "Ada")
		desk.wantDraft(l, "Ada")

		desk.open("/" + string(l) + "/apply/phone")
		if words := desk.page.text(); !strings.Contains(words, i18n.T(l, "phone.used")) || len(elements(desk.page.root, isTag("svg"))) > 0 {
			t.Errorf("the page does not say that the other device has it: %s", words)
		}
		s.pass(time.Second)
		shown = desk.createCode(l)
		tablet.open("/" + string(l) + "/resume")
		f := tablet.form(i18n.T(l, "nav.continue"))
		f.set("code", " "+strings.ToLower(shown)+" ")
		tablet.press(f, i18n.T(l, "nav.continue"))
		tablet.wantDraft(l, "Ada")
	}
}

// TestHandoffPageNeedsADraft wants browsers without a draft to be redirected.
func TestHandoffPageNeedsADraft(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	sender := s.visitor(t)
	sender.send(i18n.French, answerFirst)
	before := s.dump(t)
	for v, want := range map[*visitor]string{s.visitor(t): "/fr/apply/about", sender: "/fr/apply/sent"} {
		for _, method := range []string{http.MethodGet, http.MethodPost} {
			if v.follow(method, "/fr/apply/phone", nil); v.page.url.Path != want {
				t.Errorf("%s leads to %s, want %s", method, v.page.url.Path, want)
			}
		}
	}
	if after := s.dump(t); after != before {
		t.Errorf("something was written:\n%s", after)
	}
}

func TestNewCodeEndsTheOneBefore(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	l := i18n.English
	desk := s.visitorWithDraft(t, l, "Ada")
	old := desk.createCode(l)
	s.pass(time.Second)
	fresh := desk.createCode(l)
	v := s.visitor(t)
	v.post("/en/code", codeForm(old))
	v.wantHandoffError(l, old, i18n.N(l, "code.mistyped", 4))
	v.redeemCode(l, fresh)
	s.pass(10 * time.Minute)
	desk.open("/en/apply/phone")
	if len(desk.page.texts(hasClass("code"))) > 0 || desk.form(i18n.T(l, "phone.make")) == nil {
		t.Error("the page still shows a code that has ended")
	}
}

// TestOwnHandoffCodeIsNotUsedUp types a code into the browser that created it.
func TestOwnHandoffCodeIsNotUsedUp(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	l := i18n.English
	desk := s.visitorWithDraft(t, l, "Ada")
	code := desk.createCode(l)
	desk.post("/en/code", codeForm(code))
	if desk.page.url.Path != "/en/apply/role" {
		t.Errorf("it leads to %s", desk.page.url.Path)
	}
	s.visitor(t).redeemCode(l, code)
}
