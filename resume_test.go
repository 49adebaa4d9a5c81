package main

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
		p.follow(p.words("later.send"))
		sees(p, p.words("note.mailed"), "words(document.querySelector('[role=status]'))")
	})
	return strings.TrimPrefix(p.opens("mail.resume.subject"), p.base)
}

// elsewhere opens the draft of p in another browser, by a link in a letter.
func (p *person) elsewhere() *person {
	p.Helper()
	o := p.another()
	o.visit(p.mailed())
	sees(o, o.words("resume.open.title"), "words(heading())")
	o.follow(o.words("landing.continue"))
	return o
}

func TestAMailedLinkLetsOneBrowserInOnce(t *testing.T) {
	everyWay(t, bothScripts, func(p *person) {
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

		third := p.another()
		third.visit(link)
		sees(third, third.words("resume.used.title"), "words(heading())")
		p.newLetter(func() {
			third.follow(third.words("link.renew"))
			sees(third, third.words("note.fresh"), "words(document.querySelector('[role=status]'))")
		})
		third.visit(strings.TrimPrefix(p.opens("mail.resume.subject"), p.base))
		third.follow(third.words("landing.continue"))
		third.isAt("affiliations")
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

// A browser that holds a draft already is asked which one to go on with.
func TestABrowserWithAnotherDraftChooses(t *testing.T) {
	everyWay(t, bothScripts, func(p *person) {
		p.hasAnswered(2)
		link := p.mailed()
		o := p.another()
		o.hasAnswered(1)
		o.visit(link)
		o.choosesBetween("affiliations", "role")
		o.follow(o.words("resume.here.keep"))
		o.isAt("role")
		o.visit(link)
		o.choosesBetween("affiliations", "role")
		o.follow(o.words("resume.message.take"))
		o.isAt("affiliations")
		p.visit(p.path("/apply"))
		p.isAt("affiliations")
	})
}

// choosesBetween checks that both drafts are named by where they go on, and
// neither by what is in it.
func (p *person) choosesBetween(theirs, mine string) {
	p.Helper()
	sees(p, p.words("resume.choose.title"), "words(heading())")
	for i, key := range []string{theirs, mine} {
		section, _ := questions().Section(key)
		sees(p, true, "words(document.querySelectorAll('section.card')[$0]).includes($1)", i,
			p.words("resume.where")+plain(section.Title.In(p.lang)))
	}
	sees(p, false, "words(document.body).includes('Zo')")
}

// Somebody who lost everything asks by typing the address. The answer is the
// same whether there is a draft or not.
func TestWhoLostEverythingAsksForALink(t *testing.T) {
	everyWay(t, ways[1:3], func(p *person) {
		p.hasAnswered(2)
		o := p.another()
		for _, address := range []string{"nobody@example.org", "ZOE@example.org"} {
			o.visit("/")
			o.follow(o.words("landing.lost"))
			o.fill(o.words("later.address"), address)
			o.follow(o.words("lost.send"))
			sees(o, o.words("note.asked"), "words(document.querySelector('[role=status]'))")
		}
		o.visit(strings.TrimPrefix(o.opens("mail.resume.subject"), o.base))
		o.follow(o.words("landing.continue"))
		o.isAt("affiliations")
		sees(o, o.lang.Tag(), "document.documentElement.lang")
	})
}
