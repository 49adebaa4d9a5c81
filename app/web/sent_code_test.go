package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"joinery/app/i18n"
)

// enterSentCode types a code on the waiting page and presses its button.
func (v *visitor) enterSentCode(l i18n.Lang, code string) {
	v.t.Helper()
	v.open("/" + string(l) + sentPath)
	f := v.form(i18n.T(l, "proof.send"))
	f.set("code", code)
	v.press(f, i18n.T(l, "proof.send"))
}

// wantCodeError wants the page to refuse the code in these words, after a redirect.
func (v *visitor) wantCodeError(l i18n.Lang, why string) {
	v.t.Helper()
	v.want(http.StatusUnprocessableEntity, i18n.T(l, "sent.waiting.title"))
	if got := v.page.summary(); len(got) != 1 || got[0] != why {
		v.t.Errorf("the page says %q, want %q", got, why)
	}
	if len(v.statuses) > 1 && v.statuses[0] != http.StatusSeeOther || refreshes(v.page) || !strings.HasPrefix(v.page.title(), i18n.T(l, "error.prefix")) {
		v.t.Errorf("the page comes after %v, with the title %q", v.statuses, v.page.title())
	}
	if len(v.site.allMembers(v.t)) > 0 {
		v.t.Error("there is a member")
	}
}

// wantNoCodeField wants the page to say, with the focus, why no code works any more,
// without a field or a problem.
func (v *visitor) wantNoCodeField(l i18n.Lang, why string) {
	v.t.Helper()
	title := "sent.waiting.title"
	if why == "proof.over" {
		title = "sent.over.title"
	}
	v.want(http.StatusOK, i18n.T(l, title))
	focused := elements(v.page.root, func(e *html.Node) bool { return hasAttribute(e, "autofocus") })
	if len(focused) != 1 || text(focused[0]) != i18n.T(l, why) || strings.Count(v.page.text(), i18n.T(l, why)) != 1 {
		v.t.Errorf("the page says %q, want %q with the focus, once", v.page.notes(), i18n.T(l, why))
	}
	if len(v.page.summary()) > 0 || v.page.byID("code") != nil || strings.HasPrefix(v.page.title(), i18n.T(l, "error.prefix")) {
		v.t.Errorf("the page %q asks for something that is not there: %s", v.page.title(), v.page.text())
	}
}

// wrongCode returns a code that no letter has.
func wrongCode(right string) string {
	if strings.HasPrefix(right, "A") {
		return "C" + right[1:]
	}
	return "A" + right[1:]
}

func TestTheCodeConfirms(t *testing.T) {
	t.Parallel()
	ways := map[string]func(code string) string{
		"as it stands":     func(code string) string { return code },
		"in small letters": strings.ToLower,
		"with blanks":      func(code string) string { return " " + code[:3] + " " + code[3:] + " " },
		"with others":      func(code string) string { return strings.Join(strings.Split(code, ""), "\u00a0-\t") },
	}
	for drafts, open := range storeOpeners {
		for name, way := range ways {
			t.Run(drafts+" "+name, func(t *testing.T) {
				t.Parallel()
				l := i18n.French
				s := newSite(t, settings{drafts: open})
				v := s.visitor(t)
				v.send(l, answerFirst)
				v.enterSentCode(l, way(s.newestCode(t, l)))
				v.want(http.StatusOK, i18n.T(l, "sent.confirmed.title"))
				if v.page.url.RequestURI() != "/fr/apply/sent" || v.statuses[0] != http.StatusSeeOther {
					t.Errorf("it leads to %s by %v", v.page.url, v.statuses)
				}
				if members := s.allMembers(t); len(members) != 1 || members[0].Email != canonicalEmail {
					t.Errorf("the members are %v", members)
				}
				v.post("/fr/apply/sent/code", url.Values{"code": {"whatever"}})
				v.want(http.StatusOK, i18n.T(l, "sent.confirmed.title"))
			})
		}
	}
}

// TestTheCodeFieldAcceptsPastedText also wants the attributes by which a phone offers
// the code.
func TestTheCodeFieldAcceptsPastedText(t *testing.T) {
	t.Parallel()
	v := newSite(t, settings{}).visitor(t)
	v.send(i18n.English, answerFirst)
	field := v.page.byID("code")
	for key, want := range map[string]string{
		"type": "text", "inputmode": "text", "aria-required": "true", "autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false", "maxlength": "", "pattern": "",
	} {
		if got := attribute(field, key); got != want {
			t.Errorf("%s is %q, want %q", key, got, want)
		}
	}
}

// TestASixthCodeIsRefused holds for the right code too. Another letter allows five
// more.
func TestASixthCodeIsRefused(t *testing.T) {
	t.Parallel()
	for drafts, open := range storeOpeners {
		for _, l := range i18n.Languages {
			t.Run(drafts+" "+string(l), func(t *testing.T) {
				t.Parallel()
				s := newSite(t, settings{drafts: open})
				v := s.visitor(t)
				v.send(l, answerFirst)
				right := s.newestCode(t, l)
				for left := 4; left > 0; left-- {
					v.enterSentCode(l, wrongCode(right))
					v.wantCodeError(l, i18n.N(l, "proof.mistyped", left))
					v.open(v.page.url.RequestURI()) // it does not count
					v.want(http.StatusOK, i18n.T(l, "sent.waiting.title"))
				}
				f := v.form(i18n.T(l, "proof.send"))
				for _, typed := range []string{wrongCode(right), right} {
					f.set("code", typed)
					v.press(f, i18n.T(l, "proof.send"))
					v.wantNoCodeField(l, "proof.spent")
				}
				v.open("/" + string(l) + sentPath)
				v.want(http.StatusOK, i18n.T(l, "sent.waiting.title"))
				if v.page.byID("code") != nil || !strings.Contains(v.page.text(), i18n.T(l, "proof.spent")) {
					t.Errorf("the page still takes codes: %s", v.page.text())
				}
				s.pass(time.Minute)
				v.open("/" + string(l) + sentPath)
				v.pressButton(i18n.T(l, "sent.again"))
				v.enterSentCode(l, wrongCode(s.newestCode(t, l)))
				v.wantCodeError(l, i18n.N(l, "proof.mistyped", 4))
				v.enterSentCode(l, s.newestCode(t, l))
				v.want(http.StatusOK, i18n.T(l, "sent.confirmed.title"))
			})
		}
	}
}

func TestABlankCodeCostsNoAttempt(t *testing.T) {
	t.Parallel()
	l := i18n.English
	s := newSite(t, settings{})
	v := s.visitor(t)
	v.send(l, answerFirst)
	before := s.dump(t)
	for range 6 {
		v.enterSentCode(l, " \u00a0 ")
		v.wantCodeError(l, i18n.T(l, "proof.empty"))
	}
	if after := s.dump(t); after != before {
		t.Errorf("something was written:\n%s", after)
	}
}

// TestAForgedURLSaysNothingOfACode also opens it with a note that is not from this site.
func TestAForgedURLSaysNothingOfACode(t *testing.T) {
	t.Parallel()
	l := i18n.English
	v := newSite(t, settings{}).visitor(t)
	v.send(l, answerFirst)
	for _, wrong := range []string{"mistyped", "spent", "used", "made+up", "%3Cb%3E", "%ff"} {
		v.open("/en/apply/sent?left=0&wrong=" + wrong)
		v.want(http.StatusOK, i18n.T(l, "sent.waiting.title"))
		v.carry("/en/apply/sent", "code_"+wrong+"x")
		v.open("/en/apply/sent")
		v.want(http.StatusOK, i18n.T(l, "sent.waiting.title"))
	}
}

// notTheCode are texts that cannot be the code of a letter, with the key of what a page
// says of them.
var notTheCode = map[string]string{
	"CT973":                 "proof.malformed",
	"CT97O3":                "proof.malformed",
	"Your code:":            "proof.malformed",
	"Votre code\u00a0: CT9": "proof.malformed",
	"ACDE FGHJ":             "proof.handoff",
	"acdefghj.":             "proof.handoff",
	"On the other device, type this: ACDE-FGHJ": "proof.handoff",
}

func TestWhatCannotBeTheSentCodeCostsNoAttempt(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		v := s.visitor(t)
		v.send(l, answerFirst)
		before := s.dump(t)
		for typed, key := range notTheCode {
			v.enterSentCode(l, typed)
			v.wantCodeError(l, i18n.T(l, key))
			if got := v.form(i18n.T(l, "proof.send")).control("code").values[0]; got != typed {
				t.Errorf("%q has become %q", typed, got)
			}
		}
		if after := s.dump(t); after != before {
			t.Errorf("something was written:\n%s", after)
		}
		code := s.newestCode(t, l)
		v.enterSentCode(l, i18n.T(l, "mail.code.label")+" "+strings.ToLower(code[:3])+"\u00a0"+code[3:]+".")
		v.want(http.StatusOK, i18n.T(l, "sent.confirmed.title"))
	}
}
