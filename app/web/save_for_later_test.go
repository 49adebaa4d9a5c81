package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"joinery/app/i18n"
	"joinery/app/mail"
)

// saveFirstSection fills in the first section and saves it for later.
func (v *visitor) saveFirstSection(l i18n.Lang) {
	v.t.Helper()
	v.press(v.openFirstSection(l), i18n.T(l, "nav.later"))
	v.want(http.StatusOK, i18n.T(l, "later.title"))
}

// typedAddress returns the value of the address field.
func (v *visitor) typedAddress(l i18n.Lang) string {
	v.t.Helper()
	return v.form(i18n.T(l, "later.send")).control("address").values[0]
}

// requestLink requests a link on the page for later.
func (v *visitor) requestLink(l i18n.Lang, address string) {
	v.t.Helper()
	f := v.form(i18n.T(l, "later.send"))
	f.set("address", address)
	v.press(f, i18n.T(l, "later.send"))
}

func TestSaveForLaterSaysUntilWhen(t *testing.T) {
	t.Parallel()
	for drafts, open := range storeOpeners {
		for _, l := range i18n.Languages {
			t.Run(drafts+" "+string(l), func(t *testing.T) {
				t.Parallel()
				s := newSite(t, settings{drafts: open})
				v := s.visitor(t)
				v.saveFirstSection(l)
				until := i18n.Until(l, s.now().Add(draftTTL).In(time.Local), s.now())
				s.pass(26 * time.Hour)
				home := "/" + string(l) + "/apply"
				v.open(home + "/later") // opening the page saves nothing
				if want := i18n.T(l, "later.browser", until); !strings.Contains(v.page.text(), want) {
					t.Errorf("the page does not say %q: %s", want, v.page.text())
				}
				for _, path := range []string{"", "/phone", "/delete"} {
					if !slices.ContainsFunc(elements(v.page.root, isTag("a")), hasAttr("href", home+path)) {
						t.Errorf("no link leads to %s", home+path)
					}
				}
				v.open(v.page.link(i18n.T(l, "later.now")))
				if f := v.form(""); v.page.url.Path != home+"/about" || f.control("email").values[0] != typedEmail {
					t.Errorf("going on leads to %s", v.page.url.Path)
				}
			})
		}
	}
}

func TestSaveForLaterMailsALink(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		v := s.visitor(t)
		v.saveFirstSection(l)
		if got := v.typedAddress(l); got != canonicalEmail {
			t.Errorf("the address is %q at first, want the one that was answered, %s", got, canonicalEmail)
		}
		if letters := s.letters(t); len(letters) > 0 {
			t.Errorf("there are letters without a request: %v", letters)
		}
		v.requestLink(l, " Other@HOSPITAL.example ")
		v.want(http.StatusOK, i18n.T(l, "later.title"))
		v.wantNote(l, "note.mailed")
		if got := v.typedAddress(l); got != "Other@hospital.example" {
			t.Errorf("the address is now %q, want the one that mail went to", got)
		}
		link := s.link(t, 1)
		if letter := s.letters(t)[0]; letter.To != "Other@hospital.example" || letter.Subject != i18n.T(l, "mail.resume.subject", org) {
			t.Errorf("the letter is %q to %s", letter.Subject, letter.To)
		}
		v.open(link) // in the browser that holds the draft
		v.want(http.StatusOK, s.wizard.Form.Sections[0].Title.In(l))
	}
}

// TestSaveForLaterSaysWhenALinkGoesOut that waits for its turn. Asking again changes nothing.
func TestSaveForLaterSaysWhenALinkGoesOut(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	s.limits.PerAddress = mail.Budget{Max: 1, Per: time.Hour}
	l := i18n.French
	v := s.visitor(t)
	v.saveFirstSection(l)
	v.requestLink(l, canonicalEmail)
	if v.page.byID("turn") != nil {
		t.Errorf("a link that goes out at once waits for its turn: %s", v.page.text())
	}
	s.letters(t)
	room := s.now().Add(time.Hour + time.Second)
	for range 3 {
		v.requestLink(l, canonicalEmail)
		v.wantNote(l, "note.mailed")
		want := i18n.T(l, "later.turn", i18n.When(l, wholeMinute(room).In(time.Local), s.now()))
		if at := v.page.byID("turn"); at == nil || text(at) != want {
			t.Errorf("the page does not say %q: %s", want, v.page.text())
		}
		if letters := s.letters(t); len(letters) != 1 {
			t.Errorf("there are %d letters, want 1", len(letters))
		}
	}
	v.open("/fr/apply/leave")
	if at := v.page.byID("turn"); at == nil || text(at) != i18n.T(l, "later.turn", i18n.When(l, wholeMinute(room).In(time.Local), s.now())) {
		t.Errorf("before leaving the page does not say when: %s", v.page.text())
	}
	s.pass(time.Hour + time.Minute)
	if letters := s.letters(t); len(letters) != 2 {
		t.Errorf("there are %d letters, want 2", len(letters))
	}
}

// TestSaveForLaterIsRefusedWhenTooManyLettersWait for the network.
func TestSaveForLaterIsRefusedWhenTooManyLettersWait(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		s.limits.PerNetwork = mail.Budget{Max: 1, Per: time.Hour}
		v := s.visitor(t)
		v.saveFirstSection(l)
		for i, note := range []string{"note.mailed", "note.mailed", "note.crowded"} {
			v.requestLink(l, fmt.Sprintf("zoe%d@example.ca", i))
			v.wantNote(l, note)
		}
	}
}

func TestSaveForLaterRefusesABadAddress(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		v := s.visitor(t)
		v.saveFirstSection(l)
		before := s.dump(t)
		for _, typed := range []string{"", "<nobody>", "nobody@example", "a@example.ca, b@example.ca"} {
			v.requestLink(l, typed)
			v.want(http.StatusUnprocessableEntity, i18n.T(l, "later.title"))
			if got := v.typedAddress(l); got != typed {
				t.Errorf("%q has become %q", typed, got)
			}
			said := emailProblem(l, typed)
			if got := v.page.summary(); !slices.Equal(got, []string{said}) || !strings.HasPrefix(v.page.title(), i18n.T(l, "error.prefix")) {
				t.Errorf("%q: title %q, summary %q", typed, v.page.title(), got)
			}
			input := v.page.byID("address")
			if attribute(input, "aria-invalid") != "true" || !strings.Contains(attribute(input, "aria-describedby"), "address-problem") ||
				text(v.page.byID("address-problem")) != i18n.T(l, "error.prefix")+" "+said {
				t.Errorf("%q: the field does not say what is wrong: %v", typed, input.Attr)
			}
		}
		if after := s.dump(t); after != before || len(s.letters(t)) > 0 {
			t.Errorf("what is no address has left\n%s", after)
		}
	}
}

func TestSaveForLaterMentionsOnlyARealReminder(t *testing.T) {
	t.Parallel()
	l := i18n.English
	says := func(v *visitor) bool {
		v.open("/en/apply/later")
		return strings.Contains(text(v.page.byID("address-hint")), i18n.T(l, "later.reminds"))
	}
	s := newSite(t, settings{})
	v := s.visitor(t)
	v.saveFirstSection(l)
	v.requestLink(l, canonicalEmail)
	if !says(v) {
		t.Error("the page does not mention the reminder")
	}
	s.pass(draftTTL - remindBefore)
	if err := s.resume.Remind(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.link(t, 2)
	if says(v) {
		t.Error("the page promises a second reminder")
	}
	s = newSite(t, settings{noReminders: true})
	v = s.visitor(t)
	v.saveFirstSection(l)
	if says(v) {
		t.Error("the page promises a reminder that does not exist")
	}
}

func TestSaveForLaterNeedsADraft(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	newcomer, sender := s.visitor(t), s.visitor(t)
	sender.send(i18n.French, answerFirst)
	letters, before := len(s.letters(t)), s.dump(t)
	for want, v := range map[string]*visitor{"/fr/apply/about": newcomer, "/fr/apply/sent": sender} {
		for _, typed := range []string{canonicalEmail, "nobody"} {
			v.post("/fr/apply/later", url.Values{"address": {typed}})
			if v.page.url.Path != want || v.page.status != http.StatusOK {
				t.Errorf("mail to %q leads to %s, %d, want %s", typed, v.page.url.Path, v.page.status, want)
			}
		}
		if v.open("/fr/apply/later"); v.page.url.Path != want {
			t.Errorf("the page leads to %s, want %s", v.page.url.Path, want)
		}
	}
	if after := s.dump(t); after != before || len(s.letters(t)) != letters {
		t.Errorf("this has left\n%s", after)
	}
}
