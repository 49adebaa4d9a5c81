package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"joinery/app/confirm"
	"joinery/app/i18n"
	"joinery/app/token"
)

// refusedPages lead to pages outside of the sections that show a problem. Each returns the
// field with what was typed, and the key of the title of the page.
var refusedPages = map[string]func(t *testing.T, s *site, v *visitor, l i18n.Lang) (field, title string){
	"an address on the page of lost drafts": func(_ *testing.T, _ *site, v *visitor, l i18n.Lang) (string, string) {
		v.open("/" + string(l) + "/resume")
		v.refuse(i18n.T(l, "lost.send"), "address", "zoe@")
		return "address", "lost.title"
	},
	"no answer to the question who applied": func(t *testing.T, s *site, v *visitor, l i18n.Lang) (string, string) {
		s.join(t, l, "Zoé", "Tremblay")
		v.sendAs(l, "Paul", "Tremblay")
		v.open(s.confirmLink(t))
		v.pressButton(i18n.T(l, "who.send"))
		return "", "link.held.title"
	},
	"a wrong code with the answer": func(t *testing.T, s *site, v *visitor, l i18n.Lang) (string, string) {
		s.join(t, l, "Zoé", "Tremblay")
		s.visitor(t).sendAs(l, "Paul", "Tremblay")
		link := s.confirmLink(t)
		v.open(link)
		v.pressButton(i18n.T(l, "link.confirm"))
		s.pass(11 * time.Second)
		s.applyChoices(t)
		v.open(link)
		v.answer(l, confirm.SomeoneElse, wrongCode(s.newestCode(t, l)))
		return "code", "link.held.title"
	},
	"an address for a link": func(_ *testing.T, _ *site, v *visitor, l i18n.Lang) (string, string) {
		v.saveFirstSection(l)
		v.open("/" + string(l) + "/apply/later")
		v.refuse(i18n.T(l, "later.send"), "address", "zoe@")
		return "address", "later.title"
	},
	"an address before leaving": func(_ *testing.T, _ *site, v *visitor, l i18n.Lang) (string, string) {
		f := v.openFirstSection(l)
		f.set("email", "nobody")
		v.press(f, "")
		v.open("/" + string(l) + "/apply/leave")
		v.refuse(i18n.T(l, "later.send"), "address", "zoe@")
		return "address", "leave.title"
	},
	"another address for an application": func(_ *testing.T, _ *site, v *visitor, l i18n.Lang) (string, string) {
		v.send(l, answerFirst)
		v.refuse(i18n.T(l, "sent.readdress"), "address", "zoe@")
		return "address", "sent.waiting.title"
	},
	"a wrong code of the letter": func(t *testing.T, s *site, v *visitor, l i18n.Lang) (string, string) {
		v.send(l, answerFirst)
		v.enterSentCode(l, wrongCode(s.newestCode(t, l)))
		return "", "sent.waiting.title"
	},
	"no code of the letter": func(_ *testing.T, _ *site, v *visitor, l i18n.Lang) (string, string) {
		v.send(l, answerFirst)
		v.enterSentCode(l, "")
		return "", "sent.waiting.title"
	},
	"what is no code of the letter": func(_ *testing.T, _ *site, v *visitor, l i18n.Lang) (string, string) {
		v.send(l, answerFirst)
		v.enterSentCode(l, "what?")
		return "code", "sent.waiting.title"
	},
	"a wrong code of a device": func(_ *testing.T, _ *site, v *visitor, l i18n.Lang) (string, string) {
		v.post("/"+string(l)+"/code", url.Values{"code": {"AAAA AAAA"}})
		return "code", "code.title"
	},
	"what is no code of a device": func(_ *testing.T, _ *site, v *visitor, l i18n.Lang) (string, string) {
		v.post("/"+string(l)+"/code", url.Values{"code": {"what?"}})
		return "code", "code.title"
	},
	"a wrong code that puts answers back": func(t *testing.T, s *site, v *visitor, l i18n.Lang) (string, string) {
		link, _ := s.replaced(t, l)
		v.restore(l, link, "AAAAAAAAA")
		return "code", "restore.open.title"
	},
	"what is no code that puts answers back": func(t *testing.T, s *site, v *visitor, l i18n.Lang) (string, string) {
		link, _ := s.replaced(t, l)
		v.restore(l, link, "AAAA AAAA")
		return "code", "restore.open.title"
	},
	"a wrong code that confirms a new address": func(t *testing.T, s *site, v *visitor, l i18n.Lang) (string, string) {
		link, _ := s.askAddress(t, l)
		v.confirmAddress(l, link, "AAAAAAAAA")
		return "code", "new_address.open.title"
	},
	"a wrong code of a link": func(t *testing.T, s *site, v *visitor, l i18n.Lang) (string, string) {
		applicant := s.visitor(t)
		applicant.send(l, answerFirst)
		link := s.link(t, 1)
		s.pass(time.Minute)
		v.pressBothChoices(l, link)
		v.enterLinkCode(i18n.T(l, "link.code.confirm"), wrongCode(s.newestCode(t, l)))
		return "code", "link.doubted.title"
	},
}

// refuse types something into the form of a button, and presses the button.
func (v *visitor) refuse(button, field, typed string) {
	v.t.Helper()
	f := v.form(button)
	f.set(field, typed)
	v.press(f, button)
	v.want(http.StatusUnprocessableEntity, "")
}

// TestProblemsAreInTheOtherLanguage switches twice. Nothing is checked again: no code
// costs another attempt.
func TestProblemsAreInTheOtherLanguage(t *testing.T) {
	t.Parallel()
	for name, lead := range refusedPages {
		for _, l := range i18n.Languages {
			t.Run(name+" "+string(l), func(t *testing.T) {
				t.Parallel()
				s := newSite(t, settings{})
				v := s.visitor(t)
				field, title := lead(t, s, v, l)
				v.want(http.StatusUnprocessableEntity, i18n.T(l, title))
				problems := v.page.summary()
				var typed string
				if field != "" {
					typed = attribute(v.page.byID(field), "value")
				}
				before := s.dump(t)
				for _, to := range []i18n.Lang{l.Other(), l} {
					v.pressButton(i18n.T(to, "lang.name"))
					v.want(http.StatusUnprocessableEntity, i18n.T(to, title))
					if got := v.page.summary(); len(got) != len(problems) || slices.Equal(got, problems) != (to == l) {
						t.Errorf("the problems %q have become %q", problems, got)
					}
					if !strings.HasPrefix(v.page.url.Path, "/"+string(to)+"/") || !strings.HasPrefix(v.page.title(), i18n.T(to, "error.prefix")) {
						t.Errorf("at %s the title is %q", v.page.url, v.page.title())
					}
					if field != "" && attribute(v.page.byID(field), "value") != typed {
						t.Errorf("%q has become %q", typed, attribute(v.page.byID(field), "value"))
					}
				}
				if after := s.dump(t); after != before {
					t.Errorf("switching has left\n%s\nwant\n%s", after, before)
				}
			})
		}
	}
}

// TestARequestForAPressStaysInTheOtherLanguage posts as programs do.
func TestARequestForAPressStaysInTheOtherLanguage(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		v := newSite(t, settings{}).visitor(t)
		v.post("/"+string(l)+"/resume", url.Values{"address": {"zoe@hospital.example"}})
		v.pressButton(i18n.T(l.Other(), "lang.name"))
		v.want(http.StatusUnprocessableEntity, i18n.T(l.Other(), "lost.title"))
		if got := attribute(v.page.byID("address"), "value"); got != "zoe@hospital.example" {
			t.Errorf("the address has become %q", got)
		}
		if letters := v.site.letters(t); len(letters) > 0 {
			t.Errorf("switching has sent %d letters", len(letters))
		}
	}
}

// TestANeighbourIsNotAccused uses up the codes of a network by other devices.
func TestANeighbourIsNotAccused(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		for range 1000 {
			if _, _, err := s.accessStore.CountAttempt(t.Context(), token.Digest("127.0.0.0/24"), s.now()); err != nil {
				t.Fatal(err)
			}
		}
		v := s.newDevice(t, "a newcomer")
		v.post("/"+string(l)+"/code", codeForm("AAAA AAAA"))
		v.wantHandoffError(l, "AAAA AAAA", i18n.T(l, "code.crowded"))
	}
}

// TestAForgedSwitchSaysNothing posts problems that no page has.
func TestAForgedSwitchSaysNothing(t *testing.T) {
	t.Parallel()
	v := newSite(t, settings{}).visitor(t)
	v.send(i18n.English, answerFirst)
	for _, problem := range []string{"", "made up", "<b>", "title", "a\r\nSet-Cookie: x=y", "open"} {
		for _, path := range []string{"/en/code", "/en/apply/sent/code"} {
			v.post(path, url.Values{"do": {"en"}, "wrong": {problem}, "left": {"999999999999"}})
			if strings.Contains(v.page.body, "<b>") || v.page.status >= 500 || len(v.page.header.Values("Set-Cookie")) > 1 {
				t.Errorf("%s: %q leads to %d %s", path, problem, v.page.status, v.page.body)
			}
		}
	}
}

// TestARightCodeStaysInTheOtherLanguage types the code of a doubted link, which leads to
// the question who applied, and switches twice before the answer.
func TestARightCodeStaysInTheOtherLanguage(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		s.join(t, l, "Zoé", "Tremblay")
		s.visitor(t).sendAs(l, "Paul", "Tremblay")
		link := s.confirmLink(t)
		s.pass(time.Minute)
		v := s.visitor(t)
		v.pressBothChoices(l, link)
		v.enterLinkCode(i18n.T(l, "link.code.confirm"), s.newestCode(t, l))
		for _, to := range []i18n.Lang{l.Other(), l} {
			v.want(http.StatusOK, i18n.T(to.Other(), "link.held.title"))
			v.pressButton(i18n.T(to, "lang.name"))
			if problems := v.page.summary(); len(problems) > 0 {
				t.Errorf("the page says %q", problems)
			}
		}
		f := v.form(i18n.T(l, "who.send"))
		f.set("who", confirm.SomeoneElse)
		v.press(f, i18n.T(l, "who.send"))
		v.want(http.StatusOK, i18n.T(l, "link.used.title"))
	}
}

// TestADoubtedAddressStaysInTheOtherLanguage asks about a typo there as well.
func TestADoubtedAddressStaysInTheOtherLanguage(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		v := newSite(t, settings{}).visitor(t)
		v.open("/" + string(l) + "/resume")
		v.refuse(i18n.T(l, "lost.send"), "address", "zoe@gmial.com")
		v.pressButton(i18n.T(l.Other(), "lang.name"))
		v.want(http.StatusUnprocessableEntity, i18n.T(l.Other(), "lost.title"))
		if !strings.Contains(v.page.text(), i18n.T(l.Other(), "lost.typo", "zoe@gmail.com")) || attribute(v.page.byID("address"), "value") != "zoe@gmial.com" {
			t.Errorf("the page says %s", v.page.text())
		}
	}
}
