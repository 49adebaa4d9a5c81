package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"joinery/app/i18n"
)

func TestLanguageSwitchKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	v := newSite(t, settings{}).visitor(t)
	f := v.openFirstSection(i18n.English)
	f.set("email", "<nobody>")
	f.set("first_name", "")
	f.set("region", "qc")
	v.press(f, i18n.T(i18n.French, "lang.name"))
	if !slices.Equal(v.statuses, []int{http.StatusSeeOther, http.StatusOK}) || v.page.url.Path != "/fr/apply/about" {
		t.Fatalf("the switch leads by %v to %s", v.statuses, v.page.url.Path)
	}
	if len(v.page.summary()) > 0 || len(v.page.notes()) > 0 {
		t.Errorf("a switch is no mistake: %q %q", v.page.summary(), v.page.notes())
	}
	shown := v.form("")
	for _, c := range f.visibleControls() {
		want := c.values
		if c.name == "language" {
			want = []string{"fr"} // it was the language of the page, and changes with it
		}
		if again := shown.control(c.name); again == nil || !slices.Equal(again.values, want) {
			t.Errorf("%s was %q and is now %+v", c.name, c.values, again)
		}
	}
}

func TestLanguageOfCorrespondence(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		page   i18n.Lang
		chosen string
		then   string // after a switch of the language of the page
		back   string // after a switch back
	}{
		{"follows the page", i18n.English, "en", "fr", "en"},
		{"follows the page, the other way", i18n.French, "fr", "en", "fr"},
		{"stays when it was chosen", i18n.English, "fr", "fr", "fr"},
		{"stays when it was chosen, the other way", i18n.French, "en", "en", "en"},
	}
	s := newSite(t, settings{})
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			v := s.visitor(t)
			v.open("/" + string(tt.page) + "/apply")
			f := v.form("")
			if got := f.control("language").values; !slices.Equal(got, []string{string(tt.page)}) {
				t.Errorf("at first it is %q, want %q, the language of the page", got, tt.page)
			}
			f.set("language", tt.chosen)
			v.press(f, i18n.T(tt.page.Other(), "lang.name"))
			if got := v.form("").control("language").values; !slices.Equal(got, []string{tt.then}) {
				t.Errorf("after the switch it is %q, want %q", got, tt.then)
			}
			v.pressButton(i18n.T(tt.page, "lang.name"))
			if got := v.form("").control("language").values; !slices.Equal(got, []string{tt.back}) {
				t.Errorf("after the switch back it is %q, want %q", got, tt.back)
			}
		})
	}
}

func TestLanguageSwitchOnTheReviewPageKeepsTheConsents(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	v := s.visitor(t)
	v.apply(i18n.French, answerLast)
	f := v.form(i18n.T(i18n.French, "check.send"))
	if got := f.control("given").values; len(got) > 0 {
		t.Errorf("at first %q are ticked", got)
	}
	f.set("given", "consent_privacy", "consent_directory")
	v.press(f, i18n.T(i18n.English, "lang.name"))
	v.want(http.StatusOK, i18n.T(i18n.English, "check.title"))
	f = v.form(i18n.T(i18n.English, "check.send"))
	if got := f.control("given").values; !slices.Equal(got, []string{"consent_privacy", "consent_directory"}) {
		t.Errorf("after the switch %q are ticked", got)
	}
	v.press(f, i18n.T(i18n.English, "check.send"))
	v.want(http.StatusOK, i18n.T(i18n.English, "sent.waiting.title"))
	a, err := s.application(t.Context(), v.cookie())
	if err != nil {
		t.Fatal(err)
	}
	if a.Lang != i18n.French {
		t.Errorf("the letter is in %q, want fr, which was chosen", a.Lang)
	}
	for _, c := range a.Consents {
		if k := s.wizard.Form.Consents; c.Lang != i18n.English || c.Given != (c.Key != "consent_news") || c.Wording == k[0].Wording[i18n.French] {
			t.Errorf("%s is recorded as %+v, want it in the language of the page on which it was given", c.Key, c)
		}
	}
}

// TestPagesLeadToTheirOtherLanguage follows the link on pages without a form.
func TestPagesLeadToTheirOtherLanguage(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	v := s.visitor(t)
	v.send(i18n.English, answerFirst)
	v = s.visitor(t)
	for _, path := range []string{"", "/privacy", s.link(t, 1)[len(s.url)+len("/en"):]} {
		v.open("/en" + path)
		v.open(v.page.link(i18n.T(i18n.French, "lang.name")))
		if v.page.url.Path != "/fr"+path || v.page.status != http.StatusOK {
			t.Errorf("/en%s leads to %s, %d", path, v.page.url.Path, v.page.status)
		}
		if lang := attribute(elements(v.page.root, isTag("html"))[0], "lang"); lang != "fr-CA" {
			t.Errorf("/fr%s is in %s", path, lang)
		}
	}
}

func TestBareAddressChoosesTheLanguage(t *testing.T) {
	t.Parallel()
	v := newSite(t, settings{}).visitor(t)
	for accept, want := range map[string]string{
		"": "/en", "fr-CA,fr;q=0.9,en;q=0.8": "/fr", "en-CA, fr;q=0.5": "/en", "de, fr;q=0.2": "/fr", "xx;;q=zz": "/en",
	} {
		v.header.Set("Accept-Language", accept)
		if v.open("/"); v.page.url.Path != want {
			t.Errorf("%q leads to %s, want %s", accept, v.page.url.Path, want)
		}
	}
}

// TestThePathOfAPageInCapitalsKeepsItsLanguage: some mail programs write a whole link in
// capitals.
func TestThePathOfAPageInCapitalsKeepsItsLanguage(t *testing.T) {
	t.Parallel()
	v := newSite(t, settings{}).visitor(t)
	for _, l := range i18n.Languages {
		v.open("/" + strings.ToUpper(string(l)) + "/PRIVACY")
		v.want(http.StatusOK, i18n.T(l, "privacy.title"))
		v.open(v.page.link(i18n.T(l.Other(), "lang.name")))
		v.want(http.StatusOK, i18n.T(l.Other(), "privacy.title"))
	}
}
