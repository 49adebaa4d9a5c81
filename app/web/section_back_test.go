package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"joinery/app/i18n"
)

// TestBackSaves goes back from each page with answers that are wrong or missing, and
// finds them again with Continue.
func TestBackSaves(t *testing.T) {
	t.Parallel()
	for drafts, open := range storeOpeners {
		for _, l := range i18n.Languages {
			t.Run(drafts+" "+string(l), func(t *testing.T) {
				t.Parallel()
				s := newSite(t, settings{drafts: open})
				v := s.visitor(t)
				v.apply(l, answerFirst)
				asked := s.wizard.Form.SectionsAsked(nil) // of a patient no more
				for i, section := range slices.Backward(asked) {
					v.open("/" + string(l) + "/apply/" + section.Key)
					f := v.form("")
					f.set(section.Fields[0].Key) // nothing, where an answer is required
					v.press(f, v.backButton())
					want := "/" + string(l)
					if i > 0 {
						want += "/apply/" + asked[i-1].Key
					}
					if v.page.url.RequestURI() != want || v.page.status != http.StatusOK || len(v.page.notes()) > 1 || len(v.page.summary()) > 0 {
						t.Errorf("from %s Back leads to %s, %d %q", section.Key, v.page.url, v.page.status, v.page.summary())
					}
					v.open("/" + string(l) + "/apply/" + section.Key)
					if got := v.form("").control(section.Fields[0].Key).values; len(slices.DeleteFunc(got, func(v string) bool { return v == "" })) > 0 {
						t.Errorf("after Back the answer to %s is %q, want none", section.Fields[0].Key, got)
					}
				}
			})
		}
	}
}

// TestBackFromAChangeNeverRefuses empties an answer on a page to which the review page
// led: the review page needs it.
func TestBackFromAChangeNeverRefuses(t *testing.T) {
	t.Parallel()
	v := newSite(t, settings{}).visitor(t)
	v.apply(i18n.French, answerFirst)
	v.pressButton(v.changeButton("roles"))
	f := v.form("")
	f.set("roles")
	v.press(f, v.backButton())
	if v.page.url.RequestURI() != "/fr/apply/about" || v.page.status != http.StatusOK || len(v.page.notes()) > 0 {
		t.Errorf("Back leads to %s, %d %q", v.page.url, v.page.status, v.page.notes())
	}
}

func TestBackFromAnEmptyPageBeginsNoDraft(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	v := s.visitor(t)
	before := s.dump(t)
	v.openFirstSection(i18n.English)
	v.open("/en/apply/about")
	v.pressButton(v.backButton())
	if after := s.dump(t); v.page.url.Path != "/en" || after != before {
		t.Errorf("Back leads to %s and leaves\n%s", v.page.url, after)
	}
}

// TestProblemsStay presses every button that leads away from a page that shows problems,
// and comes back.
func TestProblemsStay(t *testing.T) {
	t.Parallel()
	away := map[string]func(v *visitor, l i18n.Lang) (then i18n.Lang){
		"the other language": func(v *visitor, l i18n.Lang) i18n.Lang {
			v.pressButton(i18n.T(l.Other(), "lang.name"))
			return l.Other()
		},
		"finish later": func(v *visitor, l i18n.Lang) i18n.Lang {
			v.pressButton(i18n.T(l, "nav.later"))
			v.open(v.page.link(i18n.T(l, "later.now")))
			return l
		},
		"another device": func(v *visitor, l i18n.Lang) i18n.Lang {
			v.pressButton(i18n.T(l, "draft.phone"))
			v.open(v.page.link(i18n.T(l, "error.apply")))
			return l
		},
		"back": func(v *visitor, l i18n.Lang) i18n.Lang {
			page := v.page.url.Path
			v.pressButton(v.backButton())
			v.open(page)
			return l
		},
	}
	for name, leave := range away {
		for _, l := range i18n.Languages {
			t.Run(name+" "+string(l), func(t *testing.T) {
				t.Parallel()
				s := newSite(t, settings{})
				v := s.visitor(t)
				v.apply(l, answerFirst)
				for _, section := range s.wizard.Form.SectionsAsked(nil) {
					v.open("/" + string(l) + "/apply/" + section.Key)
					f := v.form("")
					for _, field := range section.Fields {
						if field.Required && f.control(field.Key) != nil {
							f.set(field.Key)
						}
					}
					v.press(f, "")
					if v.page.status == http.StatusOK {
						continue // all its questions are optional
					}
					lines := len(v.page.summary())
					then := leave(v, l)
					v.want(http.StatusUnprocessableEntity, section.Title.In(then))
					if got := len(v.page.summary()); lines == 0 || got != lines || !strings.HasPrefix(v.page.title(), i18n.T(then, "error.prefix")) {
						t.Errorf("%s: of %d problems there are %d after the return", section.Key, lines, got)
					}
					f = v.form("")
					f.fill(answerFirst)
					v.press(f, "")
				}
				v.open("/" + string(l) + "/apply/check")
				f := v.form(i18n.T(l, "check.send"))
				f.set("given", "consent_news")
				v.press(f, i18n.T(l, "check.send"))
				then := leave(v, l)
				v.want(http.StatusUnprocessableEntity, i18n.T(then, "check.title"))
				if got := v.form(i18n.T(then, "check.send")).control("given").values; !slices.Equal(got, []string{"consent_news"}) || len(v.page.summary()) != 1 {
					t.Errorf("the review page has %q ticked and says %q", got, v.page.summary())
				}
			})
		}
	}
}

// TestConsentsAreSavedAsTheyAreTicked does what htmx does at each change.
func TestConsentsAreSavedAsTheyAreTicked(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	v := s.visitor(t)
	v.apply(i18n.English, answerFirst)
	f := v.form(i18n.T(i18n.English, "check.send"))
	f.set("given", "consent_news")
	p := v.htmx(http.MethodPost, "/en/apply/check/save", f.values(nil))
	if p.status != http.StatusOK || !strings.Contains(p.text(), savedWords(i18n.English)) || len(p.header.Values("Set-Cookie")) > 0 {
		t.Errorf("the answer is %d %q", p.status, p.text())
	}
	v.open("/en/apply/check")
	v.wantConsents(i18n.English, "consent_news")
	if p := s.visitor(t).htmx(http.MethodPost, "/en/apply/check/save", f.values(nil)); p.status != http.StatusConflict || !strings.Contains(p.text(), i18n.T(i18n.English, "saving.not_held")) {
		t.Errorf("without a draft the answer is %d %q", p.status, p.text())
	}
}

// TestConsentsOfAClosedDraftAreNotSaved ticks a box on a page that was open when the owner
// of the mailbox came in.
func TestConsentsOfAClosedDraftAreNotSaved(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		v, owner := s.visitorWithDraft(t, l, "Ada"), s.visitor(t)
		owner.open(s.requestedLink(t, l, "Ada", 1))
		owner.pressButton("")
		p := v.htmx(http.MethodPost, "/"+string(l)+"/apply/check/save", url.Values{"given": {"consent_news"}})
		if p.status != http.StatusConflict || !strings.Contains(p.text(), i18n.T(l, "check.saving.closed")) {
			t.Errorf("the answer is %d %q", p.status, p.text())
		}
	}
}
