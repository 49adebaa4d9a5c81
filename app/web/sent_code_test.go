package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"joinery/app/i18n"
	"joinery/app/mail"
)

// types types a code on the waiting page and presses its button.
func (v *visitor) types(l i18n.Lang, code string) {
	v.t.Helper()
	v.open("/" + string(l) + "/apply/sent")
	f := v.form(i18n.T(l, "proof.send"))
	f.set("code", code)
	v.press(f, i18n.T(l, "proof.send"))
}

// wantNot wants the code to be refused in these words, on a page that can be
// loaded again.
func (v *visitor) wantNot(l i18n.Lang, why string) {
	v.t.Helper()
	v.want(http.StatusUnprocessableEntity, i18n.T(l, "sent.waiting.title"))
	if got := v.page.summary(); len(got) != 1 || got[0] != why {
		v.t.Errorf("the page says %q, want %q", got, why)
	}
	if len(v.hops) > 1 && v.hops[0] != http.StatusSeeOther || refreshes(v.page) || !strings.HasPrefix(v.page.title(), i18n.T(l, "error.prefix")) {
		v.t.Errorf("the page comes after %v, with the title %q", v.hops, v.page.title())
	}
	if len(v.site.everyone(v.t)) > 0 {
		v.t.Error("there is a member")
	}
}

// wantNoMore wants the page to say, where the focus is, why no code works any
// more, and nothing to be corrected.
func (v *visitor) wantNoMore(l i18n.Lang, why string) {
	v.t.Helper()
	v.want(http.StatusOK, i18n.T(l, "sent.waiting.title"))
	focused := all(v.page.root, func(e *html.Node) bool { return has(e, "autofocus") })
	if len(focused) != 1 || text(focused[0]) != i18n.T(l, why) || strings.Count(v.page.words(), i18n.T(l, why)) != 1 {
		v.t.Errorf("the page says %q, want %q with the focus, once", v.page.notes(), i18n.T(l, why))
	}
	if len(v.page.summary()) > 0 || v.page.at("code") != nil || strings.HasPrefix(v.page.title(), i18n.T(l, "error.prefix")) {
		v.t.Errorf("the page %q asks for something that is not there: %s", v.page.title(), v.page.words())
	}
}

// wrongCode returns one that is not in any letter.
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
	for drafts, open := range openings {
		for name, way := range ways {
			t.Run(drafts+" "+name, func(t *testing.T) {
				t.Parallel()
				l := i18n.French
				s := newSite(t, settings{drafts: open})
				v := s.visitor(t)
				v.send(l, first)
				v.types(l, way(s.code(t, l)))
				v.want(http.StatusOK, i18n.T(l, "sent.confirmed.title"))
				if v.page.url.RequestURI() != "/fr/apply/sent" || v.hops[0] != http.StatusSeeOther {
					t.Errorf("it leads to %s by %v", v.page.url, v.hops)
				}
				if members := s.everyone(t); len(members) != 1 || members[0].Email != canonical {
					t.Errorf("the members are %v", members)
				}
				v.post("/fr/apply/sent/code", url.Values{"code": {"whatever"}})
				v.want(http.StatusOK, i18n.T(l, "sent.confirmed.title"))
			})
		}
	}
}

// TestCodeFieldTakesWhatIsPasted and lets a phone offer the code.
func TestCodeFieldTakesWhatIsPasted(t *testing.T) {
	t.Parallel()
	v := newSite(t, settings{}).visitor(t)
	v.send(i18n.English, first)
	field := v.page.at("code")
	for key, want := range map[string]string{
		"type": "text", "inputmode": "text", "aria-required": "true", "autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false", "maxlength": "", "pattern": "",
	} {
		if got := attr(field, key); got != want {
			t.Errorf("%s is %q, want %q", key, got, want)
		}
	}
}

// TestFiveCodesAreTyped and the sixth is refused, though it is right. Another
// letter brings another five.
func TestFiveCodesAreTyped(t *testing.T) {
	t.Parallel()
	for drafts, open := range openings {
		for _, l := range i18n.Languages {
			t.Run(drafts+" "+string(l), func(t *testing.T) {
				t.Parallel()
				s := newSite(t, settings{drafts: open})
				v := s.visitor(t)
				v.send(l, first)
				right := s.code(t, l)
				for left := 4; left > 0; left-- {
					v.types(l, wrongCode(right))
					v.wantNot(l, i18n.N(l, "proof.mistyped", left))
					v.open(v.page.url.RequestURI()) // which does not count
					v.wantNot(l, i18n.N(l, "proof.mistyped", left))
				}
				f := v.form(i18n.T(l, "proof.send"))
				for _, typed := range []string{wrongCode(right), right} {
					f.set("code", typed)
					v.press(f, i18n.T(l, "proof.send"))
					v.wantNoMore(l, "proof.spent")
				}
				v.open("/" + string(l) + "/apply/sent")
				v.want(http.StatusOK, i18n.T(l, "sent.waiting.title"))
				if v.page.at("code") != nil || !strings.Contains(v.page.words(), i18n.T(l, "proof.spent")) {
					t.Errorf("the page still takes codes: %s", v.page.words())
				}
				s.pass(time.Minute)
				v.open("/" + string(l) + "/apply/sent")
				v.pressOnly(i18n.T(l, "sent.again"))
				v.types(l, wrongCode(s.code(t, l)))
				v.wantNot(l, i18n.N(l, "proof.mistyped", 4))
				v.types(l, s.code(t, l))
				v.want(http.StatusOK, i18n.T(l, "sent.confirmed.title"))
			})
		}
	}
}

func TestTheCodeOfAnEarlierLetter(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		v := s.visitor(t)
		v.send(l, first)
		old := s.code(t, l)
		s.pass(time.Minute)
		v.open("/" + string(l) + "/apply/sent")
		v.pressOnly(i18n.T(l, "sent.again"))
		newest := s.code(t, l)
		v.types(l, old)
		v.wantNot(l, i18n.T(l, "proof.superseded"))
		v.types(l, newest)
		v.want(http.StatusOK, i18n.T(l, "sent.confirmed.title"))
	}
}

// TestLateCodes are those of a letter that is too old, whether or not another
// one was asked for, which the budget did not allow.
func TestLateCodes(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		v := s.visitor(t)
		v.send(l, first)
		code, f := s.code(t, l), v.form(i18n.T(l, "proof.send"))
		f.set("code", code)
		s.pass(linkTTL)
		v.press(f, "")
		v.wantNoMore(l, "proof.over")
		s.limits.PerNetwork = mail.Budget{Max: 1, Per: 2 * linkTTL}
		v.pressOnly(i18n.T(l, "sent.again"))
		v.wantNote(l, "note.again")
		v.types(l, code)
		v.wantNot(l, i18n.T(l, "proof.late"))
		if letters := s.letters(t); len(letters) != 1 {
			t.Errorf("there are %d letters, want 1", len(letters))
		}
		s.pass(waitingTTL)
		v.press(f, "")
		v.want(http.StatusOK, i18n.T(l, "sent.expired.title"))
	}
}

// TestBlankCodeUsesNoTry up.
func TestBlankCodeUsesNoTry(t *testing.T) {
	t.Parallel()
	l := i18n.English
	s := newSite(t, settings{})
	v := s.visitor(t)
	v.send(l, first)
	before := s.dump(t)
	for range 6 {
		v.types(l, " \u00a0 ")
		v.wantNot(l, i18n.T(l, "proof.empty"))
	}
	if after := s.dump(t); after != before {
		t.Errorf("something was written:\n%s", after)
	}
}

// TestTheAddressOfThePageTellsNoLies about how many tries are left.
func TestTheAddressOfThePageTellsNoLies(t *testing.T) {
	t.Parallel()
	l := i18n.English
	v := newSite(t, settings{}).visitor(t)
	v.send(l, first)
	for _, wrong := range []string{"mistyped", "spent"} {
		v.open("/en/apply/sent?left=0&wrong=" + wrong)
		v.wantNot(l, i18n.N(l, "proof.mistyped", 5))
	}
	for _, wrong := range []string{"used", "open", "gone", "made+up", "%3Cb%3E", "%ff"} {
		v.open("/en/apply/sent?wrong=" + wrong)
		v.want(http.StatusOK, i18n.T(l, "sent.waiting.title"))
	}
}

// TestCodesOfOthersAreWrong: a code is good for one application.
func TestCodesOfOthersAreWrong(t *testing.T) {
	t.Parallel()
	l := i18n.English
	s := newSite(t, settings{})
	v, other, nobody := s.visitor(t), s.visitor(t), s.visitor(t)
	v.send(l, first)
	s.letters(t)
	other.send(l, first)
	v.types(l, s.code(t, l))
	v.wantNot(l, i18n.N(l, "proof.mistyped", 4))
	before := s.dump(t)
	nobody.post("/en/apply/sent/code", url.Values{"code": {s.code(t, l)}})
	if after := s.dump(t); after != before || nobody.page.url.Path != "/en/apply/about" {
		t.Errorf("without an application it leads to %s and leaves\n%s", nobody.page.url, after)
	}
}
