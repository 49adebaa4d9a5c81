package confirm_test

import (
	"os"
	"strings"
	"testing"

	"joinery/app/confirm"
	"joinery/app/form"
	"joinery/app/journeytest"
	"joinery/app/mail"
	"joinery/app/member"
	"joinery/app/wizard"
)

// TestACopyOfTheFileTellsNothingOfAnApplicant from the first answer to the letter, while the
// application waits, and when it has ended.
func TestACopyOfTheFileTellsNothingOfAnApplicant(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	b := j.Browser("")
	b.Open(t, "one").MustSave(t, wizard.Continue, form.Answers{"mail": {"Zoe.Quaint@private.example"}, "lang": {"fr"}})
	wantNothingOf(t, j, "begun")
	b.Open(t, "two").MustSave(t, wizard.Continue, form.Answers{"pet": {"none"}})
	j.RequestLink(t, "zoe.quaint@private.example")
	wantNothingOf(t, j, "with a link asked for")
	j.MustSubmit(t, b.Session)
	wantNothingOf(t, j, "sent")
	if l := j.Letter(t, mail.Confirm); !strings.EqualFold(l.To, "zoe.quaint@private.example") {
		t.Fatalf("the letter goes to %s", l.To)
	}
	token := j.ConfirmToken(t)
	wantNothingOf(t, j, "with its letter sent")
	j.Choose(t, token, member.ConfirmDecline)
	j.Pass(confirm.ConfirmDelay)
	j.ApplyPendingChoices(t)
	j.WantConfirmLink(t, token, confirm.Withdrawn)
	wantNothingOf(t, j, "withdrawn")
}

// wantNothingOf wants nothing of an applicant in the file of members and its journal.
func wantNothingOf(t *testing.T, j *journeytest.Journey, when string) {
	t.Helper()
	var path string
	journeytest.Must(t, j.File.Read().QueryRowContext(t.Context(), `SELECT file FROM pragma_database_list`).Scan(&path))
	for _, name := range []string{path, path + "-wal"} {
		content, err := os.ReadFile(name)
		journeytest.Must(t, err)
		for _, private := range []string{"quaint", "private.example"} {
			if strings.Contains(strings.ToLower(string(content)), private) {
				t.Errorf("%s, a copy of the file has %q", when, private)
			}
		}
	}
}
