//go:build e2e

package process

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"joinery/app/e2e/harness"
	"joinery/app/mail"
)

var (
	linkInLetter = regexp.MustCompile(`http://[^/\s]+(/(?:en|fr)/(?:confirm|resume)/\S+)`)
	codeInLetter = regexp.MustCompile(`(?m)^[A-Z0-9]{6}$`)
)

// takeLetter waits for a letter, and keeps its link and its code for later steps.
func (j *journey) takeLetter(s step) {
	j.Helper()
	harness.Eventually(j.T, fmt.Sprintf("a letter with %q comes to %s", s.see, s.letter), func() error {
		for _, l := range lettersTo(j.T, j.site.settings, s.letter) {
			if !slices.ContainsFunc(s.see, func(w string) bool { return !strings.Contains(l.Text, w) }) {
				j.keep(s.as, l.Text)
				return nil
			}
		}
		return mail.ErrNotFound
	})
}

// keep keeps the link and the code in the text of a letter under a name.
func (j *journey) keep(name, text string) {
	if link := linkInLetter.FindStringSubmatch(text); name != "" && link != nil {
		j.person.Links[name], j.person.Codes[name] = link[1], codeInLetter.FindString(text)
	}
}

// lettersTo returns the letters in the outbox of a site: those to an address, or,
// if that is "", all.
func lettersTo(t *testing.T, s harness.Settings, address string) []mail.StoredMail {
	t.Helper()
	box := mail.Outbox{Dir: filepath.Join(s["DATA"], "outbox")}
	letters, err := box.List()
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(letters, func(l mail.StoredMail) bool { return address != "" && !strings.EqualFold(l.To, address) })
}

// waitForDelivery waits until no letter is in the queue.
func waitForDelivery(t *testing.T, s harness.Settings) {
	t.Helper()
	harness.Eventually(t, "all letters are delivered", func() error {
		if n := countMails(t, s, "state = 'waiting'"); n > 0 {
			return fmt.Errorf("%d wait", n)
		}
		return nil
	})
}
