package confirm_test

import (
	"errors"
	"maps"
	"reflect"
	"slices"
	"sync"
	"testing"

	"joinery/app/confirm"
	"joinery/app/i18n"
	"joinery/app/journeytest"
	"joinery/app/member"
	"joinery/app/token"
	"joinery/app/wizard"
)

func TestSubmittingAtTheSameTimeMakesOneApplication(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Browser(j.Finished(t))
		devices := []*journeytest.Browser{b, b.Beside(t)}
		key := b.Progress(t).Draft.Key
		var all sync.WaitGroup
		for i := range 20 {
			all.Go(func() {
				problems, err := j.Submit(t.Context(), devices[i%2].Session, []string{"keep"}, i18n.English, "")
				if err != nil || len(problems) > 0 {
					t.Errorf("Submit: %v, %v", problems, err)
				}
			})
		}
		all.Wait()
		for _, table := range []string{"applications", "links", "mails"} {
			j.WantCount(t, table, 1)
		}
		if kept := j.KeptDrafts(t); len(kept) > 0 {
			t.Errorf("the draft %s is still there: %q", key, kept)
		}
		for _, device := range devices {
			_, err := j.Progress(t.Context(), device.Session)
			journeytest.WantError(t, "Progress", err, wizard.ErrSubmitted)
		}
	})
}

func TestSubmitRecordsWhatWasShown(t *testing.T) {
	t.Parallel()
	woken := 0
	j := journeytest.New(t, func(s *journeytest.Setup) { s.Wake = func() { woken++ } })
	session := j.Finished(t)
	if problems, err := j.Submit(t.Context(), session, []string{"keep", "made up"}, i18n.French, ""); err != nil || len(problems) > 0 {
		t.Fatalf("Submit: %v, %v", problems, err)
	}
	a := j.MustApplication(t, session)
	want := []member.Consent{
		{Key: "keep", Version: "1", Purpose: "conservation", Wording: "Carrefour peut la garder", Lang: i18n.French, Given: true, At: journeytest.Noon},
		{Key: "news", Version: "3", Purpose: "nouvelles", Wording: "Nouvelles", Lang: i18n.French, At: journeytest.Noon},
	}
	if !reflect.DeepEqual(a.Consents, want) {
		t.Errorf("the consents are\n%+v, want\n%+v", a.Consents, want)
	}
	if a.Email != "Zoe@hospital.example" || a.Lang != i18n.French || a.Draft == session || a.ID == session {
		t.Errorf("the application is %+v", a)
	}
	if woken != 1 {
		t.Errorf("the queue was woken %d times, want once", woken)
	}
}

func TestSubmitRefusesWhatIsNotReady(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	finished, begun := j.Finished(t), j.Begun(t).Session
	tests := []struct {
		name     string
		session  string
		given    []string
		err      error
		problems []string
	}{
		{"no session", "", []string{"keep"}, wizard.ErrNoDraft, nil},
		{"a session that was made up", "x", []string{"keep"}, wizard.ErrNoDraft, nil},
		{"an unfinished draft", begun, []string{"keep"}, confirm.ErrIncomplete, nil},
		{"no consent", finished, nil, nil, []string{"keep"}},
		{"only what is not required", finished, []string{"news"}, nil, []string{"keep"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			problems, err := j.Submit(t.Context(), tt.session, tt.given, i18n.English, "")
			if got := slices.Collect(maps.Keys(problems)); !errors.Is(err, tt.err) || !slices.Equal(got, tt.problems) {
				t.Errorf("Submit = %v, %v, want %v, %v", got, err, tt.problems, tt.err)
			}
			j.WantCount(t, "applications", 0)
			j.WantCount(t, "mails", 0)
			j.WantCount(t, "discarded_drafts", 0)
		})
	}
}

// TestABrowserThatWasClosedJustNowSubmitsNothing has read its draft before.
func TestABrowserThatWasClosedJustNowSubmitsNothing(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Browser(j.Finished(t))
		p := b.Progress(t)
		j.Enter(t, j.ResumeLink(t, b.MailLink(t, "zoe@example.ca")), token.Secret())
		b.WantClosed(t)
		_, err := j.Confirm.Submit(t.Context(), p, []string{"keep"}, i18n.English, "")
		journeytest.WantError(t, "Submit", err, wizard.ErrClosed)
		j.WantCount(t, "applications", 0)
	})
}
