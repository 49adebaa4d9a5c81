package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"joinery/app/i18n"
	"joinery/app/mail"
)

// mostWaitingWords is how many words the waiting page may have before its disclosure.
const mostWaitingWords = 90

// disclosure returns the part of the waiting page for trouble.
func (v *visitor) disclosure() *html.Node {
	v.t.Helper()
	found := elements(v.page.root, isTag("details"))
	if len(found) != 1 {
		v.t.Fatalf("there are %d disclosures, want one: %s", len(found), v.page.body)
	}
	return found[0]
}

// TestTheWaitingPageAsksForOneThing wants the address, the code and the deadline first, in
// few words, and all else behind one disclosure.
func TestTheWaitingPageAsksForOneThing(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		v := s.visitor(t)
		v.send(l, answerFirst)
		s.letters(t)
		v.open("/" + string(l) + sentPath)
		before, _, found := strings.Cut(text(v.page.byID("main")), text(v.disclosure()))
		if n := len(strings.Fields(before)); !found || n > mostWaitingWords {
			t.Errorf("before the disclosure there are %d words, want %d at most: %s", n, mostWaitingWords, before)
		}
		for _, want := range []string{canonicalEmail, i18n.T(l, "proof.label"), i18n.T(l, "proof.send")} {
			if !strings.Contains(before, want) {
				t.Errorf("%q is missing: %s", want, before)
			}
		}
		if rest := text(v.disclosure()); hasAttribute(v.disclosure(), "open") || !strings.Contains(rest, i18n.T(l, "sent.again")) && !strings.Contains(rest, i18n.T(l, "sent.soon", "")[:20]) ||
			!strings.Contains(rest, i18n.T(l, "sent.readdress")) || !strings.Contains(rest, i18n.T(l, "sent.correct")) || !strings.Contains(rest, i18n.T(l, "receipt.keep.page")) || !strings.Contains(rest, "help@hub.example") {
			t.Errorf("the disclosure is open, or not complete: %s", rest)
		}
	}
}

// TestTheDisclosureOpensWhenSomethingIsToDo wants it to be open in every state that asks
// for what stands there.
func TestTheDisclosureOpensWhenSomethingIsToDo(t *testing.T) {
	t.Parallel()
	l := i18n.English
	tests := map[string]func(t *testing.T, s *site, v *visitor){
		"the letter was refused": func(t *testing.T, s *site, _ *visitor) {
			s.deliver(t, &mail.Failure{Step: "recipient", Code: 550, Cause: mail.Address})
		},
		"the letter goes later": func(t *testing.T, s *site, _ *visitor) { s.deliver(t, &mail.Failure{Step: "connecting"}) },
		"the code has expired":  func(t *testing.T, s *site, _ *visitor) { s.letters(t); s.pass(linkTTL) },
		"a wrong address":       func(_ *testing.T, _ *site, v *visitor) { v.changeEmail(l, "nope") },
		"the same address":      func(_ *testing.T, _ *site, v *visitor) { v.changeEmail(l, canonicalEmail) },
	}
	for name, does := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, settings{})
			v := s.visitor(t)
			v.send(l, answerFirst)
			if hasAttribute(v.disclosure(), "open") {
				t.Error("it is open when nothing is to do")
			}
			if does(t, s, v); len(v.page.notes())+len(v.page.summary()) == 0 {
				v.open("/en" + sentPath)
			}
			if !hasAttribute(v.disclosure(), "open") {
				t.Errorf("it is closed: %s", v.page.text())
			}
		})
	}
}

// TestARefusedLetterTurnsThePage that waits for it into one that asks for the address, and
// what was typed stays. A letter that was asked for since turns it back.
func TestARefusedLetterTurnsThePage(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		v := s.visitor(t)
		v.send(l, answerFirst)
		address, _ := pollOf(v.page)
		s.deliver(t, &mail.Failure{Step: "recipient", Code: 550, Cause: mail.Address})
		part := v.htmx(http.MethodGet, address, nil, "HX-Target", "div#live")
		if part.header.Get("HX-Retarget") != "#page" || part.header.Get("HX-Reswap") != "innerMorph" || part.h1() != i18n.T(l, "sent.refused.title") || hasAttribute(elements(part.root, isTag("h1"))[0], "autofocus") {
			t.Errorf("the page turns by %v to %s", part.header, part.body)
		}
		address, pause := pollOf(part)
		if again := v.htmx(http.MethodGet, address, nil, "HX-Target", "div#live"); again.header.Get("HX-Retarget") != "" || pause == 0 {
			t.Errorf("it turns at each poll: %s", again.body)
		}
		s.pass(wholeMinute(s.now()).Sub(s.now()) + 2*time.Minute)
		v.post("/"+string(l)+sentPath+"/again", nil)
		if back := v.htmx(http.MethodGet, address, nil, "HX-Target", "div#live"); back.h1() != i18n.T(l, "sent.waiting.title") {
			t.Errorf("after another letter the page says %s", back.body)
		}
	}
}

// TestAMistypedCodeOpensNoDisclosure, because the code is to be typed again.
func TestAMistypedCodeOpensNoDisclosure(t *testing.T) {
	t.Parallel()
	l := i18n.French
	v := newSite(t, settings{}).visitor(t)
	v.send(l, answerFirst)
	if v.enterSentCode(l, "AAAAAA"); hasAttribute(v.disclosure(), "open") {
		t.Errorf("it is open: %s", v.page.text())
	}
}
