//go:build e2e

package e2e

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"joinery/app/i18n"
)

// Programs look into mail before its owner does: some only whether a link is
// there, some in a whole browser in which they press what they find.
var programs = []struct {
	name string
	scan func(t *testing.T, s settings, link string)
}{
	{"one that asks for the head", func(t *testing.T, s settings, link string) { asks(t, http.MethodHead, s, link) }},
	{"one that opens it five times", func(t *testing.T, s settings, link string) {
		for range 5 {
			asks(t, http.MethodGet, s, link)
		}
	}},
	{"one that presses Yes first", presser(false, "link.confirm", "link.not_mine")},
	{"one that presses No first", presser(false, "link.not_mine", "link.confirm")},
	{"a slow one that presses Yes first", presser(true, "link.confirm", "link.not_mine")},
	{"a slow one that presses No first", presser(true, "link.not_mine", "link.confirm")},
}

func asks(t *testing.T, method string, s settings, link string) {
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

// presser opens a link twice. Each time it presses the button with the words
// under one of the keys, or another one, and then one on what comes up.
func presser(slow bool, keys ...string) func(*testing.T, settings, string) {
	return func(t *testing.T, s settings, link string) {
		p := newPerson(t, s, ways[0])
		for _, key := range keys {
			p.visit(p.path(link))
			p.presses(slow, "button($0) ?? "+anyButton, p.words(key))
			p.presses(slow, anyButton)
		}
	}
}

const anyButton = "[...document.querySelectorAll('main form button')].find(visible)"

// presses presses what an expression finds, if it finds anything.
func (p *person) presses(slow bool, expression string, args ...any) {
	p.Helper()
	there, err := ask[bool](p, "!!("+expression+")", args...)
	p.must(err)
	if !there {
		return
	}
	if slow {
		p.reads()
	}
	p.turns(func() { p.press(expression, args...) })
}

// Somebody on another device presses one button more than in their own browser,
// and the page on which they wait turns by itself. No program comes as far, and
// none gets in the way of who can read the code.
func TestPeopleConfirmAndProgramsDoNot(t *testing.T) {
	onStores(t, func(t *testing.T, w way, s settings, relay *relay) {
		startProcess(t, s)
		letters := confirmations(t, s, relay, len(programs)+1)
		scanned, mine := letters[1:], letters[0]
		for i, program := range programs {
			t.Run(program.name, func(t *testing.T) { program.scan(t, s, scanned[i].link) })
		}
		mine.confirmOnAnotherDevice(newPerson(t, s, w)) // by then, what programs pressed would count
		for i, l := range scanned {
			l.stillWaits()
			l.confirmByCode(i > 1) // only those that press are asked for it by the link
		}
		_, out, _ := result(t, s, "members", "--format", "json")
		if _, members := readJSON(t, out); len(members) != len(letters) {
			t.Errorf("there are %d members, want %d", len(members), len(letters))
		}
	})
}

// A confirmation is a letter that asks for it, and the browser of who applied.
type confirmation struct {
	*applicant
	link string // its path in either language
	code string
}

// confirmations has n people apply, and returns the letters to them.
func confirmations(t *testing.T, s settings, relay *relay, n int) []confirmation {
	t.Helper()
	all, pages, to := make([]confirmation, n), make([]string, n), make(map[string]int)
	for i := range all {
		address := fmt.Sprintf("zoe%d@example.org", i)
		to[address], all[i].applicant = i, newApplicant(t, s)
		pages[i] = all[i].answers(address)
	}
	all[0].reads()
	for i := range all {
		all[i].sends(pages[i])
	}
	for range all {
		l := parseLetter(t, relay.next(t))
		c := &all[to[l.to]]
		c.link, c.code = c.confirmation(l.text)
		c.link = strings.TrimPrefix(c.link, "/fr")
	}
	return all
}

// confirmOnAnotherDevice presses Yes there, while p has the page open on which
// people wait.
func (c confirmation) confirmOnAnotherDevice(p *person) {
	c.Helper()
	p.uses(c.applicant)
	o := p.another()
	o.visit(o.path(c.link))
	sees(o, o.words("link.open.title"), "words(heading())")
	o.reads()
	o.follow(o.words("link.confirm"))
	sees(o, o.words("link.confirming.title"), "words(heading())")
	p.visit(p.path("/apply/sent"))
	sees(p, p.words("sent.waiting.title"), "words(heading())")
	if !p.script {
		sees(p, "30; url="+p.path("/apply/sent"), "document.querySelector('meta[http-equiv=refresh]').content")
	}
	sees(o, o.words("link.used.title"), "words(heading())")
	if !p.script {
		p.reload() // rather than wait until it does so by itself
	}
	sees(p, p.words("sent.confirmed.title"), "words(heading())")
}

func (c confirmation) stillWaits() {
	c.Helper()
	if _, page := c.open("/en/apply/sent"); !strings.Contains(page, i18n.T(i18n.English, "sent.waiting.title")) {
		c.Errorf("after a program the application waits no longer, but is\n%s", page)
	}
}

// confirmByCode types the code, as people do: on the page of the link, without
// the browser that applied, or on the one on which they wait.
func (c confirmation) confirmByCode(onLink bool) {
	c.Helper()
	path, typed := "/fr/apply/sent/code", url.Values{"code": {strings.ToLower(c.code[:3] + " " + c.code[3:])}, "choice": {"yes"}}
	if onLink {
		path, c.Jar = "/fr"+c.link+"/code", nil
	}
	if _, page := c.post(path, typed); !strings.Contains(page, "Bienvenue!") {
		c.Errorf("with the code there comes\n%s", page)
	}
}
