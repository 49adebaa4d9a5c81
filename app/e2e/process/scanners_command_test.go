//go:build e2e

package e2e

import (
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"joinery/app/mail"
)

// TestScannersArePrinted opens a link as programs do that look into mail. What
// was counted is stored when the site ends, at the latest.
func TestScannersArePrinted(t *testing.T) {
	t.Parallel()
	s := newSettings(t, nil)
	site := startProcess(t, s)
	newApplicant(t, s).apply()
	outbox := mail.Outbox{Dir: filepath.Join(s["DATA"], "outbox")}
	var link string
	eventually(t, "the letter is in the outbox", func() error {
		letters, err := outbox.List()
		if err == nil && len(letters) == 0 {
			return mail.ErrNotFound
		}
		if err == nil {
			link = linkInText.FindString(letters[0].Text)
		}
		return err
	})
	for _, open := range []func(string) (*http.Response, error){http.Head, http.Get, http.Get} {
		r, err := open(link)
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
