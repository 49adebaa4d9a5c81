package resume_test

import (
	"strings"
	"testing"
	"time"

	"joinery/app/i18n"
	"joinery/app/journeytest"
	"joinery/app/mail"
	"joinery/app/resume"
)

func TestALinkLetsAnotherBrowserIn(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		woken := countWakes(t, j)
		b := j.Begun(t)
		token := b.MailLink(t, "zoe@example.ca")
		if l := j.Letter(t, mail.Resume); l.To != "zoe@example.ca" || l.Lang != i18n.English || l.Topic != b.Progress(t).Draft.Key || *woken != 1 {
			t.Errorf("the letter is %+v, and the queue was woken %d times", l, *woken)
		}
		link := j.ResumeLink(t, token)
		if link.Status != resume.Open || link.Recipient() != "zoe@example.ca" || link.Progress.DraftID() != b.Progress(t).DraftID() {
			t.Errorf("the link is %+v, want it open", link)
		}
		other := j.Enter(t, link, "submission")
		journeytest.WantSameDraft(t, other, b)
		if other.Session == b.Session || other.Session == token {
			t.Error("the other browser has no session of its own")
		}
		j.WantResumeLink(t, token, resume.Used)
		b.WantClosed(t)
	})
}

// countWakes returns how often the queue of letters was woken from now on.
func countWakes(t *testing.T, j *journeytest.Journey) *int {
	t.Helper()
	woken := new(int)
	j.Change(t, func(s *journeytest.Setup) { s.Wake = func() { *woken++ } })
	return woken
}

func TestOneOfTwoPagesOfALinkLetsItsBrowserIn(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Begun(t)
		token := b.MailLink(t, "zoe@example.ca")
		first, second := j.ResumeLink(t, token), j.ResumeLink(t, token) // both pages were open
		journeytest.WantSameDraft(t, j.Enter(t, first, "submission"), b)
		if late := j.Enter(t, second, "another submission"); late.Session != "" {
			t.Error("the second page has let its browser in")
		}
		if late := j.Enter(t, j.ResumeLink(t, token), "another submission"); late.Session != "" {
			t.Error("a used link has let a browser in")
		}
		journeytest.WantSameDraft(t, j.Enter(t, j.ResumeLink(t, token), "submission"), b) // the button was pressed twice
		j.WantCount(t, "sessions", 3)
	})
}

func TestABrowserThatHoldsTheDraftKeepsItsSession(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	b := j.Begun(t)
	token := b.MailLink(t, "zoe@example.ca")
	if got := j.EnterWith(t, j.ResumeLink(t, token), b.Session, "submission"); got.Session != b.Session {
		t.Errorf("the browser has the session %q now, want the one it had", got.Session)
	}
	j.WantResumeLink(t, token, resume.Open)
	j.WantCount(t, "sessions", 1)
}

func TestABrowserThatHoldsAnotherDraftCanComeBackToIt(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	b, other := j.Begun(t), j.Begun(t)
	entered := j.EnterWith(t, j.ResumeLink(t, b.MailLink(t, "zoe@example.ca")), other.Session, "submission")
	journeytest.WantSameDraft(t, entered, b)
	if entered.Session == other.Session || other.Progress(t).DraftID() == entered.Progress(t).DraftID() {
		t.Error("the session of the other draft was taken over")
	}
}

func TestALinkSaysHowItStands(t *testing.T) {
	tests := []struct {
		name      string
		then      func(*testing.T, *journeytest.Browser)
		want      resume.Status
		renewable bool
	}{
		{"a second before its end", func(_ *testing.T, b *journeytest.Browser) { b.Pass(b.LinkTTL - time.Second) }, resume.Open, false},
		{"at its end", func(_ *testing.T, b *journeytest.Browser) { b.Pass(b.LinkTTL) }, resume.Late, true},
		{"used", useLink, resume.Used, true},
		{"used, and at its end", func(t *testing.T, b *journeytest.Browser) { useLink(t, b); b.Pass(b.LinkTTL) }, resume.Used, true},
		{"draft deleted", deleteDraft, resume.Mistyped, false},
		{"draft submitted", submit, resume.Finished, false},
		{"used, and submitted", func(t *testing.T, b *journeytest.Browser) { useLink(t, b); submit(t, b) }, resume.Finished, false},
		{"draft submitted and confirmed", func(t *testing.T, b *journeytest.Browser) { submit(t, b); b.ConfirmNewest(t) }, resume.Finished, false},
		{"draft submitted, and not confirmed in time", func(t *testing.T, b *journeytest.Browser) { submit(t, b); b.Pass(b.WaitingTTL) }, resume.Gone, false},
		{"draft expired", func(_ *testing.T, b *journeytest.Browser) { b.Pass(b.DraftTTL) }, resume.Gone, false},
		{"draft expired and swept", func(t *testing.T, b *journeytest.Browser) { b.Pass(b.DraftTTL); b.Tidy(t) }, resume.Mistyped, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
				b := j.Browser(j.Finished(t))
				token := b.MailLink(t, "zoe@example.ca")
				tt.then(t, b)
				link := j.ResumeLink(t, token)
				if link.Status != tt.want || link.Renewable() != tt.renewable {
					t.Errorf("it is %s and renewable %t, want %s and %t", link.Status, link.Renewable(), tt.want, tt.renewable)
				}
				if in := j.Enter(t, link, "a late submission"); (in.Session != "") != (tt.want == resume.Open) {
					t.Errorf("it lets in %q", in.Session)
				}
				j.WantResumeLink(t, "MADEUP", resume.Cut)
			})
		})
	}
}

// useLink has the owner of b go on in another browser, by the newest link; b is that
// browser from then on.
func useLink(t *testing.T, b *journeytest.Browser) {
	t.Helper()
	entered := b.Enter(t, b.ResumeLink(t, b.ResumeToken(t)), "submission")
	journeytest.WantSameDraft(t, entered, b)
	b.Session = entered.Session
}

func deleteDraft(t *testing.T, b *journeytest.Browser) {
	t.Helper()
	journeytest.Must(t, b.Delete(t.Context(), b.Session))
}

func submit(t *testing.T, b *journeytest.Browser) {
	t.Helper()
	b.MustSubmit(t, b.Session)
}

func TestALinkEndsWithItsDraft(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	b := j.Begun(t)
	j.Pass(j.DraftTTL - time.Hour)
	token := b.MailLink(t, "zoe@example.ca")
	j.Pass(time.Hour - time.Second)
	j.WantResumeLink(t, token, resume.Open)
	j.Pass(time.Second)
	j.WantResumeLink(t, token, resume.Gone)
}

// TestALinkToAWrongMailboxEnds once the right one was given.
func TestALinkToAWrongMailboxEnds(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Begun(t)
		wrong := b.MailLink(t, "stranger@example.ca")
		j.WantResumeLink(t, wrong, resume.Open)
		right := b.MailLink(t, "zoe@work.example")
		j.WantResumeLink(t, wrong, resume.Superseded)
		j.WantResumeLink(t, right, resume.Open)
		if link := j.ResumeLink(t, wrong); link.Renewable() || j.Enter(t, link, "submission").Session != "" {
			t.Error("the reader of the wrong mailbox still comes to the draft")
		}
		journeytest.Must(t, j.Resume.DeleteByLink(t.Context(), j.ResumeLink(t, wrong)))
		j.WantResumeLink(t, right, resume.Open)
	})
}

// TestWhatMailProgramsDoToALinkDoesNoHarm but what is missing from it does.
func TestWhatMailProgramsDoToALinkDoesNoHarm(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	secret := j.Begun(t).MailLink(t, "zoe@example.ca")
	tests := []struct {
		name, secret string
		want         resume.Status
	}{
		{"as it is", secret, resume.Open},
		{"in brackets", "<" + secret + ">.", resume.Open},
		{"a letter more", secret + "A", resume.Open},
		{"small letters", strings.ToLower(secret), resume.Open},
		{"wrapped", secret[:20] + "%0D%0A" + secret[20:], resume.Open},
		{"wrapped as mail is", secret[:20] + "=%0D%0A" + secret[20:], resume.Open},
		{"encoded twice", "%2522" + secret + "%2522", resume.Open},
		{"a letter less", secret[1:], resume.Cut},
		{"cut off", secret[:10] + "...", resume.Cut},
		{"nothing", "", resume.Cut},
		{"another", strings.Repeat("A", len(secret)), resume.Mistyped},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { j.WantResumeLink(t, tt.secret, tt.want) })
	}
}
