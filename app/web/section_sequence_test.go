package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"joinery/app/i18n"
	"joinery/app/member"
)

func TestALaterPageLeadsToTheUnfinishedSection(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		v := newSite(t, settings{}).visitor(t)
		home := "/" + string(l) + "/apply"
		for _, later := range []string{"/role", "/interests", "/check"} {
			v.open(home + later)
			if want := home + "/about"; v.page.url.Path != want {
				t.Errorf("%s leads to %s, want %s", later, v.page.url.Path, want)
			}
			v.wantNote(l, "note.order")
		}
		v.press(v.openFirstSection(l), "")
		for _, later := range []string{"/affiliations", "/check"} {
			v.open(home + later)
			if want := home + "/role"; v.page.url.Path != want {
				t.Errorf("with one section finished %s leads to %s, want %s", later, v.page.url.Path, want)
			}
			v.wantNote(l, "note.order")
		}
		v.post(home+"/check", url.Values{"given": {"consent_privacy"}})
		if want := home + "/role"; v.page.url.Path != want {
			t.Errorf("sending leads to %s, want %s", v.page.url.Path, want)
		}
		if letters := v.site.letters(t); len(letters) > 0 {
			t.Errorf("something was sent: %v", letters)
		}
		v.open(home)
		if want := home + "/role"; v.page.url.Path != want || len(v.page.notes()) > 0 {
			t.Errorf("going on leads to %s %q, want %s and no note", v.page.url.Path, v.page.notes(), want)
		}
	}
}

// TestAChangeLeadsToTheQuestionAndBack presses each Change, and comes back by Back and by
// Continue, as a browser without JavaScript does.
func TestAChangeLeadsToTheQuestionAndBack(t *testing.T) {
	t.Parallel()
	v := newSite(t, settings{}).visitor(t)
	v.apply(i18n.English, answerFirst)
	for _, section := range v.site.wizard.Form.Sections {
		for _, field := range section.Fields {
			if v.page.byID(rowID(field.Key)) == nil {
				continue // the form does not ask it
			}
			question := "/en/apply/" + section.Key + "?field=" + field.Key + "&from=check#" + field.Key
			answer := "/en/apply/check?field=" + field.Key + "#" + field.Key + "-row"
			change := v.changeButton(field.Key)
			v.pressButton(change)
			v.wantPlace(change, question)
			v.pressButton(v.backButton())
			v.wantPlace("Back", answer)
			v.pressButton(change)
			f := v.form("")
			f.fill(answerFirst)
			v.press(f, "")
			v.wantPlace("Continue", answer)
			if focused := elements(v.page.root, func(e *html.Node) bool { return hasAttribute(e, "autofocus") }); len(focused) != 1 || text(focused[0]) != change {
				t.Errorf("after %s the focus goes to %d elements", change, len(focused))
			}
		}
	}
}

// wantPlace wants the browser to have come to an address, and its fragment to be there.
func (v *visitor) wantPlace(by, address string) {
	v.t.Helper()
	if at := v.page.url.RequestURI() + "#" + v.page.url.Fragment; at != address || v.page.status != http.StatusOK {
		v.t.Errorf("%s leads to %s, %d, want %s", by, at, v.page.status, address)
	}
	if v.page.byID(v.page.url.Fragment) == nil {
		v.t.Errorf("%s: %s is not on the page", by, v.page.url.Fragment)
	}
}

func TestAChangeCanTakeSeveralRounds(t *testing.T) {
	t.Parallel()
	v := newSite(t, settings{}).visitor(t)
	v.apply(i18n.English, answerFirst)
	v.pressButton(v.changeButton("region"))
	f := v.form("")
	f.set("region", "outside")
	v.press(f, "") // adds another question
	v.wantNote(i18n.English, "note.more")
	f = v.form("")
	v.press(f, "")
	v.want(http.StatusUnprocessableEntity, "")
	f = v.form("")
	f.fill(answerLast)
	v.press(f, "")
	if v.page.url.Path != "/en/apply/check" || !strings.Contains(v.page.text(), "Another country") {
		t.Errorf("after two rounds comes %s: %s", v.page.url.Path, v.page.text())
	}
}

// backButton returns the words of the button Back.
func (v *visitor) backButton() string { return v.page.texts(hasClass("back"))[0] }

// changeButton returns the words of the button of the review page that changes the answer
// to a question.
func (v *visitor) changeButton(key string) string {
	v.t.Helper()
	row := v.page.byID(rowID(key))
	if row == nil {
		v.t.Fatalf("at %s nothing changes %s", v.page.url.Path, key)
	}
	return text(elements(row, hasClass("change"))[0])
}

// TestChangedRoleAsksForAnAffiliation changes an answer on which an earlier, complete
// section depends.
func TestChangedRoleAsksForAnAffiliation(t *testing.T) {
	t.Parallel()
	v := newSite(t, settings{}).visitor(t)
	l := i18n.French
	v.press(v.openFirstSection(l), "")
	f := v.form("")
	f.set("roles", "patient")
	v.press(f, "")
	v.answerSections(answerFirst) // without affiliations
	v.open("/fr/apply/role?from=check")
	f = v.form("")
	f.set("roles", "patient", "researcher")
	v.press(f, "")
	if want := "/fr/apply/affiliations"; v.page.url.Path != want {
		t.Fatalf("a new role leads to %s, want %s", v.page.url.Path, want)
	}
	v.wantNote(l, "note.order")
	v.press(v.form(""), "")
	v.want(http.StatusUnprocessableEntity, "")
	if lines := v.page.summary(); len(lines) != 1 {
		t.Errorf("the summary is %q, want one line", lines)
	}
	f = v.form("")
	f.set("affiliation_other", "Guilde des luthiers")
	v.press(f, "")
	if want := "/fr/apply/check"; v.page.url.Path != want {
		t.Errorf("the affiliation leads to %s, want back to %s", v.page.url.Path, want)
	}
	if !strings.Contains(v.page.text(), "Guilde des luthiers") {
		t.Errorf("the check page does not show the affiliation: %s", v.page.text())
	}
}

func TestAStaleTabLeadsToTheSentPage(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	v := s.visitor(t)
	l := i18n.English
	v.apply(l, answerFirst)
	v.open("/en/apply/about")
	section := v.form("")
	section.set("first_name", "Philately")
	v.open("/en/apply/check")
	check := v.form(i18n.T(l, "check.send"))
	check.fill(answerFirst)
	v.press(check, i18n.T(l, "check.send"))
	before := s.dump(t)

	v.press(section, "")
	v.want(http.StatusOK, i18n.T(l, "sent.waiting.title"))
	v.wantNote(l, "note.sent")
	v.open(section.action)
	v.wantNote(l, "note.sent")
	v.press(check, i18n.T(l, "check.send"))
	v.want(http.StatusOK, i18n.T(l, "sent.waiting.title"))
	check.set("given")
	v.press(check, i18n.T(l, "check.send")) // it was sent with consent
	v.want(http.StatusOK, i18n.T(l, "sent.waiting.title"))
	v.open("/en/apply/check")
	v.want(http.StatusOK, i18n.T(l, "sent.waiting.title"))
	if p := v.htmx(http.MethodPost, section.action+"/region", section.values(nil)); p.status != http.StatusOK {
		t.Errorf("a preview in a stale tab is %d", p.status)
	}
	if after := s.dump(t); after != before {
		t.Errorf("a stale tab has left\n%s\nwant\n%s", after, before)
	}
	if letters := s.letters(t); len(letters) != 1 {
		t.Errorf("there are %d letters, want 1", len(letters))
	}
}

// TestSimultaneousSubmissionsMakeOneApplication presses the button in many tabs.
func TestSimultaneousSubmissionsMakeOneApplication(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	v := s.visitor(t)
	v.apply(i18n.English, answerFirst)
	f := v.form(i18n.T(i18n.English, "check.send"))
	f.fill(answerFirst)
	s.pass(time.Minute)
	answers := make(chan *htmlPage)
	for range 20 {
		tab := &visitor{t: t, site: s, client: v.client, header: v.header, page: v.page}
		go func() { answers <- tab.request(http.MethodPost, f.action, f.values(nil)) }()
	}
	for range 20 {
		if p := <-answers; p.status != http.StatusSeeOther || p.header.Get("Location") != "/en/apply/sent" {
			t.Errorf("a tab is answered %d %s", p.status, p.header.Get("Location"))
		}
	}
	if letters := s.letters(t); len(letters) != 1 {
		t.Errorf("there are %d letters, want 1", len(letters))
	}
	a, err := s.application(t.Context(), v.cookie())
	if err != nil || a.State != member.Waiting || a.Answers.First("email") != typedEmail {
		t.Errorf("the application is %+v, %v", a, err)
	}
}
