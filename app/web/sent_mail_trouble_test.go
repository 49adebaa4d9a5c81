package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"joinery/app/i18n"
	"joinery/app/mail"
)

// TestARefusalOfUsBlamesNoAddress turns the page that waits, opens its disclosure, and
// asks to correct nothing.
func TestARefusalOfUsBlamesNoAddress(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		v := s.visitor(t)
		v.send(l, answerFirst)
		address, _ := pollOf(v.page)
		s.deliver(t, &mail.Failure{Step: "recipient", Code: 554, Status: "5.7.1", Cause: mail.Ours})
		part := v.htmx(http.MethodGet, address, nil, "HX-Target", "div#live")
		if part.header.Get("HX-Retarget") != "#page" || part.h1() != i18n.T(l, "sent.waiting.title") {
			t.Errorf("the page turns by %v to %s", part.header, part.body)
		}
		v.open("/" + string(l) + sentPath)
		if words := v.page.text(); !hasAttribute(v.disclosure(), "open") || strings.Contains(words, i18n.T(l, "sent.refused.where")) || strings.Contains(words, i18n.T(l, "proof.refused")) {
			t.Errorf("the page says %s", words)
		}
	}
}

// TestALetterThatWasGivenUpIsToldAsThat and not as one that comes.
func TestALetterThatWasGivenUpIsToldAsThat(t *testing.T) {
	t.Parallel()
	for cause, key := range map[mail.Cause]string{
		mail.Ours: "sent.mail.given_up.ours", mail.Full: "sent.mail.given_up.full", mail.Passing: "sent.mail.given_up",
		mail.Unanswered: "sent.mail.given_up.unanswered",
	} {
		for _, l := range i18n.Languages {
			s := newSite(t, settings{})
			v := s.visitor(t)
			v.send(l, answerFirst)
			if _, err := s.queue.DB.Write().ExecContext(t.Context(), `UPDATE mails SET state = 'abandoned', settled = 1, cause = $1`, cause); err != nil {
				t.Fatal(err)
			}
			v.open("/" + string(l) + sentPath)
			lead, comes := text(elements(v.page.root, hasClass("lead"))[0]), cause == mail.Unanswered
			if (v.page.h1() == i18n.T(l, "sent.failed.title")) == comes {
				t.Errorf("after %s the heading is %s", cause, v.page.h1())
			}
			if got := text(v.page.byID("delivery")); got != i18n.T(l, key) || strings.HasPrefix(lead, i18n.T(l, "sent.failed.where")) == comes {
				t.Errorf("the page says %q and %q, want %q", lead, got, i18n.T(l, key))
			}
		}
	}
}

// TestOnlyAnotherLetterHelps where the first was given up, or where its link and its code have
// expired: the status and the button then come before the code and the disclosure.
func TestOnlyAnotherLetterHelps(t *testing.T) {
	t.Parallel()
	for title, ends := range map[string]func(t *testing.T, s *site){
		"sent.failed.title": func(t *testing.T, s *site) {
			if _, err := s.queue.DB.Write().ExecContext(t.Context(), `UPDATE mails SET state = 'abandoned', settled = 1, cause = $1`, mail.Ours); err != nil {
				t.Fatal(err)
			}
		},
		"sent.over.title": func(t *testing.T, s *site) { s.letters(t); s.pass(linkTTL) },
	} {
		for _, l := range i18n.Languages {
			s := newSite(t, settings{})
			v := s.visitor(t)
			v.send(l, answerFirst)
			address, _ := pollOf(v.page)
			ends(t, s)
			s.pass(time.Hour)
			if part := v.htmx(http.MethodGet, address, nil, "HX-Target", "div#live"); part.header.Get("HX-Retarget") != "#page" || part.h1() != i18n.T(l, title) {
				t.Errorf("the page turns by %v to %s", part.header, part.body)
			}
			v.open("/" + string(l) + sentPath)
			v.want(http.StatusOK, i18n.T(l, title))
			first := elements(v.page.byID("main"), isTag("button"))[0]
			if text(first) != i18n.T(l, "sent.again") || attribute(first, "class") != "primary" || len(elements(v.page.root, hasClass("primary"))) != 1 {
				t.Errorf("the first button is %q: %s", text(first), v.page.body)
			}
			if v.pressButton(i18n.T(l, "sent.again")); v.page.h1() != i18n.T(l, "sent.waiting.title") || text(elements(v.page.root, isTag("button"))[0]) == i18n.T(l, "sent.again") {
				t.Errorf("with another letter on its way the page says %s", v.page.text())
			}
		}
	}
}

// TestNobodyLooksForALetterThatHasExpired: the page says when it was sent, and offers another.
func TestNobodyLooksForALetterThatHasExpired(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		v := s.visitor(t)
		v.send(l, answerFirst)
		s.deliver(t, nil)
		s.pass(linkTTL + time.Hour)
		v.open("/" + string(l) + sentPath)
		live := v.page.byID("live")
		if words := text(live); v.page.byID("delivery") == nil || len(elements(live, isTag("button"))) != 1 || strings.Contains(words, i18n.T(l, "sent.mail.hours")) || strings.Contains(words, i18n.T(l, "sent.missing.text")) {
			t.Errorf("of a letter that has expired the page says %s", words)
		}
	}
}

// TestTheLeadSaysWhetherTheLetterHasGone before and after a mail server took it, on the page
// and in the answer to a poll, which leaves all else as it is.
func TestTheLeadSaysWhetherTheLetterHasGone(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		v := s.visitor(t)
		v.send(l, answerFirst)
		address, _ := pollOf(v.page)
		for _, want := range []string{"sent.waiting.where", "sent.accepted.where"} {
			v.open("/" + string(l) + sentPath)
			part := v.htmx(http.MethodGet, address, nil, "HX-Target", "div#live")
			for _, p := range []*htmlPage{v.page, part} {
				if lead := text(p.byID("lead")); lead != i18n.T(l, want)+" "+canonicalEmail+"." || (attribute(p.byID("lead"), "hx-swap-oob") == "innerMorph") != (p == part) {
					t.Errorf("%q is said, want %q: %s", lead, i18n.T(l, want), p.body)
				}
			}
			if part.header.Get("HX-Retarget") != "" || part.header.Get("HX-Reswap") != "" {
				t.Errorf("the page turns by %v", part.header)
			}
			s.deliver(t, nil)
		}
	}
}

// TestAfterHoursThePageAsksAboutTheAddress although the letter was accepted.
func TestAfterHoursThePageAsksAboutTheAddress(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		v := s.visitor(t)
		v.send(l, answerFirst)
		s.deliver(t, nil)
		for _, tt := range []struct {
			later time.Duration
			asks  bool
		}{{hoursWithoutAnswer - time.Minute, false}, {2 * time.Minute, true}} {
			s.pass(tt.later)
			v.open("/" + string(l) + sentPath)
			if asks := strings.Contains(v.page.text(), i18n.T(l, "sent.mail.hours")); asks != tt.asks || hasAttribute(v.disclosure(), "open") != tt.asks {
				t.Errorf("the page asks about the address: %t, want %t", asks, tt.asks)
			}
		}
		if v.page.link(i18n.T(l, "sent.wrong.link")) != "#address" {
			t.Error("the page does not lead to the address")
		}
	}
}
