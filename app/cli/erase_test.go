package cli

import (
	"log/slog"
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
		"erase both@example.ca --member C --all --yes": `--member, --waiting and --all exclude each other`,
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

// TestOnlyYesErases what the command has found and named.
func TestOnlyYesErases(t *testing.T) {
	t.Parallel()
	s := newConsentSite(t)
	s.draftOf(t, "zoe@example.ca")
	erase := func(typed string) (string, error) {
		env := map[string]string{"DATA": s.data, "MASTER_KEY": dbtest.MasterKey}
		var out strings.Builder
		root := (&program{templates, func(key string) string { return env[key] }, time.Now, slog.New(slog.DiscardHandler)}).root(&out)
		root.SetIn(strings.NewReader(typed))
		root.SetArgs([]string{"erase", "zoe@example.ca"})
		err := root.ExecuteContext(t.Context())
		return out.String(), err
	}
	const found = "There are:\n  the member B (without a name), with 0 former answers\n  1 draft\n  0 letters\nIt cannot be undone. Type yes to erase it: "
	for _, typed := range []string{"", "y\n", "no\n"} {
		if out, err := erase(typed); err == nil || err.Error() != "nothing is erased" || out != found+"\n" {
			t.Errorf("after %q it prints\n%s%v", typed, out, err)
		}
	}
	if out, err := erase("yes\n"); err != nil || !strings.HasPrefix(out, found+"Erased: 1 member with 0 former answers, 0 waiting applications, 1 draft, 0 letters.\n") {
		t.Errorf("after yes it prints\n%s%v", out, err)
	}
	s.mustRun(t, "show zoe@example.ca", `consents of members that have left +1 +`)
}
