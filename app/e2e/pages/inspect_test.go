//go:build e2e

package pages

import (
	"database/sql"
	"path/filepath"
	"strings"

	"github.com/chromedp/chromedp"

	"joinery/app/e2e/harness"
	"joinery/app/i18n"
)

// inspect fails the test for every barrier on the page as it is now. Every page is
// looked at in light and in windows of 1000 and of 320 points, and as a screen reader
// tells it. In English it is looked at in dark too; in French, whose words are mostly
// longer, and without JavaScript also with larger and spaced type. If pictures are
// wanted, inspect takes them instead.
func inspect(p *harness.Person, page string) {
	p.Helper()
	if shots != "" {
		keepPictures(p, page)
		return
	}
	p.EndTransition()
	keepForValidity(p, page)
	if p.Script { // axe-core would wait for ever otherwise
		checkAxe(p, page)
	}
	checkScreenReader(p, page)
	if p.Script && p.Lang == i18n.English {
		checkReflow(p, page, viewports[:1])
	} else {
		checkReflow(p, page, viewports)
	}
}

// setWidth sets the width of the window.
func setWidth(p *harness.Person, width int) {
	p.Helper()
	p.Do(chromedp.EmulateViewport(int64(width), 900))
	p.Expect(width, "innerWidth")
}

// inspectAt visits a page with the heading under a key of the catalogue, and
// inspects it. State says what else there is to know of the page.
func inspectAt(p *harness.Person, path, heading string, state ...string) {
	p.Helper()
	p.Visit(path)
	p.Expect(true, "words(heading()).includes($0)", p.Words(heading))
	inspect(p, strings.Join(append([]string{strings.TrimSuffix(heading, ".title")}, state...), ", "))
}

// changeStore changes what the site has stored, as time would.
func changeStore(p *harness.Person, file, statement string) {
	p.Helper()
	stored, err := sql.Open("sqlite3", filepath.Join(p.Site["DATA"], file)+"?_busy_timeout=5000")
	p.Must(err)
	defer stored.Close()
	_, err = stored.Exec(statement)
	p.Must(err)
}
