package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"joinery/app/i18n"
)

// enterLinkCode types codes one after the other into the form with the given button,
// and presses that button. Without words, it presses Enter.
func (v *visitor) enterLinkCode(words string, codes ...string) {
	v.t.Helper()
	for _, code := range codes {
		f := v.form(words)
		f.set("code", code)
		v.press(f, words)
	}
}

// suspectedLink returns a link on whose page a scanner may have pressed the buttons.
func (s *site) suspectedLink(t *testing.T, l i18n.Lang) (link string, reader *visitor) {
	t.Helper()
	link, reader = s.openMailedLink(t, l)
	reader.pressBothChoices(l, link)
	return link, reader
}

// pressBothChoices presses both buttons on the page of a link, as only scanners do.
func (v *visitor) pressBothChoices(l i18n.Lang, link string) {
	v.t.Helper()
	v.open(link)
	f := v.form("")
	v.press(f, i18n.T(l, "link.confirm"))
	v.press(f, i18n.T(l, "link.not_mine"))
	v.open(link)
	v.want(http.StatusOK, i18n.T(l, "link.doubted.title"))
}

func TestTheCodeConfirmsASuspectedLink(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		link, reader := s.suspectedLink(t, l)
		field := reader.page.byID("code")
		if attribute(field, "autocomplete") != "one-time-code" || !strings.Contains(reader.page.text(), i18n.T(l, "link.doubted.text")) {
			t.Errorf("the page is %s", reader.page.body)
		}
		code := s.newestCode(t, l)
		reader.enterLinkCode("", " "+strings.ToLower(code[:3])+"  "+code[3:])
		reader.want(http.StatusOK, i18n.T(l, "link.used.title"))
		if s.url+reader.page.url.Path != link || len(s.allMembers(t)) != 1 {
			t.Errorf("the code leads to %s, and there are %d members", reader.page.url, len(s.allMembers(t)))
		}
	}
}

func TestTheCodeEndsTheApplicationOfASuspectedLink(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		link, reader := s.openMailedLink(t, l)
		reader.open(link + "/not-mine")
		sure := reader.form("")
		reader.pressBothChoices(l, link)
		reader.open(reader.page.link(i18n.T(l, "link.not_mine")))
		reader.want(http.StatusOK, i18n.T(l, "not_mine.title"))
		reader.press(sure, i18n.T(l, "not_mine.delete")) // without the code
		reader.want(http.StatusOK, i18n.T(l, "not_mine.title"))
		s.wantStillWaiting(t)
		reader.enterLinkCode(i18n.T(l, "not_mine.delete"), "AAAAAA")
		reader.wantLinkCodeError(l, "not_mine.title", "AAAAAA", i18n.N(l, "proof.mistyped", 4))
		s.wantStillWaiting(t)
		reader.enterLinkCode(i18n.T(l, "not_mine.delete"), s.newestCode(t, l))
		reader.want(http.StatusGone, i18n.T(l, "link.withdrawn.title"))
		if len(s.allMembers(t)) > 0 {
			t.Error("there is a member")
		}
	}
}

// wantLinkCodeError wants the page to say what is wrong with a code, in the summary
// and at the field.
func (v *visitor) wantLinkCodeError(l i18n.Lang, title, typed, want string) {
	v.t.Helper()
	v.want(http.StatusUnprocessableEntity, i18n.T(l, title))
	if got := strings.Join(v.page.summary(), "|"); got != want || !strings.HasPrefix(v.page.title(), i18n.T(l, "error.prefix")) {
		v.t.Errorf("the summary of %q says %q, want %q", v.page.title(), got, want)
	}
	if problem := v.page.byID("code-problem"); problem == nil || !strings.Contains(text(problem), want) {
		v.t.Errorf("the field does not say %q", want)
	}
	if got := v.form("").control("code").values[0]; got != typed {
		v.t.Errorf("%q has become %q", typed, got)
	}
}

func TestWrongCodesOnTheLinkPageAreLimited(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		link, reader := s.suspectedLink(t, l)
		right := s.newestCode(t, l)
		for left := 4; left > 0; left-- {
			reader.enterLinkCode("", "  ") // costs no attempt
			reader.wantLinkCodeError(l, "link.doubted.title", "", i18n.T(l, "proof.empty"))
			reader.enterLinkCode("", "AAAAAA")
			reader.wantLinkCodeError(l, "link.doubted.title", "AAAAAA", i18n.N(l, "proof.mistyped", left))
		}
		late := reader.form("")
		reader.enterLinkCode("", "AAAAAA")
		reader.want(http.StatusOK, i18n.T(l, "link.spent.title"))
		late.set("code", right)
		reader.press(late, "")
		reader.want(http.StatusOK, i18n.T(l, "link.spent.title"))
		s.wantStillWaiting(t)

		s.pass(linkTTL / 100)
		reader.open(link)
		reader.pressButton(i18n.T(l, "link.renew"))
		reader.wantNote(l, "note.again")
		fresh := s.link(t, 2)
		reader.press(late, "") // with the code of the earlier letter
		reader.wantLinkCodeError(l, "link.doubted.title", right, i18n.T(l, "proof.superseded"))
		reader.open(fresh)
		reader.pressButton(i18n.T(l, "link.confirm"))
		s.applyChoices(t)
		reader.open(link)
		reader.want(http.StatusOK, i18n.T(l, "link.used.title"))
	}
}

// TestTheCodeOfAFreshLetterWorksOnTheOldLinkPage types the code into a page of the old
// link that is still open.
func TestTheCodeOfAFreshLetterWorksOnTheOldLinkPage(t *testing.T) {
	t.Parallel()
	l := i18n.English
	s := newSite(t, settings{})
	owner := s.visitor(t)
	owner.send(l, answerFirst)
	link, reader := s.link(t, 1), s.visitor(t)
	reader.pressBothChoices(l, link)
	f := reader.form("")
	s.pass(linkTTL / 100)
	if err := s.resendConfirmation(t.Context(), owner.cookie(), ""); err != nil {
		t.Fatal(err)
	}
	s.link(t, 2)
	f.set("code", s.newestCode(t, l))
	reader.press(f, "")
	reader.want(http.StatusOK, i18n.T(l, "link.used.title"))
}

func TestACodeIsRefusedByALinkThatAsksForNone(t *testing.T) {
	t.Parallel()
	l := i18n.English
	s := newSite(t, settings{})
	link, reader := s.openMailedLink(t, l)
	before := s.dump(t)
	for address, want := range map[string]string{link: "link.open.title", s.url + "/en/confirm/A-B": "link.cut.title"} {
		for _, values := range []url.Values{nil, {"code": {s.newestCode(t, l)}}, {"code": {"\x00\xff"}, "choice": {"delete"}}} {
			reader.post(address+"/code", values)
			if got := reader.page.h1(); got != i18n.T(l, want) {
				t.Errorf("%v leads to %q", values, got)
			}
		}
		p := reader.request(http.MethodGet, address+"/code", nil) // reloaded after a failure
		if p.status != http.StatusSeeOther || s.url+p.header.Get("Location") != address {
			t.Errorf("%s/code leads to %d %s", address, p.status, p.header.Get("Location"))
		}
	}
	if after := s.dump(t); after != before {
		t.Errorf("something was noted:\n%s", after)
	}
	reader.pressBothChoices(l, link)
	for _, typed := range []string{"\x00", "\xff\xfe", "<script>alert(1)</script>", strings.Repeat("A", 20000)} {
		if reader.post(link+"/code", codeForm(typed)); reader.page.status >= 500 || strings.Contains(reader.page.body, "<script>alert") {
			t.Errorf("%.20q: %d", typed, reader.page.status)
		}
	}
}

func TestACodeKeepsItsPageInTheOtherLanguage(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	_, reader := s.suspectedLink(t, i18n.English)
	for _, page := range []string{"link.doubted.title", "not_mine.title"} {
		reader.enterLinkCode("", "AAAAAA")
		reader.want(http.StatusUnprocessableEntity, i18n.T(i18n.English, page))
		reader.pressButton(i18n.T(i18n.French, "lang.name"))
		reader.want(http.StatusUnprocessableEntity, i18n.T(i18n.French, page))
		reader.pressButton(i18n.T(i18n.English, "lang.name"))
		reader.open(reader.page.link(i18n.T(i18n.English, "link.not_mine")))
	}
}

func TestWhatCannotBeTheCodeOfALinkCostsNoAttempt(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		_, reader := s.suspectedLink(t, l)
		for typed, key := range notTheCode {
			reader.enterLinkCode("", typed)
			reader.wantLinkCodeError(l, "link.doubted.title", typed, i18n.T(l, key))
		}
		reader.enterLinkCode("", "AAAAAA")
		reader.wantLinkCodeError(l, "link.doubted.title", "AAAAAA", i18n.N(l, "proof.mistyped", 4))
		reader.enterLinkCode("", "“"+s.newestCode(t, l)+"”")
		reader.want(http.StatusOK, i18n.T(l, "link.used.title"))
	}
}
