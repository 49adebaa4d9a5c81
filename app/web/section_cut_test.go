package web

import (
	"net/http"
	"strings"
	"testing"

	"joinery/app/i18n"
)

// TestAMuchTooLongAnswerStaysOnThePage presses each button that saves. The store keeps
// the beginning; the page has all of it, and can be continued once it is shorter.
func TestAMuchTooLongAnswerStaysOnThePage(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	long := strings.Repeat("Zoë ", 5000) + "the end"
	for _, l := range i18n.Languages {
		for _, button := range []string{i18n.T(l, "nav.continue"), i18n.T(l, "nav.later"), i18n.T(l.Other(), "lang.name")} {
			shown := l
			if button == i18n.T(l.Other(), "lang.name") {
				shown = l.Other()
			}
			v := s.visitor(t)
			f := v.openFirstSection(l)
			f.set("first_name", long)
			for range 2 { // the page is saved again and again without a conflict
				v.press(f, button)
				v.want(http.StatusUnprocessableEntity, s.wizard.Form.Sections[0].Title.In(shown))
				if words := i18n.T(shown, "section.cut", s.wizard.Form.Field("first_name").InShort()); !strings.Contains(v.page.text(), words) {
					t.Errorf("%s: the page says %q, want %q", button, v.page.notes(), words)
				}
				f = v.form("")
				if got := f.control("first_name").values[0]; got != long {
					t.Errorf("%s: of %d bytes the page has %d", button, len(long), len(got))
				}
				if len(v.page.summary()) == 0 {
					t.Errorf("%s: the page names no problem", button)
				}
				button = i18n.T(shown, "nav.continue")
			}
			if kept := s.draftStore.dump(t); len(kept) > 2000 && strings.Contains(kept, "the end") {
				t.Errorf("the store keeps %d bytes", len(kept))
			}
			f.set("first_name", "Zoë")
			v.press(f, button)
			v.want(http.StatusOK, s.wizard.Form.Sections[1].Title.In(shown))
		}
	}
}

// TestAnAutosaveOfAMuchTooLongAnswerSaysSo saves the other answers.
func TestAnAutosaveOfAMuchTooLongAnswerSaysSo(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	for _, l := range i18n.Languages {
		v := s.visitor(t)
		f := v.openFirstSection(l)
		f.set("first_name", strings.Repeat("x", 60_000))
		f.set("last_name", "O’Neil")
		p := v.htmx(http.MethodPost, "/"+string(l)+"/apply/about/save", f.values(nil), "HX-Target", "div#saving")
		if p.status != http.StatusRequestEntityTooLarge || !strings.Contains(p.text(), i18n.T(l, "saving.cut", s.wizard.Form.Field("first_name").InShort())) {
			t.Errorf("%d %s", p.status, p.text())
		}
		if got := v.openFirstSection(l); got.control("last_name").values[0] != "O’Neil" || len(got.control("first_name").values[0]) != 200 {
			t.Errorf("the page has %v", got.values(nil))
		}
	}
}
