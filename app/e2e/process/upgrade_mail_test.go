//go:build e2e

package process

import (
	"maps"
	"regexp"
	"strings"
	"testing"
	"time"

	"joinery/app/e2e/harness"
)

// testOldReminders has all owners of drafts reminded that can be.
func testOldReminders(t *testing.T, o oldSite) {
	o.settings["REMIND_BEFORE"] = "875999h59m58s" // of 876000
	site := startSiteAt(t, o.settings, o.start())
	if err := site.Resume.Remind(t.Context()); err != nil {
		t.Fatal(err)
	}
	waitForDelivery(t, o.settings)
	got := make(map[string]string)
	for _, l := range lettersTo(t, o.settings, "") {
		if link := regexp.MustCompile(`/(en|fr)/resume/\w+/delete`).FindStringSubmatch(l.Text); link != nil {
			got[l.To] = link[1]
		}
	}
	// Nils Aaltonen was reminded before, and Amara Okafor never asked for mail.
	want := map[string]string{"helene.cote@example.ca": "fr", "noemie.arsenault@example.ca": "fr", "lars.at.work@example.ca": "en"}
	if !maps.Equal(got, want) {
		t.Errorf("reminded are %v, want %v", got, want)
	}
}

// testOldLettersCancelled makes letters in the queue pointless before they can be
// delivered.
func testOldLettersCancelled(t *testing.T, o oldSite) {
	t.Run("while the mail server is down", func(t *testing.T) {
		s := maps.Clone(o.settings)
		maps.Copy(s, harness.Settings{
			"SMTP_URL": "smtp://" + harness.FreeAddr(t) + "?tls=none", "MAIL_FROM": "info@example.org", "ORG_CONTACT": "info@example.org",
			"ORG_NAME_EN": "Sample Training Hub", "ORG_NAME_FR": "Carrefour de formation (exemple)", "ORG_ADDRESS": "1 Example Street, Sampleville ON  K0K 0K0",
		})
		site := startSiteAt(t, s, o.start())
		newJourney(t, site, o.facts, "resume_queued").take([]step{
			{by: "first", open: "/fr/apply/delete", submit: "/fr/apply/delete", at: "/fr", see: []string{fr("note.deleted")}},
		})
		newJourney(t, site, o.facts, "letter_queued").take([]step{{by: "first", open: "<links.confirm>", see: confirmed}})
	})
	startSiteAt(t, o.settings, o.start().Add(time.Hour))
	waitForDelivery(t, o.settings)
	if letters := lettersTo(t, o.settings, "noemie.arsenault@example.ca"); len(letters) > 0 {
		t.Errorf("a letter about a deleted draft comes: %q", letters[0].Text)
	}
	letters := lettersTo(t, o.settings, "samuel.osei@example.ca")
	if len(letters) != 1 || !strings.Contains(letters[0].Text, en("mail.welcome.named", "Samuel")) {
		t.Errorf("these letters come: %+v, want one that welcomes", letters)
	}
}
