//go:build e2e

package browser

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"joinery/app/e2e/harness"
	"joinery/app/i18n"
)

func TestAPersonBecomesAMember(t *testing.T) {
	harness.EveryWayAlone(t, harness.Ways, func(p *harness.Person) {
		p.Visit("/")
		p.Expect(0, "document.scripts.length")
		p.Follow(p.Words("landing.start"))
		p.Expect(p.Script, "'htmx' in window")
		markPage(p)
		p.FillIn(harness.Ada...)
		p.ExpectSection("check")
		expectSamePage(p)

		changeAnswer(p, "role", "roles", "manager")
		sendApplication(p)
		confirmAddress(p)
		expectMember(p)
	})
}

// markPage marks the page that the browser has loaded.
func markPage(p *harness.Person) {
	p.Helper()
	p.Execute("window.marked = true")
}

// expectSamePage checks that the browser has loaded no page since the marked one,
// where there is JavaScript.
func expectSamePage(p *harness.Person) {
	p.Helper()
	if p.Script {
		p.Expect(true, "window.marked === true")
	}
}

// changeAnswer goes from the check page to a question, answers, and comes back to the
// answer.
func changeAnswer(p *harness.Person, section, question, code string) {
	p.Helper()
	change := harness.NormalizeSpace(i18n.T(p.Lang, "check.change") + i18n.T(p.Lang, "check.change_what", p.ShortLabel(question)))
	p.Follow(change)
	p.ExpectStep(section)
	p.Expect(question, "document.activeElement.id")
	p.Expect(true, "isSeen(document.activeElement)")
	p.Answer(question, code)
	p.Continue()
	p.ExpectStep("check")
	p.Expect(true, "isSeen(button($0))", change)
	// A fragment in the address keeps Chromium from moving the focus.
	p.Expect(true, "location.hash === $0 || words(document.activeElement) === $1", "#"+question+"-row", change)
	p.Expect(true, "words(document.body).includes($0)", p.OptionLabel(question, code))
}

// sendApplication sends the application, at first without the consent that it needs.
func sendApplication(p *harness.Person) {
	p.Helper()
	send := p.Words("check.send")
	p.Follow(send)
	p.ExpectErrors("check", 1)
	p.Click("summary().querySelector('a')")
	p.Expect(true, "document.activeElement.type === 'checkbox'")
	p.Type(" ")
	p.Expect(true, "box($0).checked", p.Consent(0))
	p.ReadPage()
	p.Follow(send)
	p.Expect(p.Path("/apply/sent"), "location.pathname")
	p.Expect(true, "title().startsWith($0)", p.Words("sent.waiting.title"))
	p.Expect(true, "document.activeElement === heading()")
	p.Expect(true, "words(document.body).includes('ada@example.org')")
}

// confirmAddress confirms the address in the browser that sent the application, where
// following the link is enough. Another browser is told that it is done.
func confirmAddress(p *harness.Person) {
	p.Helper()
	link := p.OpenLetter("mail.confirm.subject")
	o := p.NewBrowser()
	o.Visit(link)
	o.ExpectHeading("link.open.title")
	p.WaitForPage(func() { followLetterLink(p) })
	p.ExpectWelcome("Ada")
	o.Reload()
	o.ExpectWelcome("")
}

// followLetterLink goes with the keyboard into the letter as its reader sees
// it, and follows the first link there.
func followLetterLink(p *harness.Person) {
	p.Execute("button($0).focus()", p.Words("outbox.alone"))
	p.Type(kb.Tab)
	p.Expect("IFRAME", "document.activeElement.tagName")
	p.Type(kb.Enter)
}

// expectMember checks what the organization sees, and that the new member is
// welcome.
func expectMember(p *harness.Person) {
	p.Helper()
	if link := p.OpenLetter("mail.welcome.subject"); link != "" {
		p.Errorf("the welcome has the link %s", link)
	}
	p.Follow(p.Words("outbox.alone"))
	p.ExpectHeading("mail.welcome.named", "Ada")
	members := harness.Members(p.T, p.Site)
	if len(members) != 1 || members[0].Email != "ada@example.org" || members[0].Language != string(p.Lang) {
		p.Fatalf("the members are %+v, want Ada alone, in her language", members)
	}
	for _, s := range harness.Ada {
		for _, a := range s.Answers {
			for _, value := range a.Values {
				if got := strings.Join(members[0].Answers[a.Question], " "); !strings.Contains(got, value) {
					p.Errorf("the member's %s is %q, want %q in it", a.Question, got, value)
				}
			}
		}
	}
}
