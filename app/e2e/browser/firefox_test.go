//go:build e2e

package browser

import (
	"strings"
	"testing"

	"joinery/app/e2e/harness"
	"joinery/app/i18n"
)

// firefoxWithDraft returns a Firefox whose applicant has continued from the first section.
func firefoxWithDraft(t *testing.T, site harness.Settings) *harness.Firefox {
	t.Helper()
	f := harness.NewFirefox(t)
	f.Visit(site["BASE_URL"] + "/en/apply/about")
	f.Type("first_name", "Zoë")
	f.Type("last_name", "Tremblaymark")
	f.Type("email", "zoe@example.org")
	f.Type("region", "Quebec")
	f.Press(i18n.T(i18n.English, "nav.continue"))
	if !strings.HasSuffix(f.URL(), "/en/apply/role") {
		t.Fatalf("Firefox is at %s: %s", f.URL(), f.Text())
	}
	return f
}

// TestBackInFirefoxShowsWhatWasSavedUntilAPersonLeaves goes back without scripts to a
// section that was continued: Firefox asks for the page again. When the applicant has left
// the browser, no page before that shows anything of them.
func TestBackInFirefoxShowsWhatWasSavedUntilAPersonLeaves(t *testing.T) {
	t.Parallel()
	site := harness.SharedSite(t)
	f := firefoxWithDraft(t, site)
	f.Back()
	for name, want := range map[string]string{"first_name": "Zoë", "last_name": "Tremblaymark", "email": "zoe@example.org", "region": "qc"} {
		if got := f.Typed(name); got != want {
			t.Errorf("Back shows %q as %s, want %q", got, name, want)
		}
	}
	f.Visit(site["BASE_URL"] + "/en/apply/leave")
	f.Press(i18n.T(i18n.English, "leave.button"))
	for range 4 {
		if strings.Contains(f.Source(), "Tremblaymark") {
			t.Errorf("Firefox shows %s: %s", f.URL(), f.Source())
		}
		f.Back()
	}
}
