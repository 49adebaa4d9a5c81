package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"joinery/app/address"
	"joinery/app/i18n"
)

// adviceAt returns the advice at a field and the words of its button, or "".
func (p *htmlPage) adviceAt(key string) (says, button string) {
	at := p.byID(key + "-advice")
	for _, b := range elements(at, isTag("button")) {
		button = text(b)
	}
	return strings.TrimSpace(strings.TrimSuffix(text(at), button)), button
}

func TestAdviceAtTheField(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	s.nameServer(t)
	tests := []struct{ name, typed, meant, unreachable string }{
		{"nothing yet", "", "", ""},
		{"a common slip", "zoe@gmial.com", "zoe@gmail.com", ""},
		{"a comma for a dot, which is an error too", "zoe@gmail,com", "zoe@gmail.com", ""},
		{"the local part stays", "Zoe.O'Hara+x@hotmial.com", "Zoe.O'Hara+x@hotmail.com", ""},
		{"nothing to say", "zoe@gmail.com", "", ""},
		{"a domain that is not there", "zoe@Clinic.invalid", "", "Clinic.invalid"},
		{"a domain in another alphabet", "zoe@clinique-été.invalid", "", "clinique-été.invalid"},
		{"a domain that is not there, but meant to be another", "zoe@gmail.cmo", "zoe@gmail.com", ""},
		{"no address at all", "zoe", "", ""},
		{"markup", "zoe@<b>x.invalid", "", ""},
	}
	for _, l := range i18n.Languages {
		v := s.visitor(t)
		f := v.openFirstSection(l)
		before := s.dump(t)
		for _, tt := range tests {
			f.set("email", tt.typed)
			part := v.htmx(http.MethodPost, f.action+"/email", f.values(nil), "HX-Target", "div#email-advice")
			var want, button string
			switch {
			case tt.meant != "":
				want, button = i18n.T(l, "advice.meant", tt.meant), i18n.T(l, "advice.accept", tt.meant)
			case tt.unreachable != "":
				want = i18n.T(l, "advice.unreachable", tt.unreachable)
			}
			if says, offers := part.adviceAt("email"); part.status != http.StatusOK || says != want || offers != button {
				t.Errorf("%s: %s: %d, it says %q and offers %q, want %q and %q", l, tt.name, part.status, says, offers, want, button)
			}
		}
		if after := s.dump(t); after != before {
			t.Errorf("asking for advice has saved\n%s", after)
		}
	}
}

// TestAdviceIsAnnouncedWithoutChangingTheField checks the attributes for htmx: only
// the advice changes, in a polite live region, after a delay.
func TestAdviceIsAnnouncedWithoutChangingTheField(t *testing.T) {
	t.Parallel()
	v := newSite(t, settings{}).visitor(t)
	v.open("/fr/apply/about")
	at := v.page.byID("email-advice")
	for key, want := range map[string]string{
		"role": "status", "hx-post": "/fr/apply/about/email", "hx-trigger": "change delay:400ms from:#email",
		"hx-target": "", "hx-select": "#email-advice", "hx-swap": "outerMorph",
	} {
		if got := attribute(at, key); got != want {
			t.Errorf("%s is %q, want %q", key, got, want)
		}
	}
	if at.FirstChild != nil {
		t.Errorf("where there is no advice stands %q", text(at))
	}
	if described := attribute(v.page.byID("email"), "aria-describedby"); described != "email-hint email-advice" {
		t.Errorf("the field is described by %q", described)
	}
	if v.page.byID("first_name-advice") != nil {
		t.Error("there is a place for advice about a name")
	}
}

// TestContinueLooksTheDomainUp wants the advice on the review page, which does not
// wait for the DNS.
func TestContinueLooksTheDomainUp(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		for _, path := range []string{"", "/save"} {
			s := newSite(t, settings{})
			asked := s.nameServer(t).Asked
			v := s.visitor(t)
			f := v.openFirstSection(l)
			f.set("email", "zoe@clinic.invalid")
			v.htmx(http.MethodPost, f.action+path, f.values(nil))
			select {
			case name := <-asked:
				if name != "clinic.invalid." {
					t.Errorf("the DNS is asked about %q", name)
				}
			case <-time.After(10 * time.Second):
				t.Fatal("there was no look-up")
			}
			address.Advise(t.Context(), s.server.MX, "zoe@clinic.invalid") // waits for the answer
			v.open("/" + string(l) + "/apply/about")
			v.answerSections(answerFirst)
			says := i18n.T(l, "advice.unreachable", "clinic.invalid")
			if !slices.Contains(v.page.texts(isTag("dd")), says) {
				t.Errorf("the check page does not say %q: %s", says, v.page.text())
			}
			v.open("/" + string(l) + "/apply/about")
			if got, button := v.page.adviceAt("email"); got != says || button != "" {
				t.Errorf("at the field stands %q %q", got, button)
			}
			f = v.form("")
			v.press(f, "") // advice does not block the form
			v.want(http.StatusOK, s.wizard.Form.Sections[1].Title.In(l))
		}
	}
}

// TestASilentDNSGivesNoAdvice waits at the field for adviceTimeout, and on no page.
func TestASilentDNSGivesNoAdvice(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	s.nameServer(t)
	v := s.visitor(t)
	f := v.openFirstSection(i18n.English)
	f.set("email", "zoe@silent.example")
	v.press(f, "")
	begun := time.Now()
	if v.open("/en/apply/about"); time.Since(begun) > adviceTimeout {
		t.Errorf("a page waits for the DNS: %v", time.Since(begun))
	}
	f.set("email", "zoe@silent-too.example")
	begun = time.Now()
	part := v.htmx(http.MethodPost, f.action+"/email", f.values(nil))
	if says, _ := part.adviceAt("email"); says != "" || part.status != http.StatusOK {
		t.Errorf("without an answer the advice is %q, %d", says, part.status)
	}
	if took := time.Since(begun); took < adviceTimeout || took > adviceTimeout+800*time.Millisecond { // a look-up lasts two seconds
		t.Errorf("the field waits %v, want %v", took, adviceTimeout)
	}
}

// TestAdviceAboutOtherAddresses wants advice in any form, at every address field.
func TestAdviceAboutOtherAddresses(t *testing.T) {
	t.Parallel()
	l := i18n.French
	s := newSite(t, settings{form: otherForm(t)})
	v := s.visitor(t)
	v.apply(l, answerFirst)
	for _, section := range s.wizard.Form.Sections {
		if _, ok := section.Field("helper"); ok {
			v.open("/fr/apply/" + section.Key)
		}
	}
	f := v.form("")
	f.set("helper", "bob@gmial.com")
	f.set("post", "zoe@hotmial.com")
	v.press(f, i18n.T(l, "nav.later"))
	v.open("/fr/apply")
	_, accept := v.page.adviceAt("helper")
	v.pressButton(accept)
	if f = v.form(""); f.control("helper").values[0] != "bob@gmail.com" || f.control("post").values[0] != "zoe@hotmial.com" || v.page.url.Fragment != "helper" {
		t.Errorf("at %s the addresses are %q and %q", v.page.url, f.control("helper").values, f.control("post").values)
	}
}
