package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"joinery/app/address"
	"joinery/app/i18n"
)

// changeEmail changes the address on the waiting page.
func (v *visitor) changeEmail(l i18n.Lang, address string) {
	v.t.Helper()
	v.open("/" + string(l) + sentPath)
	f := v.form(i18n.T(l, "sent.readdress"))
	if got := f.control("address").values; got[0] != "" {
		v.t.Errorf("the field holds %q beforehand", got)
	}
	f.set("address", address)
	v.press(f, i18n.T(l, "sent.readdress"))
}

// TestAnotherAddressKeepsTheAnswers also wants the link and the code of the first
// letter to end.
func TestAnotherAddressKeepsTheAnswers(t *testing.T) {
	t.Parallel()
	for drafts, open := range storeOpeners {
		for _, l := range i18n.Languages {
			t.Run(drafts+" "+string(l), func(t *testing.T) {
				t.Parallel()
				s := newSite(t, settings{drafts: open})
				v, reader := s.visitor(t), s.visitor(t)
				said := v.send(l, answerFirst)
				old, code := s.link(t, 1), s.newestCode(t, l)
				v.changeEmail(l, " Zoe@Right.Example ")
				v.want(http.StatusOK, i18n.T(l, "sent.waiting.title"))
				v.wantNote(l, "note.readdressed")
				if words := v.page.text(); !strings.Contains(words, "Zoe@right.example") || strings.Contains(words, canonicalEmail) {
					t.Errorf("the page does not name the new address: %s", words)
				}
				link := s.link(t, 2)
				if to := s.letters(t)[0].To; to != "Zoe@right.example" {
					t.Errorf("the letter goes to %s", to)
				}
				reader.open(old)
				reader.want(http.StatusGone, i18n.T(l, "link.replaced.title"))
				v.enterSentCode(l, code)
				v.wantCodeError(l, i18n.N(l, "proof.mistyped", 4))
				v.open(link)
				v.want(http.StatusOK, i18n.T(l, "link.used.title"))
				members := s.allMembers(t)
				if len(members) != 1 || members[0].Email != "Zoe@right.example" {
					t.Fatalf("the members are %+v, want one, at the new address", members)
				}
				for name, values := range said {
					if got := members[0].Answers[name]; name != "email" && name != "shown" && values[0] != "" && strings.Join(got, "|") != strings.ReplaceAll(strings.Join(values, "|"), "\r\n", "\n") {
						t.Errorf("%s has become %q, was %q", name, got, values)
					}
				}
				if len(members[0].Consents) != len(s.wizard.Form.Consents) {
					t.Errorf("the consents are %v", members[0].Consents)
				}
			})
		}
	}
}

// TestABadAddressStaysInTheField wants the typed address and a suggestion.
func TestABadAddressStaysInTheField(t *testing.T) {
	t.Parallel()
	tests := []struct{ typed, meant string }{
		{"", ""}, {"nobody", ""}, {"a@b.example, c@d.example", ""}, {"zoe@gmail,com", "zoe@gmail.com"},
		{"zoe@right.example\r\nBcc: all@world.example", ""}, {`"zoe"@right.example`, ""}, {"<b>@x", ""},
	}
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		v := s.visitor(t)
		v.send(l, answerFirst)
		before := s.dump(t)
		for _, tt := range tests {
			v.changeEmail(l, tt.typed)
			v.want(http.StatusUnprocessableEntity, i18n.T(l, "sent.waiting.title"))
			field := v.form(i18n.T(l, "sent.readdress")).control("address")
			if got := v.page.summary(); len(got) != 1 || got[0] != emailProblem(l, tt.typed) || field.values[0] != emailQuestion.Read(url.Values{"address": {tt.typed}}).First("address") || refreshes(v.page) {
				t.Errorf("%q comes back as %q, with %q", tt.typed, field.values, got)
			}
			if got := strings.Contains(v.page.text(), i18n.T(l, "advice.meant", tt.meant)); got != (tt.meant != "") {
				t.Errorf("after %q the page says %s", tt.typed, v.page.text())
			}
		}
		if after := s.dump(t); after != before {
			t.Errorf("something was written:\n%s", after)
		}
		v.changeEmail(l, "zoe@gmail,com")
		v.pressButton(i18n.T(l, "sent.meant.send"))
		v.wantNote(l, "note.readdressed")
		if to := s.letters(t)[0].To; to != "zoe@gmail.com" {
			t.Errorf("the letter goes to %s", to)
		}
	}
}

// TestATypoIsShownWithASuggestion wants a button that sends the letter to the
// suggested address.
func TestATypoIsShownWithASuggestion(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		v := s.visitor(t)
		v.send(l, answerFirst)
		if v.page.byID("main") == nil || strings.Contains(v.page.body, "meant") {
			t.Errorf("there is advice about a good address: %s", v.page.body)
		}
		v.changeEmail(l, "zoe@gmial.com") // advice does not block the change
		v.wantNote(l, "note.readdressed")
		if !strings.Contains(v.page.text(), i18n.T(l, "advice.meant", "zoe@gmail.com")) {
			t.Errorf("the page does not ask what was meant: %s", v.page.text())
		}
		v.pressButton(i18n.T(l, "sent.meant.send"))
		v.want(http.StatusOK, i18n.T(l, "sent.waiting.title"))
		v.wantNote(l, "note.readdressed")
		if to := s.letters(t)[0].To; to != "zoe@gmail.com" {
			t.Errorf("the letter goes to %s", to)
		}
	}
}

// TestADomainWithoutMailIsNamed wants the warning after the look-up, for which no page
// waits.
func TestADomainWithoutMailIsNamed(t *testing.T) {
	t.Parallel()
	l := i18n.English
	s := newSite(t, settings{})
	asked := s.nameServer(t).Asked
	v := s.visitor(t)
	v.send(l, answerFirst)
	<-asked
	v.changeEmail(l, "zoe@clinic.invalid")
	v.wantNote(l, "note.readdressed")
	for name := <-asked; name != "clinic.invalid."; name = <-asked {
	}
	address.Advise(t.Context(), s.server.MX, "zoe@clinic.invalid") // waits for the answer
	v.open("/en/apply/sent")
	if !strings.Contains(v.page.text(), i18n.T(l, "sent.unreachable")) {
		t.Errorf("the page does not say that no mail comes there: %s", v.page.text())
	}
	s.deliver(t, nil)
	v.open("/en/apply/sent")
	if strings.Contains(v.page.text(), i18n.T(l, "sent.unreachable")) {
		t.Errorf("the page says so of a message that a server has accepted: %s", v.page.text())
	}
}

// TestAnAutomatedAddressChangeAsksForOneMorePress also wants the address to stay in
// the field.
func TestAnAutomatedAddressChangeAsksForOneMorePress(t *testing.T) {
	t.Parallel()
	for i, automated := range automatedPosts {
		l := i18n.Languages[i%len(i18n.Languages)]
		t.Run(automated.name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, settings{})
			v := s.visitor(t)
			v.send(l, answerFirst)
			f := v.form(i18n.T(l, "sent.readdress"))
			f.set("address", "zoe@right.example")
			automated.prepare(f, s)
			before := s.dump(t)
			v.post(f.action, f.values(nil))
			v.want(http.StatusUnprocessableEntity, i18n.T(l, "sent.waiting.title"))
			if notes, want := v.page.notes(), i18n.T(l, "press.named", i18n.T(l, "sent.readdress")); len(notes) != 1 || notes[0] != want {
				t.Errorf("the page says %q, want %q", notes, want)
			}
			if after := s.dump(t); after != before || refreshes(v.page) || !hasAttribute(v.page.byID("wrong"), "autofocus") || hasAttribute(elements(v.page.root, isTag("h1"))[0], "autofocus") {
				t.Errorf("something was written, or the focus is elsewhere:\n%s", v.page.body)
			}
			f = v.form(i18n.T(l, "sent.readdress"))
			if f.control(trapField) != nil || f.control("address").values[0] != "zoe@right.example" {
				t.Errorf("the form comes back with %q", f.values(nil))
			}
			v.press(f, i18n.T(l, "sent.readdress"))
			v.wantNote(l, "note.readdressed")
			if letters := s.letters(t); len(letters) != 2 && letters[0].To != "zoe@right.example" {
				t.Errorf("the letters are %+v", letters)
			}
		})
	}
}

// TestTheSameAddressChangesNothing holds for every spelling of the address.
func TestTheSameAddressChangesNothing(t *testing.T) {
	t.Parallel()
	l := i18n.French
	s := newSite(t, settings{})
	v := s.visitor(t)
	v.send(l, answerFirst)
	before := s.dump(t)
	v.changeEmail(l, " "+typedEmail)
	v.want(http.StatusOK, i18n.T(l, "sent.waiting.title"))
	v.wantNote(l, "note.same")
	if after := s.dump(t); after != before {
		t.Errorf("something was written:\n%s", after)
	}
}

// TestTheAddressOfAnEndedApplicationStays wants a redirect to the page that says why.
func TestTheAddressOfAnEndedApplicationStays(t *testing.T) {
	t.Parallel()
	l := i18n.English
	s := newSite(t, settings{})
	v := s.visitor(t)
	v.send(l, answerFirst)
	f := v.form(i18n.T(l, "sent.readdress"))
	f.set("address", "zoe@right.example")
	s.pass(waitingTTL)
	before := s.dump(t)
	v.press(f, "")
	v.want(http.StatusOK, i18n.T(l, "sent.expired.title"))
	newcomer := s.visitor(t)
	newcomer.post(f.action, f.values(nil))
	if after := s.dump(t); after != before || newcomer.page.url.Path != "/en/apply/about" {
		t.Errorf("without an application it leads to %s and leaves\n%s", newcomer.page.url, after)
	}
	s.pass(time.Second)
}
