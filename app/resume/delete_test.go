package resume_test

import (
	"testing"

	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/journeytest"
	"joinery/app/member"
	"joinery/app/resume"
	"joinery/app/token"
	"joinery/app/wizard"
)

func TestDeleteLeavesNoTrace(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Browser(j.Finished(t))
		other := b.Beside(t)
		b.MailLink(t, "zoe@example.ca")
		journeytest.Must(t, j.CreateHandoff(t.Context(), b.Session, i18n.English))
		for range 2 {
			deleteDraft(t, other)
		}
		j.WantNoTrace(t, b)
		other.WantNoDraft(t)
		if left := j.KeptDrafts(t); len(left) > 0 {
			t.Errorf("the store still keeps %q", left)
		}
		for _, session := range []string{"", "made up"} {
			deleteDraft(t, j.Browser(session))
		}
	})
}

func TestDeleteLeavesOtherDraftsAlone(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	b, other := j.Begun(t), j.Begun(t)
	token := other.MailLink(t, "zoe@example.ca")
	deleteDraft(t, b)
	other.WantTyped(t, form.Answers{"mail": {"zoe@example.ca"}, "lang": {"en"}})
	j.WantResumeLink(t, token, resume.Open)
	j.WantCount(t, "mails WHERE state = 'waiting'", 1)
}

func TestTheReaderOfTheMailboxCanDelete(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Begun(t)
		link := j.ResumeLink(t, b.MailLink(t, "zoe@example.ca"))
		for range 2 {
			journeytest.Must(t, j.Resume.DeleteByLink(t.Context(), link))
		}
		j.WantNoTrace(t, b)
	})
}

// TestAnOldLinkDeletesNothing: it may stand in the history of another browser.
func TestAnOldLinkDeletesNothing(t *testing.T) {
	for name, then := range map[string]func(*testing.T, *journeytest.Browser){
		"used": useLink,
		"late": func(_ *testing.T, b *journeytest.Browser) { b.Pass(b.LinkTTL) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			j := journeytest.New(t)
			b := j.Begun(t)
			token := b.MailLink(t, "zoe@example.ca")
			then(t, b)
			journeytest.Must(t, j.Resume.DeleteByLink(t.Context(), j.ResumeLink(t, token)))
			b.WantTyped(t, form.Answers{"mail": {"zoe@example.ca"}, "lang": {"en"}})
		})
	}
}

// TestALinkDeletesNothingThatWasSubmitted, also when it was read before.
func TestALinkDeletesNothingThatWasSubmitted(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	b := j.Browser(j.Finished(t))
	before := j.ResumeLink(t, b.MailLink(t, "zoe@example.ca"))
	submit(t, b)
	journeytest.WantError(t, "DeleteByLink", j.Resume.DeleteByLink(t.Context(), before), wizard.ErrSubmitted)
	journeytest.Must(t, j.Resume.DeleteByLink(t.Context(), j.ResumeLink(t, j.ConfirmToken(t))))
	journeytest.Must(t, j.Resume.DeleteByLink(t.Context(), resume.Link{Status: resume.Mistyped}))
	if a := j.MustApplication(t, b.Session); a.State != member.Waiting {
		t.Errorf("the application is %s, want it waiting", a.State)
	}
}

// TestACorrectionThatIsDeletedLeavesTheApplication as it was submitted.
func TestACorrectionThatIsDeletedLeavesTheApplication(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Browser(j.Submitted(t))
		journeytest.Must(t, j.StartCorrection(t.Context(), b.Session))
		corrected, err := j.Resume.Delete(t.Context(), b.Progress(t))
		if err != nil || !corrected {
			t.Errorf("Delete = %t, %v, want it to say that an application was corrected", corrected, err)
		}
		if a := j.MustApplication(t, b.Session); a.State != member.Waiting {
			t.Errorf("its browser sees the application %s, want it waiting", a.State)
		}
		j.ConfirmNewest(t)
		j.WantCount(t, "members", 1)
	})
}

// TestABrowserThatWasClosedJustNowDeletesNothing has read its draft before.
func TestABrowserThatWasClosedJustNowDeletesNothing(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Begun(t)
		p := b.Progress(t)
		owner := j.Enter(t, j.ResumeLink(t, b.MailLink(t, "zoe@example.ca")), token.Secret())
		_, err := j.Resume.Delete(t.Context(), p)
		journeytest.WantError(t, "Delete", err, wizard.ErrClosed)
		if !owner.Progress(t).HasDraft() {
			t.Error("the draft of the owner is gone")
		}
	})
}
