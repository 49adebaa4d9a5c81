package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"joinery/app/i18n"
)

// becomes gives the browser what another holds, as another tab of it may do.
func (v *visitor) becomes(other *visitor) {
	v.client.Jar.SetCookies(v.address(), other.client.Jar.Cookies(other.address()))
}

func TestWhatChangedElsewhereIsLookedAtBeforeItIsSent(t *testing.T) {
	for drafts, open := range openings {
		for _, l := range i18n.Languages {
			t.Run(drafts+" "+string(l), func(t *testing.T) {
				t.Parallel()
				s := newSite(t, settings{drafts: open})
				v := s.visitor(t)
				v.apply(l, first)
				f := v.form(i18n.T(l, "check.send"))
				f.fill(first)
				v.twin().save("/"+string(l)+"/apply/about", url.Values{"pronouns": {"Newer"}})
				v.press(f, i18n.T(l, "check.send"))
				v.wantTicked(l, f.control("given").values...)
				v.wantNote(l, "note.changed")
				if !strings.Contains(v.page.words(), "Newer") {
					t.Errorf("the page does not show what has changed: %s", v.page.words())
				}
				f = v.form(i18n.T(l, "check.send"))
				v.twin().press(f, i18n.T(l.Other(), "lang.name")) // which changes no answer
				for range 2 {
					v.press(f, i18n.T(l, "check.send"))
					v.want(http.StatusOK, i18n.T(l, "sent.waiting.title"))
				}
			})
		}
	}
}

func TestPagesOfAnotherDraftDoNothingToThisOne(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		v, bob := s.drafted(t, l, "Ada"), s.drafted(t, l, "Bob")
		home := "/" + string(l) + "/apply"
		v.open(home + "/delete")
		del := v.form(i18n.T(l, "delete.button"))
		v.open(home + "/later")
		mail := v.form(i18n.T(l, "later.send"))
		v.becomes(bob)
		before := s.dump(t)
		for button, f := range map[string]*filling{"/delete": del, "/later": mail} {
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
		v.open(home + "/delete") // which now is about this one
		v.pressOnly(i18n.T(l, "delete.button"))
		v.wantNote(l, "note.deleted")
	}
}

func TestAnswersOfAnotherDraftAreToldSo(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		v, bob := s.drafted(t, l, "Ada"), s.drafted(t, l, "Bob")
		v.open("/" + string(l) + "/apply/about")
		f := v.form("")
		v.becomes(bob)
		quiet := v.htmx(http.MethodPost, "/"+string(l)+"/apply/about/save", f.values(nil))
		if quiet.status != http.StatusConflict || !strings.Contains(quiet.words(), i18n.T(l, "saving.strange")) {
			t.Errorf("a quiet save is %d, %s", quiet.status, quiet.words())
		}
		v.press(f, "")
		v.want(http.StatusConflict, i18n.T(l, "merge.title"))
		if !strings.Contains(v.page.words(), i18n.T(l, "merge.strange")) {
			t.Errorf("the page does not say why: %s", v.page.words())
		}
		v.wantDraft(l, "Bob")
	}
}

// TestLateQuietSaveGivesNothingBack answers a browser that may hold another
// draft by then.
func TestLateQuietSaveGivesNothingBack(t *testing.T) {
	t.Parallel()
	l := i18n.English
	v := newSite(t, settings{}).visitor(t)
	for _, given := range []int{1, 0} {
		f := v.about(l)
		f.set("pronouns", "they")
		p := v.htmx(http.MethodPost, "/en/apply/about/save", f.values(nil))
		if cookies := p.header.Values("Set-Cookie"); p.status != http.StatusOK || len(cookies) != given {
			t.Errorf("a quiet save is %d and sets %q, want %d", p.status, cookies, given)
		}
	}
}

// TestAnewIsSaidWhereverTheButtonLeads presses each in a tab of a draft that was
// deleted.
func TestAnewIsSaidWhereverTheButtonLeads(t *testing.T) {
	t.Parallel()
	l := i18n.English
	for button, want := range map[string]string{
		i18n.T(l, "nav.later"): "/en/apply/later", i18n.T(l, "draft.phone"): "/en/apply/about", i18n.T(l.Other(), "lang.name"): "/fr/apply/about",
	} {
		s := newSite(t, settings{})
		v := s.drafted(t, l, "Ada")
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
			v.post("/"+string(l)+"/apply"+path, url.Values{"address": {canonical}, "version": {"12345678"}})
			v.wantNote(l, "note.ended")
			if !slices.Equal(v.hops, []int{303, 303, 200}) {
				t.Errorf("%s leads by %v to %s", path, v.hops, v.page.url)
			}
		}
	}
}

func TestPhoneButtonLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		v := newSite(t, settings{}).visitor(t)
		v.begin(l)
		v.open("/" + string(l) + "/apply/about")
		f := v.form("")
		f.set("first_name", "Typed")
		f.set("email", "not yet")
		v.press(f, i18n.T(l, "draft.phone"))
		v.want(http.StatusOK, i18n.T(l, "draft.phone"))
		v.wantDraft(l, "Typed")
		v.save("/"+string(l)+"/apply/about", url.Values{"email": {anAddress}})
		v.walk(first)
		f = v.form(i18n.T(l, "check.send"))
		f.set("given", "consent_news")
		v.press(f, i18n.T(l, "draft.phone"))
		v.want(http.StatusOK, i18n.T(l, "draft.phone"))
		v.open(v.page.link(i18n.T(l, "error.apply")))
		v.wantTicked(l, "consent_news")
		if p := v.request(http.MethodGet, "/en/apply?note=mailed", nil); p.header.Get("Location") != "/en/apply/check?ticked=1&note=mailed" {
			t.Errorf("the way on is %s", p.header.Get("Location"))
		}
	}
}

func TestLandingForgetsADeletionOnceThereIsADraft(t *testing.T) {
	t.Parallel()
	l := i18n.English
	v := newSite(t, settings{}).visitor(t)
	v.begin(l)
	v.open("/en?note=deleted")
	if strings.Contains(v.page.words(), i18n.T(l, "note.deleted")) {
		t.Errorf("the page says that the draft is deleted: %s", v.page.words())
	}
}
