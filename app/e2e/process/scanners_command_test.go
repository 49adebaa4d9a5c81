//go:build e2e

package process

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"joinery/app/e2e/harness"
)

// TestScannersArePrinted opens a link as mail scanners do. What was counted is
// stored when the site ends, at the latest.
func TestScannersArePrinted(t *testing.T) {
	t.Parallel()
	s := harness.NewSettings(t, nil)
	site := start(t, s)
	zoe := harness.NewApplicant(t, s)
	zoe.Apply()
	link, _ := zoe.LinkAndCode(harness.FirstInOutbox(t, s))
	for _, open := range []func(string) (*http.Response, error){http.Head, http.Get, http.Get} {
		r, err := open(zoe.Base + link)
		if err != nil {
			t.Fatal(err)
		}
		r.Body.Close()
	}
	site.stop(t)
	_, out, _ := result(t, s, "scanners")
	lines := strings.Split(out, "\n")
	if len(lines) != 3 || !slices.Equal(strings.Fields(lines[1])[1:4], []string{"other", "3", "1"}) || strings.Contains(out, "example.org") {
		t.Errorf("it prints\n%swant a day with 3 openings by strangers, 1 of them by HEAD", out)
	}
}
