//go:build e2e

package pages

import (
	"fmt"
	"os/exec"
	"testing"

	"joinery/app/e2e/harness"
)

// wanted are the least scores in the categories of Lighthouse.
var wanted = map[string]float64{"performance": 0.98, "accessibility": 1, "best-practices": 1, "seo": 1}

// A verdict is what Lighthouse finds on a page.
type verdict struct {
	Categories map[string]struct {
		Score     float64
		AuditRefs []struct {
			ID     string
			Weight float64
		}
	}
	Audits map[string]struct {
		Title, DisplayValue string
		Score               *float64 // nil: says nothing of this page
	}
	RuntimeError struct{ Message string }
}

// Lighthouse loads the pages that people come to first as a slow phone would. It
// measures times: hence no other test runs meanwhile, and the best of three tries
// counts. It waits more than it computes: two run at once.
func TestLighthouseFindsNothingToMend(t *testing.T) {
	chromium, err := exec.LookPath(harness.Chromium)
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("CHROME_PATH", chromium)
	base := harness.NewSite(t)["BASE_URL"]
	for _, lang := range []string{"/en", "/fr"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			checkLighthouse(t, base+lang)
			// The form is not for search engines, and says so. All else that they want of a page is true of it.
			checkLighthouse(t, base+lang+"/apply/about", "--skip-audits=is-crawlable")
		})
	}
}

// checkLighthouse fails the test for what Lighthouse finds on a page, at best of
// three times.
func checkLighthouse(t *testing.T, url string, more ...string) {
	t.Helper()
	var faults []string
	for range 3 {
		var v verdict
		err := runChecker(&v, "node_modules/.bin/lighthouse", append([]string{url, "--output=json", "--quiet",
			"--no-enable-error-reporting", "--chrome-flags=--headless --no-sandbox"}, more...)...)
		if err != nil {
			t.Fatal(err)
		}
		if faults = v.faults(); len(faults) == 0 {
			return
		}
		t.Log(url, faults)
	}
	for _, fault := range faults {
		t.Error(url, fault)
	}
}

// faults returns the categories in which a page scores less than is wanted, each
// with what is to be mended.
func (v verdict) faults() (all []string) {
	for name, least := range wanted {
		category := v.Categories[name]
		if category.Score >= least {
			continue
		}
		fault := fmt.Sprintf("%s: %.2f, want %.2f %s", name, category.Score, least, v.RuntimeError.Message)
		for _, ref := range category.AuditRefs {
			if a := v.Audits[ref.ID]; ref.Weight > 0 && a.Score != nil && *a.Score < 1 {
				fault += fmt.Sprintf("\n%s: %s (%s)", ref.ID, a.Title, a.DisplayValue)
			}
		}
		all = append(all, fault)
	}
	return all
}
