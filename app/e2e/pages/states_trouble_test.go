//go:build e2e

package pages

import (
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"joinery/app/e2e/harness"
	"joinery/app/i18n"
)

func TestNoPageInTroubleHasABarrier(t *testing.T) {
	harness.EveryWayAlone(t, harness.Ways[:2], func(p *harness.Person) {
		inspectRefused(p)
		inspectWithoutCookies(p)
		inspectStoreDown(p)
		inspectOffline(p)
	})
}

// inspectRefused inspects the answers to what no page of the site would send.
func inspectRefused(p *harness.Person) {
	p.Do(chromedp.Navigate("data:text/html,<h1>Elsewhere</h1>"))
	postForm(p, p.Path("/apply/about"), 0)
	p.Expect(p.Words("error.forbidden.title"), "words(heading())")
	inspect(p, "error.forbidden")
	p.Visit(p.Path("/privacy"))
	postForm(p, p.Path("/privacy"), 0)
	p.Expect(p.Words("error.refused.title"), "words(heading())")
	inspect(p, "error.refused")
	postForm(p, p.Path("/resume"), 70_000)
	p.Expect(p.Words("error.too_large.title"), "words(heading())")
	inspect(p, "error.too_large")

	p.Visit(p.Path("/apply/about"))
	p.Execute("question($0).value = 'x'.repeat(70000)", p.Label("first_name"))
	p.Click("button($0)", p.Words("nav.continue"))
	p.Expect(p.Words("unsaved.title"), "words(summary().querySelector('h2'))")
	inspect(p, "about, too much text")

	p.Visit(p.Path("/apply/about"))
	p.Execute("question($0).value = 'x'.repeat(5000)", p.Label("first_name"))
	p.Follow(p.Words("nav.continue"))
	p.Expect(true, "words(document.body).includes($0)", harness.NormalizeSpace(i18n.T(p.Lang, "section.cut", harness.Form().Field("first_name").InShort())))
	inspect(p, "about, an answer much too long")
}

// inspectWithoutCookies inspects what a browser sees that keeps no cookies.
func inspectWithoutCookies(p *harness.Person) {
	p.Visit(p.Path("/apply/about"))
	harness.Call(p, network.ClearBrowserCookies, cdp.Empty{})
	p.Follow(p.Words("nav.continue"))
	p.Expect(true, "words(summary()).includes($0)", harness.NormalizeSpace(i18n.T(p.Lang, "cookies.section")))
	inspect(p, "about, without cookies")
	p.Visit(p.Path("/code"))
	harness.Call(p, network.ClearBrowserCookies, cdp.Empty{})
	p.Fill(p.Words("code.label"), "AAAA AAAA")
	p.Follow(p.Words("nav.continue"))
	p.Expect(true, "words(document.body).includes($0)", harness.NormalizeSpace(i18n.T(p.Lang, "cookies.entry")))
	inspect(p, "code, without cookies")
}

// postForm posts a form to a path, with a name of so many characters.
func postForm(p *harness.Person, path string, length int) {
	p.Helper()
	p.WaitForPage(func() {
		p.Execute(`
			const form = document.body.appendChild(document.createElement('form'))
			form.method = 'post', form.action = $0
			form.append(Object.assign(document.createElement('textarea'), {name: 'first_name', value: 'x'.repeat($1)}))
			form.submit()`, p.Base+path, length)
	})
}

// expectFormError clicks a button, and waits until the top of the form says why
// that did nothing.
func expectFormError(p *harness.Person, button, title string) {
	p.Helper()
	p.Click("button($0)", p.Words(button))
	p.Expect(p.Words(title), "words(document.querySelector('#trouble h2'))")
}

// inspectStoreDown inspects the pages while a table of the store of drafts is missing.
func inspectStoreDown(p *harness.Person) {
	p.Tolerate = "status of 500"
	p.StartDraft(4)
	p.Visit(p.Path("/apply/affiliations"))
	changeStore(p, "drafts.db", "ALTER TABLE drafts RENAME TO away")
	p.Answer("university", "Université Laval")
	p.Type(kb.Tab)
	p.ExpectNotSaved("saving.failed")
	inspect(p, "affiliations, the last change is not saved")
	p.Continue()
	p.Expect(true, "words(summary()).includes($0)", p.Words("unsaved.title"))
	inspect(p, "affiliations, not saved")
	inspectAt(p, p.Path("/apply/check"), "error.internal.title")
	changeStore(p, "drafts.db", "ALTER TABLE away RENAME TO drafts")

	p.Visit(p.Path("/apply/check"))
	p.ExpectSection("check")
	changeStore(p, "drafts.db", "ALTER TABLE drafts RENAME TO away")
	p.Click("box($0)", p.Consent(0))
	p.ReadPage()
	expectFormError(p, "check.send", "error.internal.title")
	inspect(p, "check, not sent")
	changeStore(p, "drafts.db", "ALTER TABLE away RENAME TO drafts")
}

// inspectOffline inspects a page that cannot reach the site.
func inspectOffline(p *harness.Person) {
	p.Tolerate = "Failed to "
	p.Visit(p.Path("/apply/role"))
	p.SetOffline(true)
	p.Click("button($0)", p.Words("nav.continue"))
	p.ExpectOffline(true)
	p.SetOffline(false) // for what looks at the page, and may ask for it once more
	inspect(p, "role, offline")
}
