//go:build e2e

package process

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"joinery/app/e2e/harness"
	"joinery/app/i18n"
)

// scanners look into mail before its owner does: some only whether a link is
// there, some in a whole browser in which they click what they find.
var scanners = []struct {
	name string
	scan func(t *testing.T, s harness.Settings, link string)
}{
	{"one that asks for the head", func(t *testing.T, s harness.Settings, link string) { request(t, http.MethodHead, s, link) }},
	{"one that opens it five times", func(t *testing.T, s harness.Settings, link string) {
		for range 5 {
			request(t, http.MethodGet, s, link)
		}
	}},
	{"one that clicks Yes first", clicker(false, "link.confirm", "link.not_mine")},
	{"one that clicks No first", clicker(false, "link.not_mine", "link.confirm")},
	{"a slow one that clicks Yes first", clicker(true, "link.confirm", "link.not_mine")},
	{"a slow one that clicks No first", clicker(true, "link.not_mine", "link.confirm")},
}

// request requests a link by a method.
func request(t *testing.T, method string, s harness.Settings, link string) {
	t.Helper()
	r, err := http.NewRequest(method, s["BASE_URL"]+"/fr"+link, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != http.StatusOK {
		t.Errorf("%s of the link is %s", method, res.Status)
	}
}

// clicker opens a link twice. Each time it clicks the button with the words under
// one of the keys, or another one, and then one on what comes up.
func clicker(slow bool, keys ...string) func(*testing.T, harness.Settings, string) {
	return func(t *testing.T, s harness.Settings, link string) {
		p := harness.NewPerson(t, s, harness.Ways[0])
		for _, key := range keys {
			p.Visit(p.Path(link))
			clickIfThere(p, slow, "button($0) ?? "+anyButton, p.Words(key))
			clickIfThere(p, slow, anyButton)
		}
	}
}

const anyButton = "[...document.querySelectorAll('main form button')].find(visible)"

// clickIfThere clicks what an expression finds, if it finds anything.
func clickIfThere(p *harness.Person, slow bool, expression string, args ...any) {
	p.Helper()
	if !harness.Ask[bool](p, "!!("+expression+")", args...) {
		return
	}
	if slow {
		p.ReadPage()
	}
	p.WaitForPage(func() { p.Click(expression, args...) })
}

// A person at another device clicks one button more than in the browser that
// applied, and the page that waits turns by itself. No scanner comes as far, and
// none gets in the way of the code.
func TestPeopleConfirmAndScannersDoNot(t *testing.T) {
	onEachStore(t, func(t *testing.T, w harness.Way, s harness.Settings, server *harness.MailServer) {
		start(t, s)
		letters := confirmations(t, s, server, len(scanners)+1)
		mine, scanned := letters[0], letters[1:]
		for i, scanner := range scanners {
			t.Run(scanner.name, func(t *testing.T) { scanner.scan(t, s, scanned[i].link) })
		}
		mine.confirmOnOtherDevice(harness.NewPerson(t, s, w)) // by then, what scanners clicked would count
		for i, l := range scanned {
			l.expectWaiting()
			l.confirmByCode(i > 1) // only after clicks the link asks for the code
		}
		if members := harness.Members(t, s); len(members) != len(letters) {
			t.Errorf("there are %d members, want %d", len(members), len(letters))
		}
	})
}

// A confirmation is a letter that asks for it, and the browser that applied.
type confirmation struct {
	*harness.Applicant
	link string // its path in either language
	code string
}

// confirmations has n people apply, and returns the letters to them.
func confirmations(t *testing.T, s harness.Settings, server *harness.MailServer, n int) []confirmation {
	t.Helper()
	all, pages, to := make([]confirmation, n), make([]string, n), make(map[string]int)
	for i := range all {
		address := fmt.Sprintf("zoe%d@example.org", i)
		to[address], all[i].Applicant = i, harness.NewApplicant(t, s)
		pages[i] = all[i].FillIn(address)
	}
	all[0].ReadPage()
	for i := range all {
		all[i].Send(pages[i])
	}
	for range all {
		l := server.NextLetter(t)
		c := &all[to[l.To]]
		c.link, c.code = c.LinkAndCode(l.Text)
		c.link = strings.TrimPrefix(c.link, "/fr")
	}
	return all
}

// confirmOnOtherDevice confirms there, while p has the page open that waits.
func (c confirmation) confirmOnOtherDevice(p *harness.Person) {
	c.Helper()
	p.UseBrowserOf(c.Applicant)
	o := p.NewBrowser()
	o.Visit(o.Path(c.link))
	o.Expect(o.Words("link.open.title"), "words(heading())")
	o.ReadPage()
	o.Follow(o.Words("link.confirm"))
	o.Expect(o.Words("link.confirming.title"), "words(heading())")
	p.Visit(p.Path("/apply/sent"))
	p.Expect(p.Words("sent.waiting.title"), "words(heading())")
	o.ExpectWelcome("")
	if !p.Script {
		p.Follow(p.Words("sent.look"))
	}
	p.ExpectWelcome("Zoë")
}

// expectWaiting checks that the application still waits for confirmation.
func (c confirmation) expectWaiting() {
	c.Helper()
	if _, page := c.Open("/en/apply/sent"); !strings.Contains(page, i18n.T(i18n.English, "sent.waiting.title")) {
		c.Errorf("after a scanner the application waits no longer, but is\n%s", page)
	}
}

// confirmByCode types the code as people do: on the page of the link, without
// the browser that applied, or on the page that waits.
func (c confirmation) confirmByCode(onLink bool) {
	c.Helper()
	path, typed := "/fr/apply/sent/code", url.Values{"code": {strings.ToLower(c.code[:3] + " " + c.code[3:])}, "choice": {"yes"}}
	if onLink {
		path, c.Jar = "/fr"+c.link+"/code", nil
	}
	if _, page := c.Submit(path, typed); !strings.Contains(page, "Vous êtes membre") {
		c.Errorf("with the code there comes\n%s", page)
	}
}
