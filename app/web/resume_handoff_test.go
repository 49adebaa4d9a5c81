package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"joinery/app/access"
	"joinery/app/i18n"
	"joinery/app/token"
)

func codeForm(code string) url.Values { return url.Values{"code": {code}} }

// newDevice returns a visitor with a User-Agent of its own.
func (s *site) newDevice(t *testing.T, name string) *visitor {
	t.Helper()
	v := s.visitor(t)
	v.header.Set("User-Agent", name)
	return v
}

// wantHandoffError wants the code page to show one problem, in the summary and at the
// field.
func (v *visitor) wantHandoffError(l i18n.Lang, typed, want string) {
	v.t.Helper()
	v.want(http.StatusUnprocessableEntity, i18n.T(l, "code.title"))
	if got := strings.Join(v.page.summary(), "|"); got != want {
		v.t.Errorf("%q: the summary says %q, want %q", typed, got, want)
	}
	if problem := v.page.byID("code-problem"); problem == nil || !strings.Contains(text(problem), want) {
		v.t.Errorf("%q: the field does not say %q", typed, want)
	}
	if got := v.form("").control("code").values[0]; got != typed {
		v.t.Errorf("%q has become %q", typed, got)
	}
	if v.cookie() != "" {
		v.t.Errorf("%q lets in", typed)
	}
}

func (v *visitor) wantNoAttemptsLeft(l i18n.Lang) {
	v.t.Helper()
	if got := strings.Join(v.page.summary(), "|"); got != i18n.T(l, "code.spent") {
		v.t.Errorf("the summary says %q, want %q", got, i18n.T(l, "code.spent"))
	}
}

// redeemCode types a valid code.
func (v *visitor) redeemCode(l i18n.Lang, code string) {
	v.t.Helper()
	v.post("/"+string(l)+"/code", codeForm(code))
	v.wantDraft(l, "Ada")
}

func TestWrongHandoffCodesAreLimited(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		path := "/" + string(l) + "/code"
		desk, phone := s.visitorWithDraft(t, l, "Ada"), s.newDevice(t, "phone")
		code := desk.createCode(l)
		for left := 4; left >= 0; left-- {
			for _, typed := range []string{"", "  "} { // costs no attempt
				phone.post(path, codeForm(typed))
				phone.wantHandoffError(l, "", i18n.T(l, "code.empty"))
			}
			want := i18n.N(l, "code.mistyped", left)
			if left == 0 {
				want = i18n.T(l, "code.spent")
			}
			phone.post(path, codeForm("AAAA-AAAA"))
			phone.wantHandoffError(l, "AAAA-AAAA", want)
		}
		phone.post(path, codeForm(code))
		phone.wantHandoffError(l, code, i18n.T(l, "code.spent"))
		s.newDevice(t, "tablet").redeemCode(l, code) // another device has its own attempts

		s.pass(time.Second)
		phone.redeemCode(l, desk.createCode(l))
	}
}

func TestEachStatusOfAHandoffCode(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		want string
		then func(t *testing.T, s *site, desk *visitor, code string)
	}{
		{"too old", "code.late", func(_ *testing.T, s *site, _ *visitor, _ string) { s.pass(10 * time.Minute) }},
		{"used", "code.used", func(t *testing.T, s *site, _ *visitor, code string) { s.visitor(t).redeemCode(i18n.English, code) }},
		{"its draft has ended", "code.gone", func(_ *testing.T, s *site, _ *visitor, _ string) { s.pass(draftTTL) }},
		{"its draft was sent", "code.finished", sendAndKeepGrant},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, settings{})
			desk := s.visitorWithDraft(t, i18n.English, "Ada")
			code := strings.ReplaceAll(desk.createCode(i18n.English), " ", "")
			tt.then(t, s, desk, code)
			for _, l := range i18n.Languages {
				v := s.visitor(t)
				for range 7 { // none of them costs an attempt
					v.post("/"+string(l)+"/code", codeForm(code))
					v.wantHandoffError(l, code, i18n.T(l, tt.want))
				}
			}
		})
	}
}

// sendAndKeepGrant submits an application, and restores its code as if clearing it had
// failed.
func sendAndKeepGrant(t *testing.T, s *site, desk *visitor, code string) {
	t.Helper()
	desk.continueAndSend(i18n.English)
	entry, err := s.accessStore.BySession(t.Context(), token.Digest(desk.cookie()))
	if err != nil {
		t.Fatal(err)
	}
	err = s.accessStore.AddHandoff(t.Context(), access.Grant{
		Digest: token.Digest(code), Kind: access.ByHandoff, Draft: entry.Draft, CreatedAt: s.now(), ExpiresAt: s.now().Add(time.Minute),
	}, token.Digest(desk.cookie()))
	if err != nil {
		t.Fatal(err)
	}
}

// TestHandoffCodeAsksAboutAnotherDraft wants the same choice between two drafts as for
// a link.
func TestHandoffCodeAsksAboutAnotherDraft(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		desk := s.visitorWithDraft(t, l, "Ada")
		begun := s.now()
		s.pass(time.Hour)
		phone := s.visitorWithDraft(t, l, "Bob")
		code := desk.createCode(l)
		before := phone.cookie()
		phone.post("/"+string(l)+"/code", codeForm("AAAA AAAA")) // there is no choice
		phone.want(http.StatusUnprocessableEntity, i18n.T(l, "code.title"))
		for range 7 { // the page costs no attempt
			phone.post("/"+string(l)+"/code", codeForm(code))
			phone.wantDraftChoice(l, begun, s.now())
		}
		if phone.cookie() != before {
			t.Error("the draft in this browser was replaced before a choice")
		}
		choosing := phone.form("")
		phone.open(phone.page.link(i18n.T(l, "lang.name")))
		phone.open("/" + string(l.Other()) + "/code/" + url.PathEscape(code))
		phone.pressButton(i18n.T(l.Other(), "nav.continue"))
		phone.wantDraftChoice(l.Other(), begun, s.now())
		phone.open(phone.page.link(i18n.T(l.Other(), "resume.here.keep")))
		phone.wantDraft(l, "Bob")
		for range 2 {
			phone.press(choosing, i18n.T(l, "resume.device.take"))
			phone.wantDraft(l, "Ada")
		}
	}
}

// TestHandoffCodePostedTwice wants both posts to succeed, because a browser shows the
// answer to the second.
func TestHandoffCodePostedTwice(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	l := i18n.French
	code := s.visitorWithDraft(t, l, "Ada").createCode(l)
	v := s.visitor(t)
	v.open("/fr/code/" + url.PathEscape(code))
	f := v.form("")
	for range 2 {
		by := s.visitor(t)
		by.post(f.action, f.values(nil))
		by.wantDraft(l, "Ada")
	}
	f.set("press", "another")
	late := s.visitor(t)
	late.post(f.action, f.values(nil))
	late.wantHandoffError(l, code, i18n.T(l, "code.used"))
}

func TestWhatCannotBeAHandoffCodeCostsNoAttempt(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		desk, phone := s.visitorWithDraft(t, l, "Ada"), s.newDevice(t, "phone")
		code := desk.createCode(l)
		for typed, key := range map[string]string{
			"CT97 3W":                   "code.letter",
			"Your code: CT973W":         "code.letter",
			"Votre code\u00a0: ct9 73w": "code.letter",
			"CT97 3WA":                  "code.malformed",
			"Code":                      "code.malformed",
		} {
			phone.post("/"+string(l)+"/code", codeForm(typed))
			phone.wantHandoffError(l, typed, i18n.T(l, key))
		}
		phone.post("/"+string(l)+"/code", codeForm("AAAA AAAA"))
		phone.wantHandoffError(l, "AAAA AAAA", i18n.N(l, "code.mistyped", 4))
		phone.redeemCode(l, i18n.T(l, "code.label")+": "+strings.ToLower(code)+".")
	}
}
