//go:build e2e

package browser

import (
	"database/sql"
	"path/filepath"
	"testing"
	"time"

	"joinery/app/e2e/harness"
	"joinery/app/i18n"
)

// comesBack are the events by which a browser tells a page that a person is back at it.
// The browser of the tests shows all its tabs at once, so they are told to the page.
var comesBack = map[string]string{
	"to the tab":    "document.dispatchEvent(new Event('visibilitychange'))",
	"to the window": "window.dispatchEvent(new Event('focus'))",
}

// A person confirms in one tab and comes back to the one that waits, which asks only once
// a minute by then. It welcomes them within two seconds, also after an outage.
func TestTheWaitingTabFollowsWhenAPersonComesBack(t *testing.T) {
	for name, event := range comesBack {
		t.Run(name, func(t *testing.T) {
			harness.EveryWayAlone(t, []harness.Way{{Lang: i18n.French, Script: true}}, func(p *harness.Person) {
				p.StartDraft(4).Apply()
				p.Visit(p.Path("/apply/sent?n=20"))
				p.Expect(true, "document.getElementById('live').getAttribute('hx-trigger') === 'every 60s'")
				p.Expect(true, "'htmx' in window")
				o := p.NewTab()
				o.Visit(o.OpenLetter("mail.confirm.subject"))
				o.Expect(true, "words(heading()).includes($0)", o.Words("link.used.title"))
				p.ExpectHeading("sent.waiting.title")

				expectOutage(p, event)
				begun := time.Now()
				p.Execute(event)
				p.Expect(true, "words(heading()).includes($0)", p.Words("sent.confirmed.title"))
				if took := time.Since(begun); took > 2*time.Second {
					p.Errorf("the tab followed after %v", took)
				}
				p.Expect(true, "document.activeElement === heading()")
			})
		})
	}
}

// expectOutage has the page ask in vain for news.
func expectOutage(p *harness.Person, event string) {
	p.Helper()
	p.Tolerate = "Failed to "
	p.SetOffline(true)
	p.Execute("addEventListener('htmx:finally:request', () => window.asked = true)")
	p.Execute(event)
	p.Expect(true, "window.asked === true")
	p.SetOffline(false)
}

// A letter is refused while its page is open: the page turns by itself, and keeps the
// address that is being typed and the focus.
func TestARefusedLetterTakesAwayNothingThatIsTyped(t *testing.T) {
	harness.EveryWayAlone(t, []harness.Way{{Lang: i18n.French, Script: true}}, func(p *harness.Person) {
		p.StartDraft(4).Apply()
		p.Visit(p.Path("/apply/sent"))
		p.Click("named('summary', $0)", p.Words("sent.missing.title"))
		p.Fill(p.Words("sent.address"), "zoe@right")
		refuseLetters(p)
		p.ExpectHeading("sent.refused.title")
		p.Expect("zoe@right", "document.activeElement.value")
		p.Expect(true, "document.querySelector('main details').open")
	})
}

// A letter goes out while the code is being typed: the lead says so, and the code, its focus
// and the disclosure stay as they are.
func TestTheLeadFollowsTheLetterWhileAPersonTypes(t *testing.T) {
	harness.EveryWayAlone(t, []harness.Way{{Lang: i18n.French, Script: true}}, func(p *harness.Person) {
		p.StartDraft(4).Apply()
		setLetters(p, "state = 'waiting', due = unixepoch() + 3600, settled = NULL")
		p.Visit(p.Path("/apply/sent"))
		lead := "document.getElementById('lead').textContent.includes($0)"
		p.Expect(true, lead, p.Words("sent.waiting.where"))
		p.Fill(p.Words("proof.label"), "K7WX")
		setLetters(p, "state = 'delivered', settled = unixepoch()")
		p.Expect(true, lead, p.Words("sent.accepted.where"))
		p.Expect("K7WX", "document.activeElement.value")
		p.Expect(false, "document.querySelector('main details').open")
	})
}

// refuseLetters has the site know that its letters could not be delivered.
func refuseLetters(p *harness.Person) {
	p.Helper()
	setLetters(p, "state = 'abandoned', cause = 'address'")
}

// setLetters changes all letters of the site.
func setLetters(p *harness.Person, to string) {
	p.Helper()
	stored, err := sql.Open("sqlite3", filepath.Join(p.Site["DATA"], "joinery.db")+"?_busy_timeout=5000")
	p.Must(err)
	defer stored.Close()
	_, err = stored.Exec("UPDATE mails SET " + to)
	p.Must(err)
}
