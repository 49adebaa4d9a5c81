//go:build e2e

package e2e

import (
	"fmt"
	"strings"
	"testing"
)

// mailed has a link to the draft of p mailed, to the address in the draft, and
// returns its path.
func (p *person) mailed() string {
	p.Helper()
	p.newLetter(func() {
		p.visit(p.path("/apply/later"))
		sees(p, "zoe@example.org", "question($0).value", p.words("later.address"))
		p.reads()
		p.follow(p.words("later.send"))
		sees(p, p.words("note.mailed"), "words(document.querySelector('[role=status]'))")
	})
	return strings.TrimPrefix(p.opens("mail.resume.subject"), p.base)
}

func TestAMailedLinkLetsInWhoPressesTwice(t *testing.T) {
	everyWayAlone(t, bothScripts, func(p *person) {
		p.hasAnswered(2)
		link := p.mailed()
		o := p.another()
		for range 2 { // looking at the page does nothing
			o.visit(link)
			sees(o, o.words("resume.open.title"), "words(heading())")
		}
		o.followTwice(o.words("landing.continue"), link)
		o.isAt("affiliations")
		o.back()
		o.isAt("affiliations")
	})
}

// newLetter does what makes the site write a letter, and waits for it.
func (p *person) newLetter(act func()) {
	p.Helper()
	count := func() (n int) {
		p.visit("/outbox")
		n, err := ask[int](p, "document.querySelectorAll('main ul a').length")
		p.must(err)
		return n
	}
	before := count()
	act()
	eventually(p.T, "there is a new letter", func() error {
		if now := count(); now != before+1 {
			return fmt.Errorf("there are %d", now)
		}
		return nil
	})
}
