package resume_test

import (
	"testing"
	"time"

	"joinery/app/i18n"
	"joinery/app/journeytest"
	"joinery/app/mail"
	"joinery/app/resume"
	"joinery/app/wizard"
)

func TestAFreshLinkGoesToTheSameMailbox(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	b := j.Begun(t)
	old := b.MailLink(t, "Zoe@example.ca")
	journeytest.Must(t, j.Resume.Reissue(t.Context(), j.ResumeLink(t, old), "")) // it is open still
	j.WantCount(t, "mails", 1)
	j.Pass(j.LinkTTL)
	journeytest.Must(t, j.Resume.Reissue(t.Context(), j.ResumeLink(t, old), ""))
	l, fresh := j.Letter(t, mail.Resume), j.ResumeToken(t)
	if l.To != "Zoe@example.ca" || l.Lang != i18n.English || fresh == old {
		t.Fatalf("the letter is %+v, want another link to the same mailbox in the same language", l)
	}
	j.WantResumeLink(t, old, resume.Late)
	journeytest.WantSameDraft(t, j.Enter(t, j.ResumeLink(t, fresh), "submission"), b)
	for _, token := range []string{"MADEUP", ""} {
		journeytest.Must(t, j.Resume.Reissue(t.Context(), j.ResumeLink(t, token), ""))
	}
	j.WantCount(t, "mails", 2)
}

func TestBeyondTheBudgetOneLetterWaits(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	b, budget := j.Begun(t), j.Limits.PerAddress
	for range budget.Max + 2 {
		journeytest.Must(t, j.SendLink(t.Context(), b.Session, "zoe@example.ca", i18n.English, ""))
	}
	j.WantCount(t, "mails", budget.Max+1)
	j.WantCount(t, "grants", budget.Max+1)
	if at, err := j.Resume.Turn(t.Context(), b.Progress(t)); err != nil || !at.Equal(j.Time.Add(budget.Per+time.Second)) {
		t.Errorf("the letter goes out at %v, %v, want when there is room", at, err)
	}
	useLink(t, b)
	journeytest.Must(t, j.Resume.Reissue(t.Context(), j.ResumeLink(t, j.ResumeToken(t)), ""))
	j.WantCount(t, "mails", budget.Max+1)
	j.Pass(budget.Per + time.Second)
	journeytest.Must(t, j.SendLink(t.Context(), b.Session, "zoe@example.ca", i18n.English, ""))
	j.WantCount(t, "mails", budget.Max+2)
}

func TestWithoutADraftThereIsNoLetterAndNoCode(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	submitted := j.Submitted(t)
	for session, want := range map[string]error{"": nil, "made up": nil, submitted: wizard.ErrSubmitted} {
		p, err := j.Progress(t.Context(), session)
		journeytest.WantError(t, "Progress", err, want)
		journeytest.WantError(t, "SendLink", j.Resume.SendLink(t.Context(), p, "zoe@example.ca", i18n.English, ""), wizard.ErrNoDraft)
		journeytest.WantError(t, "CreateHandoff", j.Resume.CreateHandoff(t.Context(), p, i18n.English), wizard.ErrNoDraft)
	}
	j.WantCount(t, "mails WHERE kind = 'resume'", 0)
	j.WantCount(t, "grants", 0)
}
