package cli

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"joinery/app/dbtest"
)

// TestMembersWhoShareAnAddressAreToldApart before one of them is erased.
func TestMembersWhoShareAnAddressAreToldApart(t *testing.T) {
	t.Parallel()
	s := newConsentSite(t)
	dbtest.Drafts(t, filepath.Join(s.data, "drafts.db"), time.Hour, time.Now)
	for line, want := range map[string]string{
		"erase both@example.ca --yes":                  `2 members share this address, C (without a name), D (without a name): add --member with one of the IDs, or --all`,
		"erase both@example.ca --yes --member B":       `no member with this address has the ID "B"; there are C (without a name), D (without a name)`,
		"erase nobody@example.ca --yes --member B":     `no member has this address`,
		"erase zoe@example.ca":                         `there is no terminal to ask at: add --yes`,
		"erase both@example.ca --member C --json":      `--json does not ask: add --yes`,
		"erase both@example.ca --member C --all --yes": `--all and --member exclude each other`,
	} {
		if out, err := s.run(t, line); err == nil || err.Error() != want || out != "" {
			t.Errorf("joinery %s prints %q and ends with %v, want %s", line, out, err, want)
		}
	}
	s.mustRun(t, "erase BOTH@example.ca --yes --member D",
		`Erased: 1 member with 0 former answers, 0 waiting applications, 0 drafts, 0 letters\.`,
		`The proof of 1 consent stays until \d{4}-\d\d-\d\d at the latest, with neither name nor address \(CONSENT_KEEP\)\.`,
		`The journal of the drafts is empty\.`,
		`Letters in .*outbox are for development, and stay: delete them by hand\.`,
		`Backups that were made before keep what they have\.`)
	out := s.mustRun(t, "members --format json", `(?s).*`)
	if strings.Contains(out, `"id":"D"`) || !strings.Contains(out, `"id":"C"`) || !strings.Contains(out, `"id":"B"`) {
		t.Errorf("the members are\n%s", out)
	}
	s.mustRun(t, "erase zoe@example.ca --yes --json", `(?s)\{\n  "members": 1,\n.*"consents_kept": 1,\n  "consents_kept_until": "[0-9TZ:.-]+",\n  "journal_cleared": true,\n  "files_of_drafts": "cleared"\n\}`)
}
