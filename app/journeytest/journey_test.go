package journeytest_test

import (
	"slices"
	"testing"

	"joinery/app/confirm"
	"joinery/app/form"
	"joinery/app/journeytest"
	"joinery/app/mail"
	"joinery/app/member"
	"joinery/app/resume"
	"joinery/app/wizard"
)

// TestAJourneyEndsInMembership goes from the first answer over two devices and two
// letters to a member.
func TestAJourneyEndsInMembership(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Begun(t)
		token := b.MailLink(t, "zoe@example.ca")
		owner := j.Enter(t, j.ResumeLink(t, token), "submission")
		journeytest.WantSameDraft(t, owner, b)
		b.WantClosed(t)
		b = owner
		other := b.Beside(t)
		j.WantResumeLink(t, token, resume.Used)
		other.Open(t, "two").MustSave(t, wizard.Continue, form.Answers{"pet": {"none"}})
		b.WantNext(t, "")
		if got, want := j.KeptDrafts(t), []string{b.Progress(t).Draft.Key}; !slices.Equal(got, want) {
			t.Errorf("the store keeps the drafts %q, want %q", got, want)
		}
		j.MustSubmit(t, b.Session)
		if got := j.KeptDrafts(t); len(got) > 0 {
			t.Errorf("after submitting the store keeps the drafts %q", got)
		}
		j.WantConfirmLink(t, j.ConfirmToken(t), confirm.Open)
		j.WantCodeResult(t, b.Session, j.ConfirmCode(t), "confirmed 0")
		if a := j.MustApplication(t, other.Session); a.State != member.Confirmed {
			t.Errorf("the application is %s, want it confirmed", a.State)
		}
		server := j.MailServer()
		server.DeliverAll(t)
		if len(server.Got) == 0 || server.Got[len(server.Got)-1].Kind != mail.Welcome {
			t.Errorf("letters have gone to %q, want a welcome as the last", server.To)
		}
		j.Tidy(t)
		j.WantCount(t, "members", 1)
	})
}
