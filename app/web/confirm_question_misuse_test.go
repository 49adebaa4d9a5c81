package web

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"joinery/app/confirm"
	"joinery/app/i18n"
)

// TestOnlyTheReaderOfTheMailboxIsTold has a person apply with the address of a member, and
// the reader of the mailbox press. The browser that applied shows what it does for others.
func TestOnlyTheReaderOfTheMailboxIsTold(t *testing.T) {
	t.Parallel()
	l := i18n.English
	seen := map[string]string{}
	for _, known := range []string{"a member", "a stranger"} {
		s := newSite(t, settings{})
		if known == "a member" {
			s.join(t, l, "Zoé", "Tremblay")
			s.pass(2 * time.Hour)
		}
		v := s.visitor(t)
		v.sendAs(l, "Paul", "Roy")
		link := s.confirmLink(t)
		if known == "a member" {
			reader := s.visitor(t)
			reader.open(link)
			reader.pressButton(i18n.T(l, "link.confirm"))
			s.pass(11 * time.Second)
			s.applyChoices(t)
			reader.open(link)
			reader.want(http.StatusOK, i18n.T(l, "link.held.title"))
		} else {
			s.pass(13 * time.Second)
		}
		for _, path := range []string{"/en/apply/sent", "/en", "/en/apply/receipt"} {
			v.open(path)
			seen[known] += withoutTimes(v.page.text())
		}
		for _, who := range []string{"", "new", "0a1b2c3d"} {
			v.post("/en/apply/sent/who", url.Values{"who": {who}})
			seen[known] += strings.Join(v.page.notes(), "") + withoutTimes(v.page.text())
		}
		if n, want := len(s.allMembers(t)), map[string]int{"a member": 1, "a stranger": 0}[known]; n != want {
			t.Errorf("with %s there are %d members, want %d", known, n, want)
		}
	}
	if seen["a member"] != seen["a stranger"] || strings.Contains(seen["a member"], "Zoé") {
		t.Errorf("with the address of a member, the browser that applied sees\n%s\nwant what it sees with another\n%s", seen["a member"], seen["a stranger"])
	}
}

// TestAProgramThatHasTheLinkAnswersNothing presses and posts all that it finds, without
// the code of the letter and with wrong ones.
func TestAProgramThatHasTheLinkAnswersNothing(t *testing.T) {
	t.Parallel()
	s, l := newSite(t, settings{}), i18n.English
	s.join(t, l, "Zoé", "Tremblay")
	before := s.allMembers(t)[0].Answers.First("first_name")
	v := s.visitor(t)
	v.sendAs(l, "Paul", "Roy")
	program := ways["by the button, elsewhere"](t, s, l, v)
	link := s.confirmLink(t)
	for _, code := range []string{"", " ", "press", "AAAAAA", "CCCCCC", "DDDDDD", "EEEEEE", "FFFFFF", "GGGGGG"} {
		for _, who := range []string{someMember, confirm.SomeoneElse} {
			if program.open(link); program.page.h1() != i18n.T(l, "link.held.title") {
				continue // too many codes
			}
			program.answer(l, who, code)
		}
	}
	for _, path := range []string{"", "/code", "/renew", "/not-mine"} {
		program.post(link+path, url.Values{"choice": {"yes"}, "who": {"new"}})
	}
	s.pass(time.Minute)
	s.applyChoices(t)
	if all := s.allMembers(t); len(all) != 1 || all[0].Answers.First("first_name") != before {
		t.Errorf("the members are %+v", all)
	}
	program.open(link)
	program.want(http.StatusOK, i18n.T(l, "link.spent.title"))
	v.open(link) // the browser that applied has the link now, which no program has
	v.answer(l, confirm.SomeoneElse, "")
	if n := len(s.allMembers(t)); n != 2 {
		t.Errorf("after the answer of the applicant there are %d members, want 2", n)
	}
}

func TestAnAnswerThatIsNoneIsRefused(t *testing.T) {
	t.Parallel()
	s, l := newSite(t, settings{}), i18n.French
	s.join(t, l, "Zoé", "Tremblay")
	v := s.visitor(t)
	v.sendAs(l, "Paul", "Roy")
	reader := ways["by the button, elsewhere"](t, s, l, v)
	for _, who := range []string{"", "nobody", "0a1b2c3d"} {
		f := reader.form(i18n.T(l, "who.send"))
		f.set("who", who)
		reader.press(f, "")
		if got := reader.page.summary(); reader.page.status != http.StatusUnprocessableEntity || len(got) != 2 || got[0] != i18n.T(l, "who.missing") || got[1] != i18n.T(l, "proof.empty") {
			t.Errorf("the answer %q: %d, %q", who, reader.page.status, got)
		}
	}
	f := reader.form(i18n.T(l, "who.send"))
	f.set("who", confirm.SomeoneElse)
	f.set("code", "AAAAAA")
	reader.press(f, "")
	if got := reader.page.summary(); reader.page.status != http.StatusUnprocessableEntity || len(got) != 1 || got[0] != i18n.N(l, "proof.mistyped", 4) {
		t.Errorf("a wrong code: %d, %q", reader.page.status, got)
	}
	if f := reader.form(i18n.T(l, "who.send")); f.control("who").values[0] != confirm.SomeoneElse || f.control("code").values[0] != "AAAAAA" {
		t.Error("what was chosen and typed is gone")
	}
}

// TestTwentyAnswersAtOnceCountOnce gives two different answers, ten times each, in a
// browser that has the link and in one that has the code.
func TestTwentyAnswersAtOnceCountOnce(t *testing.T) {
	t.Parallel()
	s, l := newSite(t, settings{}), i18n.English
	s.join(t, l, "Zoé", "Tremblay")
	v := s.visitor(t)
	v.sendAs(l, "Paul", "Roy")
	v.open(s.confirmLink(t))
	f := v.form(i18n.T(l, "who.send"))
	answers := []string{f.control("who").options[0].value, confirm.SomeoneElse}
	var all sync.WaitGroup
	titles := make([]string, 20)
	for i := range titles {
		other := s.visitor(t)
		other.client.Jar.SetCookies(v.address(), v.client.Jar.Cookies(v.address()))
		other.page = v.page
		all.Go(func() { titles[i] = other.post(f.action, url.Values{"who": {answers[i%2]}}).h1() })
	}
	all.Wait()
	members := s.allMembers(t)
	want := i18n.T(l, "updated.title")
	if len(members) == 2 {
		want = i18n.T(l, "welcome.greeting.name", "Paul") + " " + i18n.T(l, "link.used.title")
	}
	for i, title := range titles {
		if title != want {
			t.Errorf("answer %d leads to %q, want %q as all the others", i, title, want)
		}
	}
	letters := 0
	for _, letter := range s.letters(t) {
		if strings.Contains(letter.Subject, i18n.T(l, "mail.updated.heading")) || letter.Subject == i18n.T(l, "mail.welcome.subject", org.In(l)) {
			letters++
		}
	}
	if letters != 2 { // with that of the member before
		t.Errorf("%d letters say what came of it, want 2", letters)
	}
	v.post(f.action, url.Values{"who": {answers[len(members)%2]}}) // the one that does not hold
	v.wantNote(l, "note.answered")
}

func TestAQuestionWithoutAnAnswerExpires(t *testing.T) {
	t.Parallel()
	s, l := newSite(t, settings{}), i18n.English
	s.join(t, l, "Zoé", "Tremblay")
	v := s.visitor(t)
	v.sendAs(l, "Xanthippe", "Roy")
	link := s.confirmLink(t)
	v.open(link)
	v.want(http.StatusOK, i18n.T(l, "link.held.title"))
	f := v.form(i18n.T(l, "who.send"))
	s.pass(waitingTTL + time.Second)
	v.post(f.action, url.Values{"who": {confirm.SomeoneElse}})
	v.want(http.StatusGone, i18n.T(l, "link.gone.title"))
	if err := s.confirm.Expire(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := len(s.allMembers(t)); n != 1 {
		t.Errorf("there are %d members, want 1", n)
	}
	if strings.Contains(s.dump(t), "Xanthippe") {
		t.Error("what was not answered in time is still kept")
	}
}

// TestTheQuestionIsAFragmentForHTMX and a page for others, in both languages.
func TestTheQuestionIsAFragmentForHTMX(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	s.join(t, i18n.English, "Zoé", "Tremblay")
	v := s.visitor(t)
	v.sendAs(i18n.English, "Paul", "Roy")
	link := s.confirmLink(t)
	v.open(link)
	for _, l := range i18n.Languages {
		v.open(strings.Replace(link, "/en/", "/"+string(l)+"/", 1))
		v.want(http.StatusOK, i18n.T(l, "link.held.title"))
		p := v.htmx(http.MethodGet, v.page.url.String(), nil)
		if p.status != http.StatusOK || strings.Contains(p.body, "<html") || !strings.Contains(p.body, `name="who"`) {
			t.Errorf("in %s the fragment is %d, %s", l, p.status, p.body)
		}
		v.open("/" + string(l) + "/apply/sent") // the browser has proven the mailbox
		v.want(http.StatusOK, i18n.T(l, "link.held.title"))
	}
	for _, path := range []string{"/en/apply/sent/live?n=1", "/en/apply/sent/who", link + "/who"} {
		if p := v.open(path); p.h1() != i18n.T(i18n.English, "link.held.title") {
			t.Errorf("%s leads to %q", path, p.h1())
		}
	}
}
