//go:build e2e

package harness

import (
	"fmt"
	"joinery/app/i18n"
	"strings"
)

// OpenLetter opens the latest letter in the outbox, which must have the subject
// under a key of the catalogue, and returns the path of the link in its plain
// text, or "".
func (p *Person) OpenLetter(subject string) (link string) {
	p.Helper()
	subject = p.Words(subject, Hub.In(p.Lang))
	Eventually(p.T, "the letter "+subject+" is in the outbox", func() error {
		p.Visit("/outbox")
		_, err := Evaluate[string](p, "words(button($0))", subject)
		return err
	})
	p.Follow(subject)
	p.Expect(subject, "words(heading())")
	p.Expect(true, "!!document.querySelector('iframe')")
	link = Ask[string](p, "document.querySelector('pre').innerText.match(/http:.*\\/(confirm|resume)\\/.*/)?.[0] ?? ''")
	return strings.TrimPrefix(link, p.Base)
}

// ExpectNewLetter does what makes the site write a letter, and waits for it.
func (p *Person) ExpectNewLetter(act func()) {
	p.Helper()
	count := func() int {
		p.Visit("/outbox")
		return Ask[int](p, "document.querySelectorAll('main ul a').length")
	}
	before := count()
	act()
	Eventually(p.T, "there is a new letter", func() error {
		if now := count(); now != before+1 {
			return fmt.Errorf("there are %d", now)
		}
		return nil
	})
}

// MailResumeLink has a link to the draft of Zoe mailed to the address in the draft,
// and returns its path in the person's language. The letter is in French, as Zoe
// wants it.
func (p *Person) MailResumeLink() (link string) {
	p.Helper()
	p.ExpectNewLetter(func() {
		p.Visit(p.Path("/apply/later"))
		p.Expect("zoe@example.org", "question($0).value", p.Words("later.address"))
		p.ReadPage()
		p.Follow(p.Words("later.send"))
		p.ExpectNote("note.mailed")
	})
	reads := p.Lang
	p.Lang = i18n.French
	link = p.OpenLetter("mail.resume.subject")
	p.Lang = reads
	return strings.Replace(link, "/fr/", p.Path("/"), 1)
}
