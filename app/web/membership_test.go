package web

import (
	"maps"
	"net/http"
	"net/url"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/member"
)

// TestTheWholeWayToMembership uses only what the pages and the letters contain.
func TestTheWholeWayToMembership(t *testing.T) {
	for drafts, open := range storeOpeners {
		for l, m := range map[i18n.Lang]answerStyle{i18n.English: answerAll, i18n.French: answerFirst} {
			t.Run(drafts+" "+string(l), func(t *testing.T) {
				t.Parallel()
				applyAndConfirm(t, newSite(t, settings{drafts: open}), l, m)
			})
		}
	}
}

// TestTheWholeWayWithAnotherForm shows that the questions are data.
func TestTheWholeWayWithAnotherForm(t *testing.T) {
	other := otherForm(t)
	for _, l := range i18n.Languages {
		for _, m := range []answerStyle{answerFirst, answerLast, answerAll} {
			t.Run(string(l)+" "+string(m), func(t *testing.T) {
				t.Parallel()
				applyAndConfirm(t, newSite(t, settings{form: other}), l, m)
			})
		}
	}
}

func otherForm(t *testing.T) *form.Definition {
	t.Helper()
	data, err := os.ReadFile("testdata/other.json")
	if err != nil {
		t.Fatal(err)
	}
	other, err := form.Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	return other
}

// applyAndConfirm goes from the landing page to a membership.
func applyAndConfirm(t *testing.T, s *site, l i18n.Lang, m answerStyle) {
	applicant := s.visitor(t)
	said := applicant.apply(l, m)

	given, draftKey := giveConsents(t, s, applicant, l, m), applicant.draftKey()
	if before := s.dump(t); !strings.Contains(before, "Xylophone") || strings.Contains(before, "'"+string(member.Waiting)+"'") {
		t.Errorf("before it is sent, the application should be a draft and nothing else:\n%s", before)
	}
	applicant.press(given, i18n.T(l, "check.send"))
	applicant.want(http.StatusOK, i18n.T(l, "sent.waiting.title"))
	if !strings.Contains(applicant.page.text(), canonicalEmail) {
		t.Errorf("the page does not say where the message goes, %s: %s", canonicalEmail, applicant.page.text())
	}
	if drafts := s.draftStore.dump(t); strings.Contains(drafts, draftKey) {
		t.Errorf("a draft remains: %s", drafts)
	}
	sentAt := s.now()
	s.pass(90 * time.Minute)

	confirmInAnotherBrowser(t, s, l)
	wantMember(t, s, l, said, given.values(nil)["given"], sentAt)
}

// giveConsents submits without the consents, is refused, gives them, and returns the
// form for the second attempt.
func giveConsents(t *testing.T, s *site, v *visitor, l i18n.Lang, m answerStyle) *htmlForm {
	t.Helper()
	for _, k := range s.wizard.Form.Consents {
		if !strings.Contains(v.page.text(), k.In(l, org)) {
			t.Errorf("the check page does not say %q", k.In(l, org))
		}
	}
	v.pressButton(i18n.T(l, "check.send"))
	v.want(http.StatusUnprocessableEntity, i18n.T(l, "check.title"))
	if len(v.page.summary()) == 0 || !strings.HasPrefix(v.page.title(), i18n.T(l, "error.prefix")) {
		t.Errorf("refused without saying why: title %q, summary %q", v.page.title(), v.page.summary())
	}
	if letters := s.letters(t); len(letters) > 0 {
		t.Errorf("without consent there are letters: %v", letters)
	}
	f := v.form(i18n.T(l, "check.send"))
	f.fill(m)
	return f
}

// confirmInAnotherBrowser opens the link of the letter in another browser, and presses
// the button twice.
func confirmInAnotherBrowser(t *testing.T, s *site, l i18n.Lang) {
	t.Helper()
	link := s.link(t, 1)
	reader := s.visitor(t)
	reader.open(link)
	reader.want(http.StatusOK, i18n.T(l, "link.open.title"))
	if members := s.allMembers(t); len(members) > 0 {
		t.Fatalf("looking at the link has made %v", members)
	}
	f := reader.form(i18n.T(l, "link.confirm"))
	for range 2 {
		reader.press(f, "")
		reader.want(http.StatusOK, i18n.T(l, "link.confirming.title"))
	}
	s.applyChoices(t)
	reader.open(link)
	reader.want(http.StatusOK, i18n.T(l, "link.used.title"))
	letters := s.letters(t)
	if len(letters) != 2 {
		t.Fatalf("there are %d letters, want one to confirm and one of welcome", len(letters))
	}
	if want := i18n.T(l, "mail.welcome.subject", org); letters[0].To != canonicalEmail || letters[0].Subject != want {
		t.Errorf("the last letter is %q to %s, want %q to %s", letters[0].Subject, letters[0].To, want, canonicalEmail)
	}
}

func wantMember(t *testing.T, s *site, l i18n.Lang, said url.Values, given []string, sent time.Time) {
	t.Helper()
	members := s.allMembers(t)
	if len(members) != 1 {
		t.Fatalf("there are %d members, want 1: %v", len(members), members)
	}
	m := members[0]
	if m.Email != canonicalEmail || m.Lang != l || m.Form != s.wizard.Form.Version || !m.Confirmed.Equal(s.now()) {
		t.Errorf("the member is %+v, want %s, %s, form %s, confirmed %v", m, canonicalEmail, l, s.wizard.Form.Version, s.now())
	}
	maps.DeleteFunc(said, func(name string, values []string) bool {
		return name == "shown" || len(values) == 0 || values[0] == ""
	})
	for name, values := range said {
		values[0] = strings.ReplaceAll(values[0], "\r\n", "\n")
		slices.Sort(values) // the store keeps choices in the order of the definition, not of the page
		slices.Sort(m.Answers[name])
	}
	if len(said) < 4 || !reflect.DeepEqual(url.Values(m.Answers), said) {
		t.Errorf("the answers are\n%q, said was\n%q", m.Answers, said)
	}
	var want []member.Consent
	for _, k := range s.wizard.Form.Consents {
		want = append(want, member.Consent{
			Key: k.Key, Version: k.Version, Purpose: k.Purpose.In(l), Wording: k.In(l, org), Lang: l,
			Given: strings.Contains(strings.Join(given, " ")+" ", k.Key+" "), At: sent.UTC(),
		})
	}
	if !reflect.DeepEqual(m.Consents, want) {
		t.Errorf("the consents are\n%+v, want\n%+v", m.Consents, want)
	}
}
