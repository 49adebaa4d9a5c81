//go:build e2e

package pages

import (
	"strings"

	"joinery/app/e2e/harness"
)

// inspectDrafts inspects the pages on which a draft is kept, left, found again,
// handed over and deleted, in every state of theirs.
func inspectDrafts(p *harness.Person) {
	inspectAt(p, p.Path("/resume"), "lost.title")
	p.Follow(p.Words("lost.send"))
	inspect(p, "lost, without an address")
	p.CarryNote(p.Path("/resume"), "asked")
	inspectAt(p, p.Path("/resume"), "lost.title", "asked for a link")

	p.StartDraft(2)
	inspectAt(p, p.Path("/apply/later"), "later.title")
	p.Fill(p.Words("later.address"), "nope")
	p.Follow(p.Words("later.send"))
	inspect(p, "later, without an address")
	link := p.MailResumeLink()
	p.CarryNote(p.Path("/apply/later"), "mailed")
	inspectAt(p, p.Path("/apply/later"), "later.title", "a link is mailed")
	inspectAt(p, p.Path("/apply/delete"), "delete.title")
	inspectHandoff(p)
	inspectConflict(p)
	inspectLeaving(p)
	owner := inspectResumeLink(p, link)
	inspectClosed(p)

	owner.Visit(owner.Path("/apply/delete"))
	owner.Follow(owner.Words("delete.button"))
	inspect(owner, "landing, after the draft was deleted")
	inspectAt(owner, link, "resume.mistyped.title")
}

// inspectLeaving inspects the page for leaving a browser, with an address that leads back
// and without one.
func inspectLeaving(p *harness.Person) {
	inspectAt(p, p.Path("/apply/leave"), "leave.title")
	p.ReadPage()
	p.Follow(p.Words("later.send"))
	inspect(p, "leave, a link is mailed")
	o := p.NewBrowser()
	o.StartDraft(1)
	changeStore(p, "joinery.db", "UPDATE draft_access SET answered_email = '', answered_digest = '' WHERE draft = (SELECT draft FROM sessions ORDER BY id DESC LIMIT 1)")
	inspectAt(o, o.Path("/apply/leave"), "leave.title", "no address is known")
	o.Fill(o.Words("later.address"), "nope")
	o.Follow(o.Words("later.send"))
	inspect(o, "leave, without an address")
}

// inspectClosed inspects the pages of a browser in which the draft was closed, and leaves
// it.
func inspectClosed(p *harness.Person) {
	inspectAt(p, p.Path(""), "landing.title", "the draft was closed")
	inspectAt(p, p.Path("/apply"), "closed.title")
	p.Follow(p.Words("closed.anew.button"))
	inspect(p, "landing, after the browser was left")
}

// inspectHandoff inspects the code for another device, on both devices.
func inspectHandoff(p *harness.Person) {
	inspectAt(p, p.Path("/apply/phone"), "draft.phone")
	p.Follow(p.Words("phone.make"))
	inspect(p, "draft.phone, with a code")
	code := harness.Ask[string](p, "words(document.querySelector('#scan + p .address'))")

	o := p.NewBrowser()
	inspectAt(o, o.Path("/code"), "code.title")
	o.Fill(o.Words("code.label"), "nope")
	o.Follow(o.Words("nav.continue"))
	inspect(o, "code, wrong")
	o.StartDraft(1)
	inspectAt(o, strings.TrimPrefix(code, o.Base), "code.filled.title")
	o.Follow(o.Words("nav.continue"))
	o.Expect(o.Words("resume.choose.title"), "words(heading())")
	inspect(o, "code, a choice of two drafts")
	o.Follow(o.Words("resume.device.take"))
	inspectAt(p, p.Path("/apply/phone"), "phone.used.title")
}

// inspectResumeLink inspects the pages of a link to a draft, and returns the browser that
// has come in by it.
func inspectResumeLink(p *harness.Person, link string) (owner *harness.Person) {
	o := p.NewBrowser()
	inspectAt(o, link, "resume.open.title")
	o.StartDraft(1)
	inspectAt(o, link, "resume.choose.title")
	inspectAt(o, link+"/delete", "delete.title", "by its link")
	changeStore(p, "joinery.db", "UPDATE grants SET expires_at = 0")
	inspectAt(o, link, "resume.late.title")
	changeStore(p, "joinery.db", "UPDATE grants SET expires_at = created_at + 86400")
	o.Visit(link)
	o.Follow(o.Words("resume.message.take"))
	third := p.NewBrowser()
	inspectAt(third, link, "resume.used.title")
	changeStore(p, "joinery.db", "UPDATE draft_access SET answered_email = '', answered_digest = '', contact_email = '', contact_digest = '', proven = ''")
	inspectAt(third, link, "resume.superseded.title")

	sent := p.NewBrowser()
	elsewhere := sent.StartDraft(2)
	link = sent.MailResumeLink()
	elsewhere.Apply()
	inspectAt(third, link, "resume.finished.title")

	gone := p.NewBrowser()
	gone.StartDraft(1)
	link = gone.MailResumeLink()
	changeStore(p, "drafts.db", "DELETE FROM drafts WHERE key NOT IN (SELECT draft FROM sections WHERE section = 'role')")
	inspectAt(third, link, "lost_data.title")
	changeStore(p, "joinery.db", "UPDATE draft_access SET expires_at = 1")
	inspectAt(third, link, "resume.gone.title")
	return o
}

// inspectConflict inspects the pages of two tabs that change the same answers.
func inspectConflict(p *harness.Person) {
	p.Visit(p.Path("/apply/about"))
	o := p.NewTab()
	o.Visit(o.Path("/apply/about"))
	o.Answer("pronouns", "she")
	o.Answer("region", "on")
	o.Continue()
	p.Answer("pronouns", "elle")
	p.Answer("region", "nu")
	if p.Script {
		p.ExpectNotSaved("saving.elsewhere")
		inspect(p, "about, not saved")
	}
	p.Continue()
	p.ExpectConflict("pronouns", "she", "elle", true)
	inspect(p, "merge")
}
