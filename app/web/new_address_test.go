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

const newAddress = "zoe@new.example"

// askAddress makes a member, asks for another address of theirs, and returns the link and
// the code of the letter.
func (s *site) askAddress(t *testing.T, l i18n.Lang) (link, code string) {
	t.Helper()
	s.join(t, l, "Zoé", "Tremblay")
	s.pass(2 * time.Hour)
	return s.askAddressAgain(t, l)
}

func (s *site) askAddressAgain(t *testing.T, l i18n.Lang) (link, code string) {
	t.Helper()
	if _, _, err := s.confirm.AskAddressChange(t.Context(), s.allMembers(t)[0], newAddress); err != nil {
		t.Fatal(err)
	}
	return s.mailedLink(t, "/address/"), s.newestCode(t, l)
}

func (v *visitor) confirmAddress(l i18n.Lang, link, code string) {
	v.t.Helper()
	v.open(link)
	f := v.form(i18n.T(l, "new_address.send"))
	f.set("code", code)
	v.press(f, "")
}

// wantAddress wants the only member to have an address.
func (s *site) wantAddress(t *testing.T, changed bool) {
	t.Helper()
	if all := s.allMembers(t); len(all) != 1 || (all[0].Email == newAddress) != changed {
		t.Errorf("the members are %+v, changed is to be %t", all, changed)
	}
}

func TestAnotherAddressIsConfirmedWithOnePressAndTheCode(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		link, code := s.askAddress(t, l)
		before := s.allMembers(t)[0]
		if letter := s.letters(t)[0]; letter.To != newAddress || strings.Contains(letter.Text, "Zoé") || strings.Contains(letter.Text, before.Email) {
			t.Errorf("the letter to %s tells a stranger of the member:\n%s", letter.To, letter.Text)
		}
		v := s.visitor(t)
		v.open(link)
		v.want(http.StatusOK, i18n.T(l, "new_address.open.title"))
		if words := v.page.text(); !strings.Contains(words, "•••@new.example") || strings.Contains(words, newAddress) || strings.Contains(words, "Zoé") || strings.Contains(words, before.Email) {
			t.Errorf("the page says %s", words)
		}
		v.confirmAddress(l, link, " "+strings.ToLower(code[:3])+" "+code[3:]+" ")
		v.want(http.StatusOK, i18n.T(l, "new_address.done.title"))
		v.post(link, url.Values{"code": {code}})
		v.want(http.StatusOK, i18n.T(l, "new_address.done.title"))
		s.wantAddress(t, true)
		if after := s.allMembers(t)[0]; after.Answers.First("email") != newAddress || len(after.Consents) != len(before.Consents) {
			t.Errorf("the member is %+v, before %+v", after, before)
		}
		told := s.letters(t)[0]
		if told.To != before.Email || !strings.Contains(told.Text, i18n.T(l, "mail.address_changed.heading")) || strings.Contains(told.Text, newAddress) || !strings.Contains(told.Text, "•••@new.example") {
			t.Errorf("the letter to %s says\n%s", told.To, told.Text)
		}
	}
}

// TestAProgramConfirmsNoAddress opens the link in all ways and posts what it can find.
func TestAProgramConfirmsNoAddress(t *testing.T) {
	t.Parallel()
	s, l := newSite(t, settings{}), i18n.English
	link, code := s.askAddress(t, l)
	program := s.visitor(t)
	program.request(http.MethodHead, link, nil)
	program.open(link)
	for typed, key := range map[string]string{ // none can be the code
		"": "proof.empty", "PRESS": "restore.refused.malformed", "AAA-AAA": "restore.refused.letter", "AAAA AAAA": "restore.refused.handoff",
	} {
		program.post(link, url.Values{"code": {typed}})
		if got := program.page.summary(); program.page.status != http.StatusUnprocessableEntity || len(got) != 1 || got[0] != i18n.T(l, key) {
			t.Errorf("the code %q: %d, %q", typed, program.page.status, got)
		}
	}
	for left := 4; left >= 1; left-- {
		program.confirmAddress(l, link, "AAAAAAAAA")
		if got := program.page.summary(); len(got) != 1 || got[0] != i18n.N(l, "restore.wrong", left) {
			t.Errorf("a wrong code: %q, want that %d are left", got, left)
		}
	}
	program.confirmAddress(l, link, "AAAAAAAAA")
	program.want(http.StatusOK, i18n.T(l, "new_address.spent.title"))
	program.post(link, url.Values{"code": {code}})
	program.want(http.StatusOK, i18n.T(l, "new_address.spent.title"))
	s.wantAddress(t, false)
}

func TestALinkThatConfirmsNoAddressSaysWhy(t *testing.T) {
	t.Parallel()
	s, l := newSite(t, settings{}), i18n.French
	first, firstCode := s.askAddress(t, l)
	s.pass(2 * time.Hour)
	second, _ := s.askAddressAgain(t, l)
	v := s.visitor(t)
	v.post(first, url.Values{"code": {firstCode}})
	for link, want := range map[string]struct {
		status int
		key    string
	}{
		first: {http.StatusGone, "new_address.superseded.title"}, second[:len(second)-3]: {http.StatusNotFound, "new_address.cut.title"},
		s.url + "/fr/address": {http.StatusNotFound, "new_address.cut.title"}, s.url + "/fr/address/AAAAAAAAAA-AAAAAAAAAAAAAAAAAAAAAAAAAA": {http.StatusNotFound, "new_address.mistyped.title"},
		strings.ToLower(strings.Replace(second, "/fr/", "/FR/", 1)) + ".": {http.StatusOK, "new_address.open.title"},
	} {
		v.open(link)
		v.want(want.status, i18n.T(l, want.key))
	}
	s.wantAddress(t, false)
	s.pass(confirm.AddressTTL)
	for range 2 {
		v.open(second)
		v.want(http.StatusGone, i18n.T(l, "new_address.late.title"))
		if err := s.confirm.ClearAddressChanges(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAnAddressIsConfirmedOnceOfManyPresses(t *testing.T) {
	t.Parallel()
	s, l := newSite(t, settings{}), i18n.English
	link, code := s.askAddress(t, l)
	var all sync.WaitGroup
	for range 5 { // as many as the code may be typed
		v := s.visitor(t)
		all.Go(func() {
			if p := v.post(link, url.Values{"code": {code}}); p.h1() != i18n.T(l, "new_address.done.title") {
				t.Errorf("a press leads to %q", p.h1())
			}
		})
	}
	all.Wait()
	s.wantAddress(t, true)
	told := 0
	for _, letter := range s.letters(t) {
		if strings.Contains(letter.Text, i18n.T(l, "mail.address_changed.heading")) {
			told++
		}
	}
	if told != 1 {
		t.Errorf("the address from before is told %d times", told)
	}
}
