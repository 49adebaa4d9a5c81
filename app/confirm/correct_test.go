package confirm_test

import (
	"testing"
	"time"

	"joinery/app/confirm"
	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/journeytest"
	"joinery/app/wizard"
)

// answered are the answers of an application that the journey submits.
var answered = form.Answers{"mail": {"Zoe@Hospital.EXAMPLE"}, "lang": {"fr"}, "pet": {"none"}}

func TestACorrectionGivesTheAnswersBackToTheSameBrowser(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Browser(j.Finished(t))
		journeytest.WantError(t, "StartCorrection before Submit", j.StartCorrection(t.Context(), b.Session), confirm.ErrNoApplication)
		journeytest.WantError(t, "StartCorrection of what never was", j.StartCorrection(t.Context(), "made up"), confirm.ErrNoApplication)
		before := b.Progress(t).Draft.Key
		j.MustSubmit(t, b.Session)
		journeytest.Must(t, j.StartCorrection(t.Context(), b.Session))
		b.WantTyped(t, answered)
		b.WantNext(t, "")
		if key := b.Progress(t).Draft.Key; key == before {
			t.Error("the correction has the key of what was submitted")
		}
		journeytest.WantError(t, "a second StartCorrection", j.StartCorrection(t.Context(), b.Session), confirm.ErrNoApplication)
	})
}

// TestACorrectionEndsSoonerWhenDraftsAreKeptForLess like any draft.
func TestACorrectionEndsSoonerWhenDraftsAreKeptForLess(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Browser(j.Finished(t))
		j.MustSubmit(t, b.Session)
		j.Pass(time.Hour)
		journeytest.Must(t, j.StartCorrection(t.Context(), b.Session))
		journeytest.Must(t, j.Access.FollowTTL(t.Context(), time.Hour))
		if got, want := b.Progress(t).Info.ExpiresAt, j.Time.Add(time.Hour); !got.Equal(want) {
			t.Errorf("it ends at %v, want %v", got, want)
		}
	})
}

func TestEveryBrowserThatHeldTheApplicationHoldsItsCorrection(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Browser(j.Finished(t))
		other := b.Beside(t)
		j.MustSubmit(t, b.Session)
		journeytest.Must(t, j.StartCorrection(t.Context(), other.Session))
		journeytest.WantSameDraft(t, b, other)
		b.Open(t, "one").MustSave(t, wizard.Continue, form.Answers{"mail": {"right@example.ca"}})
		journeytest.WantError(t, "StartCorrection by the other", j.StartCorrection(t.Context(), other.Session), confirm.ErrNoApplication)
		other.WantTyped(t, form.Answers{"mail": {"right@example.ca"}, "lang": {"fr"}, "pet": {"none"}})
	})
}

// TestACorrectionThatWasBegunElsewhereIsFoundAsItIs has a page act on what it read
// before another browser began to correct.
func TestACorrectionThatWasBegunElsewhereIsFoundAsItIs(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Browser(j.Submitted(t))
		read := j.MustApplication(t, b.Session)
		journeytest.Must(t, j.StartCorrection(t.Context(), b.Session))
		b.Open(t, "two").MustSave(t, wizard.Continue, form.Answers{"pet": {"cat"}, "petname": {"Łuna"}})
		journeytest.Must(t, j.Confirm.StartCorrection(t.Context(), read, read.Draft))
		b.WantTyped(t, form.Answers{"mail": {"Zoe@Hospital.EXAMPLE"}, "lang": {"fr"}, "pet": {"cat"}, "petname": {"Łuna"}})
	})
}

func TestACorrectionReplacesTheApplicationOnceItIsSubmitted(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Browser(j.Submitted(t))
		old := j.ConfirmToken(t)
		journeytest.Must(t, j.StartCorrection(t.Context(), b.Session))
		b.Open(t, "one").MustSave(t, wizard.Continue, form.Answers{"mail": {"right@example.ca"}, "lang": {"en"}})
		j.WantConfirmLink(t, old, confirm.Open) // until the correction is submitted
		j.MustSubmit(t, b.Session)
		wantReplaced(t, j, old)
		if l := j.ConfirmLink(t, j.ConfirmToken(t)); l.Status != confirm.Open || !j.Owns(t.Context(), b.Session, l) {
			t.Errorf("the new link is %s, want open, and of this browser", l.Status)
		}
	})
}

func TestTheApplicationCanBeConfirmedWhileItIsCorrected(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Browser(j.Submitted(t))
		journeytest.Must(t, j.StartCorrection(t.Context(), b.Session))
		j.ConfirmNewest(t)
		j.WantCount(t, "members", 1)
		b.Open(t, "two").MustSave(t, wizard.Continue, form.Answers{"pet": {"cat"}, "petname": {"Łuna"}})
		j.MustSubmit(t, b.Session)
		j.ConfirmNewest(t)
		if got := j.Answer(t, b.Session, j.OnlyMember(t, b.Session)); got != confirm.AnswerCounts {
			t.Errorf("the answer is %q, want that it counts", got)
		}
		j.WantCount(t, "members", 1)
		j.WantCount(t, `members WHERE answers LIKE '%Łuna%'`, 1)
	})
}

// TestTheLinkBelongsToNoBrowserWhileItsApplicationIsCorrected because opening it
// there would confirm what is being corrected.
func TestTheLinkBelongsToNoBrowserWhileItsApplicationIsCorrected(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	session := j.Submitted(t)
	l := j.ConfirmLink(t, j.ConfirmToken(t))
	if !j.Owns(t.Context(), session, l) || j.Owns(t.Context(), "made up", l) || j.Owns(t.Context(), "", l) {
		t.Error("it is not known whose the link is")
	}
	journeytest.Must(t, j.StartCorrection(t.Context(), session))
	if j.Owns(t.Context(), session, l) {
		t.Error("the link belongs to the browser that corrects")
	}
}

func TestACorrectionIsFoundByItsAddress(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	b := j.Browser(j.Submitted(t))
	journeytest.Must(t, j.StartCorrection(t.Context(), b.Session))
	j.Resume.RequestLink("Zoe@hospital.example", i18n.English, "")
	j.Resume.ProcessRequests(t.Context())
	journeytest.WantSameDraft(t, j.Enter(t, j.ResumeLink(t, j.ResumeToken(t)), "submission"), b)
}
