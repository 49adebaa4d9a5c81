//go:build e2e

package e2e

import (
	"strings"
)

// looksAtTheConfirmation looks at what follows after the application is sent.
func (p *person) looksAtTheConfirmation() {
	p.shows(p.path(""), "landing.title", "while an application waits")
	first := strings.TrimPrefix(p.opens("mail.confirm.subject"), p.base)
	p.isAccessible("outbox, a letter")
	p.shows("/outbox", "outbox.title", "letters")
	p.looksAtTheWaitingPage()
	p.shows(p.path("/apply/receipt"), "receipt.title")
	p.isDrawn("receipt, printed", paper)

	p.newLetter(func() {
		p.changes("joinery.db", "UPDATE links SET created_at = created_at - 60")
		p.visit(p.path("/apply/sent"))
		p.follow(p.words("sent.again"))
		sees(p, p.words("note.again"), "words(document.querySelector('[role=status]'))")
	})
	p.shows(p.path("/apply/sent?note=again"), "sent.waiting.title", "sent again")
	o := p.another()
	o.shows(first, "link.superseded.title", "too early for another letter")
	p.changes("joinery.db", "UPDATE links SET created_at = created_at - 7200")
	p.changes("joinery.db", "UPDATE links SET expires_at = 0 WHERE id = (SELECT max(id) FROM links)")
	o.shows(first, "link.superseded.title")
	sees(o, true, "!!button($0)", o.words("link.renew"))
	p.changes("joinery.db", "UPDATE links SET expires_at = created_at + 86400")
	second := strings.TrimPrefix(p.opens("mail.confirm.subject"), p.base)
	o.looksAtTheLinkToConfirm(second)

	p.visit(second)
	sees(p, p.words("link.used.title"), "words(heading())")
	o.shows(second, "link.used.title", "on another device")
	p.shows(p.path("/apply/sent"), "sent.confirmed.title")
	p.shows(p.path("/apply/receipt"), "receipt.title", "of a member")
	p.changes("joinery.db", "UPDATE applications SET state = 'withdrawn'")
	o.shows(second, "link.withdrawn.title")
	p.shows(p.path("/apply/sent"), "sent.withdrawn.title")
	p.changes("joinery.db", "UPDATE applications SET state = 'expired'")
	o.shows(second, "link.gone.title")
	p.shows(p.path("/apply/sent"), "sent.expired.title")
	p.shows(p.path("/apply/receipt"), "receipt.gone.title")
	p.changes("joinery.db", "UPDATE applications SET state = 'replaced'")
	o.shows(second, "link.replaced.title")
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
	p.shows(sent+"?note=press", "sent.waiting.title", "press again")

	p.changes("joinery.db", "UPDATE links SET attempts = 9")
	p.shows(sent, "sent.waiting.title", "too many codes")
	p.changes("joinery.db", "UPDATE links SET attempts = 0, expires_at = 0")
	p.shows(sent, "sent.waiting.title", "the link has expired")
	p.changes("joinery.db", "UPDATE links SET expires_at = created_at + 86400; UPDATE mails SET state = 'abandoned'")
	p.shows(sent, "sent.waiting.title", "the letter was refused")
	p.changes("joinery.db", "UPDATE mails SET state = 'delivered'; UPDATE applications SET email = 'ada@gmial.com'")
	p.shows(sent, "sent.waiting.title", "another address was meant")
	sees(p, true, "!!button($0)", p.words("sent.meant.send"))
	p.changes("joinery.db", "UPDATE applications SET email = 'ada@example.org'")
}

// looksAtTheLinkToConfirm looks at the pages of a link on another device, and
// leaves it as it was.
func (p *person) looksAtTheLinkToConfirm(link string) {
	p.changes("joinery.db", "UPDATE links SET expires_at = 0")
	p.shows(link, "link.late.title")
	p.changes("joinery.db", "UPDATE links SET expires_at = created_at + 86400")
	p.shows(link, "link.open.title")
	p.reads()
	p.follow(p.words("link.confirm"))
	sees(p, p.words("link.confirming.title"), "words(heading())")
	p.isAccessible("confirming")
	p.changes("joinery.db", "UPDATE links SET pending_choice = ''")

	p.visit(link)
	p.reads()
	p.follow(p.words("link.not_mine"))
	sees(p, p.words("not_mine.title"), "words(heading())")
	p.isAccessible("not mine")
	p.reads()
	p.follow(p.words("not_mine.delete"))
	sees(p, p.words("link.ending.title"), "words(heading())")
	p.isAccessible("ending")
	p.changes("joinery.db", "UPDATE links SET pending_choice = '', scanner_suspected = 1")

	p.shows(link, "link.doubted.title")
	p.fill(p.words("proof.label"), "AAA AAA")
	p.follow(p.words("link.code.confirm"))
	p.isAccessible("doubted, with a wrong code")
	p.follow(p.words("link.not_mine"))
	sees(p, p.words("not_mine.title"), "words(heading())")
	p.isAccessible("not mine, with a code")
	p.changes("joinery.db", "UPDATE links SET attempts = 5")
	p.shows(link, "link.spent.title")
	p.changes("joinery.db", "UPDATE links SET attempts = 0, scanner_suspected = 0")
}
