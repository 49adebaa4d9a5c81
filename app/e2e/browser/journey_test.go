//go:build e2e

package e2e

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp/kb"

	"joinery/app/cli"
	"joinery/app/i18n"
)

func TestAPersonBecomesAMember(t *testing.T) {
	everyWayAlone(t, ways, func(p *person) {
		p.visit("/")
		sees(p, 0, "document.scripts.length")
		p.follow(p.words("landing.start"))
		sees(p, p.script, "'htmx' in window")
		p.mark()
		p.walk(ada)
		p.isAt("check")
		p.staysOnItsPage()

		p.change("role", answer{"roles", []string{"manager"}})
		p.sends()
		p.confirms()
		p.isAMember()
	})
}

// mark marks the page that the browser has loaded, and staysOnItsPage checks
// that it has loaded no other since, where there is JavaScript.
func (p *person) mark() {
	p.Helper()
	_, err := ask[bool](p, "window.marked = true")
	p.must(err)
}

func (p *person) staysOnItsPage() {
	p.Helper()
	if p.script {
		sees(p, true, "window.marked === true")
	}
}

// change goes from the check page to a section, answers, and comes back.
func (p *person) change(section string, a answer) {
	p.Helper()
	s, _ := questions().Section(section)
	p.follow(plain(i18n.T(p.lang, "check.change") + i18n.T(p.lang, "check.change_what", s.Title.In(p.lang))))
	p.isAt(section)
	p.answer(a)
	p.next()
	p.isAt("check")
	sees(p, true, "words(document.body).includes($0)", p.optionLabel(a.question, a.values[0]))
}

// sends sends the application, at first without the consent that it needs.
func (p *person) sends() {
	p.Helper()
	send := p.words("check.send")
	p.follow(send)
	p.isRefused("check", 1)
	p.press("summary().querySelector('a')")
	sees(p, true, "document.activeElement.type === 'checkbox'")
	p.types(" ")
	sees(p, true, "box($0).checked", p.consent(0))
	p.reads()
	p.follow(send)
	sees(p, p.path("/apply/sent"), "location.pathname")
	sees(p, true, "title().startsWith($0)", p.words("sent.waiting.title"))
	if p.script { // without, the page is loaded again and again
		sees(p, true, "document.activeElement === heading()")
	}
	sees(p, true, "words(document.body).includes('ada@example.org')")
}

// opens opens the latest letter in the outbox, which has to have the given
// subject, and returns the link in its plain text, or "".
func (p *person) opens(subject string) (link string) {
	p.Helper()
	subject = p.words(subject, hub.In(p.lang))
	eventually(p.T, "the letter "+subject+" is in the outbox", func() error {
		p.visit("/outbox")
		_, err := ask[string](p, "words(button($0))", subject)
		return err
	})
	p.follow(subject)
	sees(p, subject, "words(heading())")
	sees(p, true, "!!document.querySelector('iframe')")
	link, err := ask[string](p, "document.querySelector('pre').innerText.match(/http:.*\\/(confirm|resume)\\/.*/)?.[0] ?? ''")
	p.must(err)
	return link
}

// confirms confirms the address in the browser that sent the application, where
// following the link is enough. Others see that it is done.
func (p *person) confirms() {
	p.Helper()
	link := strings.TrimPrefix(p.opens("mail.confirm.subject"), p.base)
	o := p.another()
	o.visit(link)
	sees(o, o.words("link.open.title"), "words(heading())")
	p.turns(p.followsTheLetter)
	sees(p, p.words("link.used.title"), "words(heading())")
	o.reload()
	sees(o, o.words("link.used.title"), "words(heading())")
}

// followsTheLetter goes with the keyboard into the letter as its reader sees
// it, and follows the first link there.
func (p *person) followsTheLetter() {
	_, err := ask[bool](p, "button($0).focus(), true", p.words("outbox.alone"))
	p.must(err)
	p.types(kb.Tab)
	sees(p, "IFRAME", "document.activeElement.tagName")
	p.types(kb.Enter)
}

// another is another person, or the same at another machine.
func (p *person) another() *person {
	p.Helper()
	return newPerson(p.T, p.site, way{"", p.lang, p.script})
}

// isAMember checks what the organization sees, and that p is welcome.
func (p *person) isAMember() {
	p.Helper()
	if link := p.opens("mail.welcome.subject"); link != "" {
		p.Errorf("the welcome has the link %s", link)
	}
	p.follow(p.words("outbox.alone"))
	sees(p, p.words("mail.welcome.heading"), "words(heading())")
	var out bytes.Buffer
	getenv := func(key string) string { return p.site[key] }
	p.must(cli.Run(context.Background(), files, []string{"members", "--format", "json"}, getenv, &out, slog.New(slog.DiscardHandler)))
	_, members := readJSON(p.T, out.String())
	if len(members) != 1 || members[0].Email != "ada@example.org" || members[0].Language != string(p.lang) {
		p.Fatalf("the members are %+v, want Ada alone, in her language", members)
	}
	for _, s := range ada {
		for _, a := range s.answers {
			for _, value := range a.values {
				if got := strings.Join(members[0].Answers[a.question], " "); !strings.Contains(got, value) {
					p.Errorf("the member's %s is %q, want %q in it", a.question, got, value)
				}
			}
		}
	}
}

func TestTheFormWorksWhenItsScriptDoesNotArrive(t *testing.T) {
	everyWay(t, ways[:1], func(p *person) {
		p.tolerates = "/static/joinery"
		call(p, network.SetBlockedURLs, network.SetBlockedURLsParams{
			URLPatterns: []*network.BlockPattern{{URLPattern: "*://*:*/static/joinery*", Block: true}},
		})
		p.visit("/en/apply/about")
		sees(p, false, "'htmx' in window")
		p.next()
		p.isRefused("about", 4)
		p.visit("/en/apply/about")
		p.walk(ada[:1])
		p.isAt("role")
	})
}
