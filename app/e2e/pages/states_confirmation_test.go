//go:build e2e

package pages

import (
	"joinery/app/e2e/harness"
)

// inspectConfirmation inspects what follows after the application is sent.
func inspectConfirmation(p *harness.Person) {
	inspectAt(p, p.Path(""), "landing.title", "while an application waits")
	first := p.OpenLetter("mail.confirm.subject")
	inspect(p, "outbox, a letter")
	inspectAt(p, "/outbox", "outbox.title", "letters")
	inspectWaitingPage(p)
	inspectAt(p, p.Path("/apply/receipt"), "receipt.title")
	keepPictures(p, "receipt, printed", paper)

	p.ExpectNewLetter(func() {
		changeStore(p, "joinery.db", "UPDATE links SET created_at = created_at - 60")
		p.Visit(p.Path("/apply/sent"))
		p.Click("named('summary', $0)", p.Words("sent.missing.title"))
		p.Follow(p.Words("sent.again"))
		p.Expect(p.Words("note.again"), "words(document.querySelector('[role=status]'))")
	})
	p.CarryNote(p.Path("/apply/sent"), "again")
	inspectAt(p, p.Path("/apply/sent"), "sent.waiting.title", "sent again")
	o := p.NewBrowser()
	inspectAt(o, first, "link.superseded.title", "too early for another letter")
	changeStore(p, "joinery.db", "UPDATE links SET created_at = created_at - 7200")
	changeStore(p, "joinery.db", "UPDATE links SET expires_at = 0 WHERE created_at = (SELECT max(created_at) FROM links)")
	inspectAt(o, first, "link.superseded.title")
	o.Expect(true, "!!button($0)", o.Words("link.renew"))
	changeStore(p, "joinery.db", "UPDATE links SET expires_at = created_at + 86400")
	second := p.OpenLetter("mail.confirm.subject")
	inspectConfirmLink(o, second)
	inspectSharedMailbox(p, o, second)

	p.Visit(second)
	p.Expect(true, "words(heading()).includes($0)", p.Words("link.used.title"))
	inspectAt(o, second, "link.used.title", "on another device")
	inspectAt(p, p.Path("/apply/sent"), "sent.confirmed.title")
	inspectAt(p, p.Path("/apply/receipt"), "receipt.title", "of a member")
	inspectRestoreLinks(o)
	inspectAddressLinks(o)
	changeStore(p, "joinery.db", "UPDATE applications SET state = 'withdrawn'")
	inspectAt(o, second, "link.withdrawn.title")
	inspectAt(p, p.Path("/apply/sent"), "sent.withdrawn.title")
	changeStore(p, "joinery.db", "UPDATE applications SET state = 'expired'")
	inspectAt(o, second, "link.gone.title")
	inspectAt(p, p.Path("/apply/sent"), "sent.expired.title")
	inspectAt(p, p.Path("/apply/receipt"), "receipt.gone.title")
	changeStore(p, "joinery.db", "UPDATE applications SET state = 'replaced'")
	inspectAt(o, second, "link.replaced.title")
}

// inspectWaitingPage inspects it in every state that the letter, its code and the
// address can be in.
func inspectWaitingPage(p *harness.Person) {
	sent := p.Path("/apply/sent")
	p.Visit(sent)
	p.Fill(p.Words("proof.label"), "AAA AAA")
	p.Follow(p.Words("proof.send"))
	inspect(p, "sent, with a wrong code")
	p.Visit(sent)
	p.Click("named('summary', $0)", p.Words("sent.missing.title"))
	inspect(p, "sent, with all that is for trouble")
	p.Fill(p.Words("sent.address"), "nope")
	p.Follow(p.Words("sent.readdress"))
	inspect(p, "sent, with a wrong address")
	p.CarryNote(sent, "press")
	inspectAt(p, sent, "sent.waiting.title", "press again")

	changeStore(p, "joinery.db", "UPDATE links SET attempts = 9")
	inspectAt(p, sent, "sent.waiting.title", "too many codes")
	changeStore(p, "joinery.db", "UPDATE links SET attempts = 0, expires_at = 0")
	inspectAt(p, sent, "sent.over.title")
	changeStore(p, "joinery.db", "UPDATE links SET expires_at = created_at + 86400; UPDATE mails SET state = 'abandoned', cause = 'address'")
	inspectAt(p, sent, "sent.refused.title")
	changeStore(p, "joinery.db", "UPDATE mails SET cause = 'ours'")
	inspectAt(p, sent, "sent.failed.title")
	changeStore(p, "joinery.db", "UPDATE mails SET state = 'delivered'")
	changeApplication(p, "ada@example.org", "ada@gmial.com")
	inspectAt(p, sent, "sent.waiting.title", "another address was meant")
	p.Expect(true, "!!button($0)", p.Words("sent.meant.send"))
	changeApplication(p, "ada@gmial.com", "ada@example.org")
}

// inspectConfirmLink inspects the pages of a link on another device, and leaves
// it as it was.
func inspectConfirmLink(p *harness.Person, link string) {
	changeStore(p, "joinery.db", "UPDATE links SET expires_at = 0")
	inspectAt(p, link, "link.late.title")
	changeStore(p, "joinery.db", "UPDATE links SET expires_at = created_at + 86400")
	inspectAt(p, link, "link.open.title")
	p.ReadPage()
	p.Follow(p.Words("link.confirm"))
	p.Expect(p.Words("link.confirming.title"), "words(heading())")
	inspectPending(p, "confirming")

	p.Visit(link)
	p.ReadPage()
	p.Follow(p.Words("link.not_mine"))
	p.Expect(p.Words("not_mine.title"), "words(heading())")
	inspect(p, "not mine")
	p.ReadPage()
	p.Follow(p.Words("not_mine.delete"))
	p.Expect(p.Words("link.ending.title"), "words(heading())")
	inspectPending(p, "ending")

	changeStore(p, "joinery.db", "UPDATE links SET scanner_suspected = 1")
	inspectAt(p, link, "link.doubted.title")
	p.Fill(p.Words("proof.label"), "AAA AAA")
	p.Follow(p.Words("link.code.confirm"))
	inspect(p, "doubted, with a wrong code")
	p.Follow(p.Words("link.not_mine"))
	p.Expect(p.Words("not_mine.title"), "words(heading())")
	inspect(p, "not mine, with a code")
	changeStore(p, "joinery.db", "UPDATE links SET attempts = 5")
	inspectAt(p, link, "link.spent.title")
	changeStore(p, "joinery.db", "UPDATE links SET attempts = 0, scanner_suspected = 0")
}

// inspectPending inspects the page of a choice that waits, for as long as it takes, and
// takes the choice back.
func inspectPending(p *harness.Person, page string) {
	p.Helper()
	changeStore(p, "joinery.db", "UPDATE links SET chosen_at = chosen_at + 86400")
	inspect(p, page)
	changeStore(p, "joinery.db", "UPDATE links SET pending_choice = '', chosen_at = 0")
}
