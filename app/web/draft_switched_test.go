package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"joinery/app/i18n"
)

// takeCookies gives this browser the cookies of another, as another tab may do.
func (v *visitor) takeCookies(other *visitor) {
	v.client.Jar.SetCookies(v.address(), other.client.Jar.Cookies(other.address()))
}

func TestAnswersChangedElsewhereAreReviewedBeforeSubmitting(t *testing.T) {
	for drafts, open := range storeOpeners {
		for _, l := range i18n.Languages {
			t.Run(drafts+" "+string(l), func(t *testing.T) {
				t.Parallel()
				s := newSite(t, settings{drafts: open})
				v := s.visitor(t)
				v.apply(l, answerFirst)
				f := v.form(i18n.T(l, "check.send"))
				f.fill(answerFirst)
				v.sameBrowser().changeSection("/"+string(l)+"/apply/about", url.Values{"pronouns": {"Newer"}})
				v.press(f, i18n.T(l, "check.send"))
				v.wantConsents(l, f.control("given").values...)
				v.wantNote(l, "note.changed")
				if !strings.Contains(v.page.text(), "Newer") {
					t.Errorf("the page does not show what has changed: %s", v.page.text())
				}
				f = v.form(i18n.T(l, "check.send"))
				v.sameBrowser().press(f, i18n.T(l.Other(), "lang.name")) // without a changed answer
				for range 2 {
					v.press(f, i18n.T(l, "check.send"))
					v.want(http.StatusOK, i18n.T(l, "sent.waiting.title"))
				}
			})
		}
	}
}

func TestPagesOfAnotherDraftChangeNothing(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		v, bob := s.visitorWithDraft(t, l, "Ada"), s.visitorWithDraft(t, l, "Bob")
		home := "/" + string(l) + "/apply"
		v.open(home + "/delete")
		del := v.form(i18n.T(l, "delete.button"))
		v.open(home + "/later")
		mail := v.form(i18n.T(l, "later.send"))
		v.takeCookies(bob)
		before := s.dump(t)
		for button, f := range map[string]*htmlForm{"/delete": del, "/later": mail} {
			v.press(f, "")
			v.wantNote(l, "note.switched")
			if v.page.url.Path != home+button {
				t.Errorf("the button leads to %s", v.page.url.Path)
			}
		}
		if after := s.dump(t); after != before || len(s.letters(t)) > 0 {
			t.Errorf("something was done:\n%s", after)
		}
		v.wantDraft(l, "Bob")
		v.open(home + "/delete") // the page is about this draft now
		v.pressButton(i18n.T(l, "delete.button"))
		v.wantNote(l, "note.deleted")
	}
}

// TestAPageOfAnotherPersonIsOnlyShownAgain posts a page of the first section, whose
// applicant has left the browser, to what the browser holds since.
func TestAPageOfAnotherPersonIsOnlyShownAgain(t *testing.T) {
	for drafts, open := range storeOpeners {
		for since, next := range map[string]func(*visitor, i18n.Lang){
			"nothing": nil,
			"a draft": func(v *visitor, l i18n.Lang) {
				v.changeSection("/"+string(l)+"/apply/about", url.Values{"first_name": {"Bob"}})
			},
			"an application": func(v *visitor, l i18n.Lang) { v.send(l, answerFirst) },
		} {
			t.Run(drafts+", "+since, func(t *testing.T) {
				t.Parallel()
				l := i18n.French
				s := newSite(t, settings{drafts: open})
				v := s.visitorWithDraft(t, l, "Ada")
				v.open("/fr/apply/about")
				f := v.form("")
				f.set("last_name", "Lovelacemark")
				v.open("/fr" + leavePath)
				v.pressButton(i18n.T(l, "leave.button"))
				if next != nil {
					next(v, l)
				}
				before, session := s.dump(t), v.cookie()
				quiet := v.htmx(http.MethodPost, "/fr/apply/about/save", f.values(nil))
				if quiet.status != http.StatusConflict || !strings.Contains(quiet.text(), i18n.T(l, "saving.not_held")) {
					t.Errorf("a quiet save is %d, %s", quiet.status, quiet.text())
				}
				for _, button := range []string{"", i18n.T(l, "nav.later"), ""} {
					p := v.press(f, button)
					v.want(http.StatusConflict, "")
					if !strings.Contains(p.text(), i18n.T(l, "unsaved.not_held")) || !strings.Contains(p.body, "Lovelacemark") || strings.Contains(p.body, "Bob") {
						t.Errorf("the page does not show what was typed, and that alone: %s", p.body)
					}
					f = v.form("") // of the page that is shown
				}
				if s.dump(t) != before || v.cookie() != session {
					t.Errorf("something was done:\n%s", s.dump(t))
				}
			})
		}
	}
}

func TestTheReviewPageOfABrowserThatWasLeftSaysSo(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		v := newSite(t, settings{}).visitor(t)
		v.apply(l, answerFirst)
		f := v.form(i18n.T(l, "check.send"))
		f.fill(answerFirst)
		v.open("/" + string(l) + leavePath)
		v.pressButton(i18n.T(l, "leave.button"))
		for _, button := range []string{"check.send", "nav.later"} {
			v.press(f, i18n.T(l, button))
			v.wantNote(l, "note.ended")
		}
	}
}

// TestALateAutosaveSetsNoCookie answers a browser that may hold another draft by then.
func TestALateAutosaveSetsNoCookie(t *testing.T) {
	t.Parallel()
	l := i18n.English
	v := newSite(t, settings{}).visitor(t)
	for _, given := range []int{1, 0} {
		f := v.openFirstSection(l)
		f.set("pronouns", "they")
		p := v.htmx(http.MethodPost, "/en/apply/about/save", f.values(nil))
		if cookies := p.header.Values("Set-Cookie"); p.status != http.StatusOK || len(cookies) != given {
			t.Errorf("a quiet save is %d and sets %q, want %d", p.status, cookies, given)
		}
	}
}

// TestEveryButtonSaysThatANewDraftBegan presses each button in a tab of a deleted
// draft.
func TestEveryButtonSaysThatANewDraftBegan(t *testing.T) {
	t.Parallel()
	l := i18n.English
	for button, want := range map[string]string{
		i18n.T(l, "nav.later"): "/en/apply/later", i18n.T(l, "draft.phone"): "/en/apply/about", i18n.T(l.Other(), "lang.name"): "/fr/apply/about",
	} {
		s := newSite(t, settings{})
		v := s.visitorWithDraft(t, l, "Ada")
		f := v.form(button) // of the second section
		if err := s.deleteDraft(t.Context(), v.cookie()); err != nil {
			t.Fatal(err)
		}
		v.press(f, button)
		if v.page.url.Path != want {
			t.Errorf("%s leads to %s, want %s", button, v.page.url.Path, want)
		}
		now, _ := i18n.Parse(want[1:3])
		v.wantNote(now, "note.anew")
	}
}

func TestPostWithoutADraftSaysThatThereIsNone(t *testing.T) {
	t.Parallel()
	v := newSite(t, settings{}).visitor(t)
	for _, l := range i18n.Languages {
		for _, path := range []string{"/later", "/phone"} {
			v.post("/"+string(l)+"/apply"+path, url.Values{"address": {canonicalEmail}, "version": {"12345678"}})
			v.wantNote(l, "note.ended")
			if !slices.Equal(v.statuses, []int{303, 303, 200}) {
				t.Errorf("%s leads by %v to %s", path, v.statuses, v.page.url)
			}
		}
	}
}

func TestPhoneButtonLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		v := newSite(t, settings{}).visitor(t)
		v.saveFirstSection(l)
		v.open("/" + string(l) + "/apply/about")
		f := v.form("")
		f.set("first_name", "Typed")
		f.set("email", "not yet")
		v.press(f, i18n.T(l, "draft.phone"))
		v.want(http.StatusOK, i18n.T(l, "draft.phone"))
		v.wantDraft(l, "Typed")
		v.changeSection("/"+string(l)+"/apply/about", url.Values{"email": {typedEmail}})
		v.answerSections(answerFirst)
		f = v.form(i18n.T(l, "check.send"))
		f.set("given", "consent_news")
		v.press(f, i18n.T(l, "draft.phone"))
		v.want(http.StatusOK, i18n.T(l, "draft.phone"))
		v.open(v.page.link(i18n.T(l, "error.apply")))
		v.wantConsents(l, "consent_news")
		v.carry("/en/apply", "mailed")
		v.open("/en/apply")
		v.wantNote(i18n.English, "note.mailed")
	}
}

func TestLandingForgetsADeletionOnceThereIsADraft(t *testing.T) {
	t.Parallel()
	l := i18n.English
	v := newSite(t, settings{}).visitor(t)
	v.saveFirstSection(l)
	v.carry("/en", "deleted")
	v.open("/en")
	if strings.Contains(v.page.text(), i18n.T(l, "note.deleted")) {
		t.Errorf("the page says that the draft is deleted: %s", v.page.text())
	}
}
