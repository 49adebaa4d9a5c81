package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"joinery/app/i18n"
)

// TestThirdChangeIsComparedAgain changes the section while a conflict page is open.
// The choices on that page stay.
func TestThirdChangeIsComparedAgain(t *testing.T) {
	t.Parallel()
	for drafts, open := range storeOpeners {
		t.Run(drafts, func(t *testing.T) {
			t.Parallel()
			l := i18n.English
			c := openConflict(t, newSite(t, settings{drafts: open}), l, "about",
				url.Values{"pronouns": {"theirs"}, "last_name": {"Theirs"}}, url.Values{"pronouns": {"mine"}, "first_name": {"Mine"}})
			c.posting.press(c.form, "")
			f := c.posting.wantConflict(l, map[string]string{"pronouns": "mine", "last_name": "theirs", "first_name": "mine"})
			f.set(choicePrefix+"pronouns", "theirs")
			c.saved.changeSection("/en/apply/about", url.Values{"pronouns": {"newer"}, "first_name": {"Newer"}})
			for range 2 { // a reload posts it again
				c.posting.press(f, "")
				c.posting.wantConflict(l, map[string]string{"first_name": "mine"})
				if said := c.posting.page.text(); !strings.Contains(said, "Newer") {
					t.Errorf("the page does not show what was saved last: %s", said)
				}
			}
			f = c.posting.form("")
			c.posting.press(f, i18n.T(l.Other(), "lang.name"))
			f = c.posting.wantConflict(l.Other(), map[string]string{"pronouns": "theirs", "last_name": "theirs", "first_name": "mine"})
			c.posting.press(f, "")
			c.wantSaved(t, "about", url.Values{"pronouns": {"newer"}, "last_name": {"Theirs"}, "first_name": {"Mine"}})
		})
	}
}

func TestReloadShowsTheConflictAgain(t *testing.T) {
	t.Parallel()
	l := i18n.French
	c := openConflict(t, newSite(t, settings{}), l, "about", url.Values{"pronouns": {"iel"}}, url.Values{"pronouns": {"elle"}})
	before := c.dump(t)
	for range 3 {
		c.posting.press(c.form, "")
		c.posting.wantConflict(l, map[string]string{"pronouns": "mine"})
	}
	if after := c.dump(t); after != before {
		t.Errorf("a reload has saved\n%s", after)
	}
}

func TestEqualAnswersAreNoConflict(t *testing.T) {
	t.Parallel()
	for drafts, open := range storeOpeners {
		t.Run(drafts, func(t *testing.T) {
			t.Parallel()
			l := i18n.English
			c := openConflict(t, newSite(t, settings{drafts: open}), l, "about", url.Values{"pronouns": {"they"}}, url.Values{"pronouns": {" they "}})
			c.posting.press(c.form, "")
			c.posting.want(http.StatusOK, c.wizard.Form.Sections[1].Title.In(l))
			c.form.set("pronouns", "she") // Back to the earlier page
			c.posting.press(c.form, "")
			c.posting.wantConflict(l, map[string]string{"pronouns": "mine"})
		})
	}
}

func TestDifferentSectionsNeverConflict(t *testing.T) {
	t.Parallel()
	for drafts, open := range storeOpeners {
		t.Run(drafts, func(t *testing.T) {
			t.Parallel()
			l := i18n.English
			c := openConflict(t, newSite(t, settings{drafts: open}), l, "role", nil, nil)
			c.posting.open("/en/apply/role")
			f := c.posting.form("")
			f.set("role_other", "Luthière")
			c.saved.changeSection("/en/apply/affiliations", url.Values{"university": {"Laval"}})
			c.saved.changeSection("/en/apply/about", url.Values{"pronouns": {"her"}})
			c.posting.press(f, "")
			c.posting.want(http.StatusOK, c.wizard.Form.Sections[2].Title.In(l))
			c.wantSaved(t, "role", url.Values{"role_other": {"Luthière"}})
			c.wantSaved(t, "affiliations", url.Values{"university": {"Laval"}})
			c.wantSaved(t, "about", url.Values{"pronouns": {"her"}})
		})
	}
}

// TestAConflictKeepsTheAction presses buttons other than Continue.
func TestAConflictKeepsTheAction(t *testing.T) {
	t.Parallel()
	l := i18n.English
	for button, want := range map[string]string{
		i18n.T(l, "nav.later"): "/en/apply/later", i18n.T(l.Other(), "lang.name"): "/fr/apply/about?from=check", "": "/en/apply/check",
	} {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			c := openConflict(t, newSite(t, settings{}), l, "about", nil, nil)
			c.posting.open("/en/apply/about?from=check")
			f := c.posting.form("")
			f.set("pronouns", "mine")
			c.saved.changeSection("/en/apply/about", url.Values{"pronouns": {"newer"}})
			c.posting.press(f, button)
			f = c.posting.form(i18n.T(l, "merge.use"))
			c.posting.press(f, "")
			if got := c.posting.page.url.RequestURI(); got != want {
				t.Errorf("choosing leads to %s, want %s", got, want)
			}
		})
	}
}

func TestHtmxShowsTheConflict(t *testing.T) {
	t.Parallel()
	l := i18n.English
	c := openConflict(t, newSite(t, settings{}), l, "about", url.Values{"pronouns": {"iel"}}, url.Values{"pronouns": {"she"}})
	whole := c.posting.press(c.form, "")
	part := c.posting.htmx(http.MethodPost, c.form.action, c.form.values(nil))
	wantFragment(t, part)
	if part.status != http.StatusConflict || part.header.Get("HX-Push-Url") != "false" || part.header.Get("HX-Retarget") != "" {
		t.Errorf("htmx is answered %d %v, want 409, in the place of the form, and no new address", part.status, part.header)
	}
	if part.h1() != whole.h1() || !slices.Equal(part.texts(isTag("legend")), whole.texts(isTag("legend"))) || part.byID("trouble") == nil {
		t.Errorf("a browser is shown %q, htmx %q", whole.h1(), part.h1())
	}
}

// TestForgedChoicesChangeNothing posts choices that no page offers.
func TestForgedChoicesChangeNothing(t *testing.T) {
	t.Parallel()
	l := i18n.English
	c := openConflict(t, newSite(t, settings{}), l, "about", url.Values{"pronouns": {"iel"}}, url.Values{"pronouns": {"she"}})
	for _, version := range []string{"", "x", "-1-a-b-c", "0---", strings.Repeat("9", 30) + "-a-b-c"} {
		c.form.set("version", version)
		c.form.set(choicePrefix+"roles", "theirs")
		c.form.set(choicePrefix, "theirs")
		c.posting.press(c.form, "")
		c.posting.wantConflict(l, map[string]string{"pronouns": "mine"})
	}
	c.wantSaved(t, "about", url.Values{"pronouns": {"iel"}})
}

// TestEmptiedAnswerCanBeChosen empties a conditional question, so the conflict page
// has no value to post for it.
func TestEmptiedAnswerCanBeChosen(t *testing.T) {
	t.Parallel()
	l := i18n.English
	c := openConflict(t, newSite(t, settings{}), l, "role", url.Values{"profession": {"Theirs"}}, url.Values{"profession": {""}})
	c.posting.press(c.form, "")
	f := c.posting.wantConflict(l, map[string]string{"profession": "mine"})
	if none := i18n.T(l, "merge.mine") + " " + i18n.T(l, "check.none"); !strings.Contains(c.posting.page.text(), none) {
		t.Errorf("the page does not say %q: %s", none, c.posting.page.text())
	}
	c.posting.press(f, "")
	c.posting.want(http.StatusOK, c.wizard.Form.Sections[2].Title.In(l))
	c.wantSaved(t, "role", url.Values{"profession": {""}})
}
