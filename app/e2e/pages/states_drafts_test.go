//go:build e2e

package e2e

import (
	"database/sql"
	"path/filepath"
	"strings"
)

// looksAtDrafts looks at the pages on which a draft is kept, left, found again,
// handed over and deleted, in every state of theirs.
func (p *person) looksAtDrafts() {
	p.shows(p.path("/resume"), "lost.title")
	p.follow(p.words("lost.send"))
	p.isAccessible("lost, without an address")
	p.shows(p.path("/resume?note=asked"), "lost.title", "asked for a link")

	p.hasAnswered(2)
	p.shows(p.path("/apply/later"), "later.title")
	p.fill(p.words("later.address"), "nope")
	p.follow(p.words("later.send"))
	p.isAccessible("later, without an address")
	link := p.mailed()
	p.shows(p.path("/apply/later?note=mailed"), "later.title", "a link is mailed")
	p.shows(p.path("/apply/delete"), "delete.title")
	p.looksAtTheCode()
	p.looksAtTheLink(link)
	p.looksAtTheMerge()

	p.visit(p.path("/apply/delete"))
	p.follow(p.words("delete.button"))
	p.isAccessible("landing, after the draft was deleted")
	p.shows(link, "resume.mistyped.title")
}

func (p *person) looksAtTheCode() {
	p.shows(p.path("/apply/phone"), "draft.phone")
	p.follow(p.words("phone.make"))
	p.isAccessible("draft.phone, with a code")
	code, err := ask[string](p, "words(document.querySelector('#scan + p .address'))")
	p.must(err)

	o := p.another()
	o.shows(o.path("/code"), "code.title")
	o.fill(o.words("code.label"), "nope")
	o.follow(o.words("nav.continue"))
	o.isAccessible("code, wrong")
	o.hasAnswered(1)
	o.shows(strings.TrimPrefix(code, o.base), "code.filled.title")
	o.follow(o.words("nav.continue"))
	sees(o, o.words("resume.choose.title"), "words(heading())")
	o.isAccessible("code, a choice of two drafts")
	o.follow(o.words("resume.device.take"))
	p.shows(p.path("/apply/phone"), "draft.phone", "the code was used")
}

func (p *person) looksAtTheLink(link string) {
	o := p.another()
	o.shows(link, "resume.open.title")
	o.hasAnswered(1)
	o.shows(link, "resume.choose.title")
	o.shows(link+"/delete", "delete.title", "by its link")
	p.changes("joinery.db", "UPDATE grants SET expires_at = 0")
	o.shows(link, "resume.late.title")
	p.changes("joinery.db", "UPDATE grants SET expires_at = created_at + 86400")
	o.visit(link)
	o.follow(o.words("resume.message.take"))
	third := p.another()
	third.shows(link, "resume.used.title")
	p.changes("joinery.db", "UPDATE draft_access SET answered_email = 'new@example.org', contact_email = ''")
	third.shows(link, "resume.superseded.title")

	sent := p.another()
	elsewhere := sent.hasAnswered(2)
	link = sent.mailed()
	elsewhere.apply()
	third.shows(link, "resume.finished.title")

	gone := p.another()
	gone.hasAnswered(1)
	link = gone.mailed()
	p.changes("drafts.db", "DELETE FROM drafts WHERE key NOT IN (SELECT draft FROM sections WHERE section = 'role')")
	third.shows(link, "resume.gone.title")
}

func (p *person) looksAtTheMerge() {
	p.visit(p.path("/apply/about"))
	o := p.tab()
	o.visit(o.path("/apply/about"))
	o.answer(answer{"pronouns", []string{"she"}})
	o.answer(answer{"region", []string{"on"}})
	o.next()
	p.answer(answer{"pronouns", []string{"elle"}})
	p.answer(answer{"region", []string{"nu"}})
	p.isTold("saving.elsewhere")
	p.isAccessible("about, not saved")
	p.next()
	p.seesBoth("pronouns", "she", "elle", true)
	p.isAccessible("merge")
}

// changes changes what the site has stored, as time would.
func (p *person) changes(file, statement string) {
	p.Helper()
	stored, err := sql.Open("sqlite3", filepath.Join(p.site["DATA"], file)+"?_busy_timeout=5000")
	p.must(err)
	defer stored.Close()
	_, err = stored.Exec(statement)
	p.must(err)
}
