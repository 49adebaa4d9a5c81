package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"joinery/app/i18n"
)

// savedWords returns how the line begins that says when the answers were saved.
func savedWords(l i18n.Lang) string {
	words, _, _ := strings.Cut(i18n.T(l, "saving.saved", "\x00"), "\x00")
	return words
}

// savingLine returns what the page says of whether the answers are saved.
func (v *visitor) savingLine() string {
	v.t.Helper()
	line := v.page.byID("saving")
	if line == nil {
		v.t.Fatalf("the page has no line about saving: %s", v.page.body)
	}
	return strings.TrimSpace(text(line))
}

// TestThePageSaysWhenTheDraftWasSaved reads the pages of a draft on the day when it was
// saved, and on the next.
func TestThePageSaysWhenTheDraftWasSaved(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		v := s.visitor(t)
		v.open("/" + string(l) + "/apply/about")
		if got := v.savingLine(); got != "" {
			t.Errorf("before anything is saved, the line says %q", got)
		}
		v.apply(l, answerFirst)
		saved := s.now().In(time.Local)
		for _, want := range []string{i18n.Clock(l, saved), i18n.Date(l, saved)} {
			for _, path := range []string{"/apply/role", "/apply/role?wrong=1", "/apply/check"} {
				v.open("/" + string(l) + path)
				if got := v.savingLine(); got != i18n.T(l, "saving.saved", want) {
					t.Errorf("%s: the line says %q, want %q", path, got, want)
				}
			}
			s.pass(24 * time.Hour)
		}
	}
}

// TestAPageWhoseAnswersAreNotAllSavedDoesNotSayThatTheyAre posts a text of which only the
// beginning can be saved.
func TestAPageWhoseAnswersAreNotAllSavedDoesNotSayThatTheyAre(t *testing.T) {
	t.Parallel()
	v := newSite(t, settings{}).visitor(t)
	f := v.openFirstSection(i18n.English)
	f.set("first_name", strings.Repeat("x", 5000))
	v.post(f.action, f.values(nil))
	if v.page.status != http.StatusUnprocessableEntity || v.savingLine() != "" {
		t.Errorf("the page is %d, and says %q", v.page.status, v.savingLine())
	}
}

// TestAFailedAutosaveSaysThatThePageTriesAgain has a store that does not answer. What a
// retry does not mend is not retried.
func TestAFailedAutosaveSaysThatThePageTriesAgain(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		v := s.visitorWithDraft(t, l, "Ada")
		again := i18n.T(l, "saving.again")
		about := "/" + string(l) + "/apply/about"
		v.open(about)
		values := v.form("").values(nil)
		if p := s.visitor(t).htmx(http.MethodPost, about+"/save", values); p.status != http.StatusConflict || strings.Contains(p.text(), again) {
			t.Errorf("in a browser without the draft the answer is %d %q", p.status, p.text())
		}
		s.draftStore.fail()
		for path, values := range map[string]url.Values{about: values, "/" + string(l) + "/apply/check": nil} {
			if p := v.htmx(http.MethodPost, path+"/save", values); p.status < 500 || p.text() != i18n.T(l, "saving.failed")+" "+again {
				t.Errorf("%s is answered with %d %q", path, p.status, p.text())
			}
		}
	}
}
