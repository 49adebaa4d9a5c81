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

// replaced makes a member, replaces their answers, and returns the link and the code of
// the letter that says so.
func (s *site) replaced(t *testing.T, l i18n.Lang) (link, code string) {
	t.Helper()
	s.join(t, l, "Zoé", "Tremblay")
	s.pass(2 * time.Hour)
	return s.replaceAnswers(t, l, "Paul")
}

// replaceAnswers replaces the answers of the only member by those of an application with a
// first name.
func (s *site) replaceAnswers(t *testing.T, l i18n.Lang, first string) (link, code string) {
	t.Helper()
	v := s.visitor(t)
	v.sendAs(l, first, "Roy")
	v.open(s.confirmLink(t))
	v.answer(l, someMember, "")
	v.want(http.StatusOK, i18n.T(l, "updated.title"))
	return s.mailedLink(t, "/restore/"), s.newestCode(t, l)
}

func (v *visitor) restore(l i18n.Lang, link, code string) {
	v.t.Helper()
	v.open(link)
	f := v.form(i18n.T(l, "restore.send"))
	f.set("code", code)
	v.press(f, "")
}

// wantFirstName wants the only member to have a first name.
func (s *site) wantFirstName(t *testing.T, want string) {
	t.Helper()
	if all := s.allMembers(t); len(all) != 1 || all[0].Answers.First("first_name") != want {
		t.Errorf("the members are %+v, want one, %s", all, want)
	}
}

func TestFormerAnswersAreBackWithOnePressAndTheCode(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		link, code := s.replaced(t, l)
		if letter := s.letters(t)[0]; !strings.Contains(letter.Text, i18n.T(l, "mail.greeting", "Zoé")) || strings.Contains(letter.Text, "Paul") || strings.Contains(letter.Text, "Tremblay") {
			t.Errorf("the letter says\n%s", letter.Text)
		}
		v := s.visitor(t)
		v.open(link)
		v.want(http.StatusOK, i18n.T(l, "restore.open.title"))
		if words := v.page.text(); !strings.Contains(words, "Zoé T.") || strings.Contains(words, "Tremblay") || strings.Contains(words, "Paul") {
			t.Errorf("the page says %s", words)
		}
		s.wantFirstName(t, "Paul")
		v.restore(l, link, " "+strings.ToLower(code[:3])+" "+code[3:]+" ")
		v.want(http.StatusOK, i18n.T(l, "restore.done.title"))
		s.wantFirstName(t, "Zoé")
		v.post(link, url.Values{"code": {code}})
		v.want(http.StatusOK, i18n.T(l, "restore.done.title"))
		if strings.Contains(s.dump(t), `"Paul"`) {
			t.Error("the newer answers are still there")
		}
	}
}

// TestAProgramPutsNothingBack opens the link in all ways and posts what it can find.
func TestAProgramPutsNothingBack(t *testing.T) {
	t.Parallel()
	s, l := newSite(t, settings{}), i18n.English
	link, code := s.replaced(t, l)
	program := s.visitor(t)
	program.request(http.MethodHead, link, nil)
	program.open(link)
	for typed, key := range map[string]string{ // none can be the code
		"": "proof.empty", "PRESS": "restore.refused.malformed", "AAAAAA": "restore.refused.letter", "AAA-AAA": "restore.refused.letter", "AAAA AAAA": "restore.refused.handoff",
	} {
		program.post(link, url.Values{"code": {typed}})
		if got := program.page.summary(); program.page.status != http.StatusUnprocessableEntity || len(got) != 1 || got[0] != i18n.T(l, key) {
			t.Errorf("the code %q: %d, %q", typed, program.page.status, got)
		}
	}
	for left := 4; left >= 1; left-- {
		program.restore(l, link, "AAAAAAAAA")
		if got := program.page.summary(); len(got) != 1 || got[0] != i18n.N(l, "restore.wrong", left) {
			t.Errorf("a wrong code: %q, want that %d are left", got, left)
		}
	}
	program.restore(l, link, "AAAAAAAAA")
	program.want(http.StatusOK, i18n.T(l, "restore.spent.title"))
	program.post(link, url.Values{"code": {code}})
	program.want(http.StatusOK, i18n.T(l, "restore.spent.title"))
	s.wantFirstName(t, "Paul")
}

func TestALinkThatPutsNothingBackSaysWhy(t *testing.T) {
	t.Parallel()
	s, l := newSite(t, settings{}), i18n.French
	first, firstCode := s.replaced(t, l)
	s.pass(2 * time.Hour)
	second, secondCode := s.replaceAnswers(t, l, "Léa")
	v := s.visitor(t)
	for link, want := range map[string]struct {
		status int
		key    string
	}{
		first: {http.StatusGone, "restore.superseded.title"}, first[:len(first)-3]: {http.StatusNotFound, "restore.cut.title"},
		s.url + "/fr/restore": {http.StatusNotFound, "restore.cut.title"}, s.url + "/fr/restore/AAAAAAAAAA-AAAAAAAAAAAAAAAAAAAAAAAAAA": {http.StatusNotFound, "restore.mistyped.title"},
		strings.ToLower(strings.Replace(second, "/fr/", "/FR/", 1)) + ".": {http.StatusOK, "restore.open.title"},
	} {
		v.open(link)
		v.want(want.status, i18n.T(l, want.key))
	}
	v.post(first, url.Values{"code": {firstCode}})
	v.want(http.StatusGone, i18n.T(l, "restore.superseded.title"))
	s.wantFirstName(t, "Léa")
	v.restore(l, second, secondCode)
	s.wantFirstName(t, "Paul")
	v.restore(l, first, firstCode) // by now the answers are those again that took their place
	s.wantFirstName(t, "Zoé")
}

func TestFormerAnswersAreDeletedAfterTheirTime(t *testing.T) {
	t.Parallel()
	s, l := newSite(t, settings{}), i18n.English
	link, code := s.replaced(t, l)
	s.pass(confirm.KeepFormer - time.Hour)
	if err := s.confirm.ClearFormer(t.Context()); err != nil || !strings.Contains(s.dump(t), `"Zoé"`) {
		t.Errorf("before their time the former answers are gone, %v", err)
	}
	s.pass(time.Hour)
	v := s.visitor(t)
	for range 2 {
		v.post(link, url.Values{"code": {code}})
		v.want(http.StatusGone, i18n.T(l, "restore.late.title"))
		if err := s.confirm.ClearFormer(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	s.wantFirstName(t, "Paul")
	if strings.Contains(s.dump(t), `"Zoé"`) {
		t.Error("after their time the former answers are still kept")
	}
	s.pass(366 * 24 * time.Hour)
	if err := s.confirm.ClearFormer(t.Context()); err != nil {
		t.Fatal(err)
	}
	v.open(link)
	v.want(http.StatusNotFound, i18n.T(l, "restore.mistyped.title"))
}

// TestWithAnotherAddressNothingIsPutBack by a letter that lies in the mailbox of the old one.
func TestWithAnotherAddressNothingIsPutBack(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		restore, restoreCode := s.replaced(t, l)
		s.pass(2 * time.Hour)
		link, code := s.askAddressAgain(t, l)
		v := s.visitor(t)
		v.confirmAddress(l, link, code)
		v.post(restore, url.Values{"code": {restoreCode}})
		v.want(http.StatusGone, i18n.T(l, "restore.moved.title"))
		if words := v.page.text(); !strings.Contains(words, i18n.T(l, "restore.moved.text")) {
			t.Errorf("the page says %s", words)
		}
		s.wantFirstName(t, "Paul")
	}
}

func TestFormerAnswersArePutBackOnceOfManyPresses(t *testing.T) {
	t.Parallel()
	s, l := newSite(t, settings{}), i18n.English
	link, code := s.replaced(t, l)
	consents := len(strings.Split(s.dump(t), "consent_"))
	var all sync.WaitGroup
	for range 5 { // as many as the code may be typed
		v := s.visitor(t)
		all.Go(func() {
			if p := v.post(link, url.Values{"code": {code}}); p.h1() != i18n.T(l, "restore.done.title") {
				t.Errorf("a press leads to %q", p.h1())
			}
		})
	}
	all.Wait()
	s.wantFirstName(t, "Zoé")
	before := s.allMembers(t)[0]
	if n := len(strings.Split(s.dump(t), "consent_")); n != consents+len(before.Consents) {
		t.Errorf("%d consents were added, want %d", n-consents, len(before.Consents))
	}
}
