package main

import (
	"fmt"
	"strings"
)

// looksAtTheConfirmation looks at what follows after the application is sent.
func (p *person) looksAtTheConfirmation() {
	p.shows(p.path(""), p.words("landing.title")) // while it waits
	first := strings.TrimPrefix(p.opens("mail.confirm.subject"), p.base)
	p.isAccessible("a letter in the outbox")
	p.looksAtTheWaitingPage()

	p.newLetter(func() {
		p.changes("joinery.db", "UPDATE links SET made_at = made_at - 60")
		p.visit(p.path("/apply/sent"))
		p.follow(p.words("sent.again"))
		sees(p, p.words("note.again"), "words(document.querySelector('[role=status]'))")
	})
	p.isAccessible("sent again")
	o := p.another()
	o.shows(first, o.words("link.superseded.title"))
	o.isAccessible("superseded, and too early for another one")
	p.changes("joinery.db", "UPDATE links SET made_at = made_at - 7200")
	o.shows(first, o.words("link.superseded.title"))
	second := strings.TrimPrefix(p.opens("mail.confirm.subject"), p.base)
	o.looksAtTheLinkToConfirm(second)

	p.visit(second)
	sees(p, p.words("link.used.title"), "words(heading())")
	o.shows(second, o.words("link.used.title"))
	p.shows(p.path("/apply/sent"), p.words("sent.confirmed.title"))
	for state, standing := range map[string]string{"withdrawn": "withdrawn", "expired": "gone"} {
		p.changes("joinery.db", fmt.Sprintf("UPDATE applications SET state = '%s'", state))
		o.shows(second, o.words("link."+standing+".title"))
		p.shows(p.path("/apply/sent"), p.words("sent."+state+".title"))
	}
	p.changes("joinery.db", "UPDATE applications SET state = 'replaced'")
	o.shows(second, o.words("link.replaced.title"))
}

// looksAtTheWaitingPage looks at it in every state that the letter, its code and
// the address can be in.
func (p *person) looksAtTheWaitingPage() {
	sent := p.path("/apply/sent")
	p.visit(sent)
	p.fill(p.words("proof.label"), "AAA AAA")
	p.follow(p.words("proof.send"))
	p.isAccessible("sent, with a wrong code")
	p.fill(p.words("sent.address"), "nope")
	p.follow(p.words("sent.readdress"))
	p.isAccessible("sent, with a wrong address")
	p.shows(sent+"?note=press", p.words("sent.waiting.title"))

	p.changes("joinery.db", "UPDATE links SET tries = 9")
	p.shows(sent, p.words("sent.waiting.title"))
	p.changes("joinery.db", "UPDATE links SET tries = 0, expires_at = 0")
	p.shows(sent, p.words("sent.waiting.title"))
	p.changes("joinery.db", "UPDATE links SET expires_at = made_at + 86400; UPDATE mails SET state = 'abandoned'")
	p.shows(sent, p.words("sent.waiting.title"))
	p.changes("joinery.db", "UPDATE mails SET state = 'delivered'; UPDATE applications SET email = 'ada@gmial.com'")
	p.shows(sent, p.words("sent.waiting.title"))
	sees(p, true, "!!button($0)", p.words("sent.meant.send"))
	p.changes("joinery.db", "UPDATE applications SET email = 'ada@example.org'")
}

// looksAtTheLinkToConfirm looks at the pages of a link on another device, and
// leaves it as it was.
func (p *person) looksAtTheLinkToConfirm(link string) {
	p.changes("joinery.db", "UPDATE links SET expires_at = 0")
	p.shows(link, p.words("link.late.title"))
	p.changes("joinery.db", "UPDATE links SET expires_at = made_at + 86400")
	p.shows(link, p.words("link.open.title"))
	p.reads()
	p.follow(p.words("link.confirm"))
	sees(p, p.words("link.confirming.title"), "words(heading())")
	p.isAccessible("confirming")
	p.changes("joinery.db", "UPDATE links SET pressed = ''")

	p.visit(link)
	p.reads()
	p.follow(p.words("link.not_mine"))
	sees(p, p.words("not_mine.title"), "words(heading())")
	p.isAccessible("not mine")
	p.reads()
	p.follow(p.words("not_mine.delete"))
	sees(p, p.words("link.ending.title"), "words(heading())")
	p.isAccessible("ending")
	p.changes("joinery.db", "UPDATE links SET pressed = '', doubted = 1")

	p.shows(link, p.words("link.doubted.title"))
	p.fill(p.words("proof.label"), "AAA AAA")
	p.follow(p.words("link.code.confirm"))
	p.isAccessible("doubted, with a wrong code")
	p.follow(p.words("link.not_mine"))
	sees(p, p.words("not_mine.title"), "words(heading())")
	p.isAccessible("not mine, with a code")
	p.changes("joinery.db", "UPDATE links SET tries = 5")
	p.shows(link, p.words("link.spent.title"))
	p.changes("joinery.db", "UPDATE links SET tries = 0, doubted = 0")
}
