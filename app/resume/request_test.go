package resume_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/journeytest"
	"joinery/app/mail"
	"joinery/app/resume"
	"joinery/app/wizard"
)

func TestALinkIsSentToAnAddressThatHasADraft(t *testing.T) {
	tests := []struct{ name, asked, to string }{
		{"the answer in the draft", "Zoe@hospital.example", "Zoe@hospital.example"},
		{"the answer in another case", "zoe@hospital.example", "Zoe@hospital.example"},
		{"where mail was asked for", "Boxes@mail.example", "Boxes@mail.example"},
		{"where mail was asked for in another case", "BOXES@mail.example", "Boxes@mail.example"},
		{"an address without a draft", "ann@hospital.example", ""},
		{"a part of an address", "oe@hospital.example", ""},
	}
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.BegunWith(t, "Zoe@HOSPITAL.example")
		b.MailLink(t, "Boxes@mail.example")
		for _, tt := range tests {
			t.Run(tt.name, func(t *testing.T) {
				before := len(j.Queued(t, mail.Resume))
				j.RequestLink(t, tt.asked)
				after := j.Queued(t, mail.Resume)
				sent := after[:len(after)-before]
				if tt.to == "" {
					if len(sent) > 0 {
						t.Errorf("there is a letter to %s, want none", sent[0].To)
					}
					return
				}
				if len(sent) != 1 || sent[0].To != tt.to || sent[0].Lang != i18n.French {
					t.Fatalf("the letters are %+v, want one to %s in French", sent, tt.to)
				}
				if l := j.ResumeLink(t, j.ResumeToken(t)); l.Status != resume.Open || l.Progress.DraftID() != b.Progress(t).DraftID() {
					t.Errorf("the link is %s and leads to %q", l.Status, l.Progress.DraftID())
				}
			})
		}
	})
}

// TestAnAnswerIsNoMailbox has a thief answer in a draft of their own with the
// address of a victim, and ask for mail about it elsewhere.
func TestAnAnswerIsNoMailbox(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	victim := j.BegunWith(t, "victim@example.ca")
	j.Pass(time.Minute)
	j.BegunWith(t, "victim@example.ca").MailLink(t, "thief@example.ca")
	j.RequestLink(t, "victim@example.ca")
	l := j.Letter(t, mail.Resume)
	if l.To != "victim@example.ca" {
		t.Fatalf("the links to the drafts of victim@example.ca are sent to %s", l.To)
	}
	if !slices.Contains(draftsIn(t, j, l), victim.Progress(t).DraftID()) {
		t.Error("the letter does not lead to the draft")
	}
}

// draftsIn returns the ids of the drafts that the links of a letter lead to.
func draftsIn(t *testing.T, j *journeytest.Journey, l mail.Letter) (ids []string) {
	t.Helper()
	for _, token := range journeytest.Tokens(l, journeytest.ResumePath) {
		ids = append(ids, j.ResumeLink(t, token).Progress.DraftID())
	}
	return ids
}

func TestOneLetterLeadsToTheNewestDrafts(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		var begun []*journeytest.Browser
		for range resume.MaxUnprovenListed + 2 {
			begun = append(begun, j.BegunWith(t, "zoe@example.ca"))
			j.Pass(time.Minute)
		}
		j.RequestLink(t, "zoe@example.ca")
		j.WantCount(t, "mails", 1)
		found := journeytest.Tokens(j.Letter(t, mail.Resume), journeytest.ResumePath)
		if len(found) != resume.MaxUnprovenListed {
			t.Fatalf("the letter has %d links, want %d", len(found), resume.MaxUnprovenListed)
		}
		for i, token := range found {
			want := begun[len(begun)-1-i].Progress(t).Draft.Key
			j.Enter(t, j.ResumeLink(t, token), "submission").WantDraft(t, want)
		}
	})
}

// TestTheDraftsSavedLastAreNamed, and not those begun last.
func TestTheDraftsSavedLastAreNamed(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	b := j.Browser(j.Finished(t))
	for range 2 * resume.MaxUnprovenListed {
		j.Pass(time.Hour)
		j.Finished(t)
	}
	j.Pass(time.Hour)
	b.Open(t, "two").MustSave(t, wizard.Autosave, nil)
	j.RequestLink(t, "Zoe@hospital.example")
	if !slices.Contains(draftsIn(t, j, j.Letter(t, mail.Resume)), b.Progress(t).DraftID()) {
		t.Error("the draft that was saved last is not among those of the letter")
	}
}

func TestNoLetterLeadsToADraftThatHasEnded(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		j.Submitted(t)
		deleteDraft(t, j.BegunWith(t, "Zoe@hospital.example"))
		j.BegunWith(t, "Zoe@hospital.example") // will have expired
		j.Pass(j.DraftTTL)
		j.RequestLink(t, "Zoe@hospital.example")
		j.WantCount(t, "mails WHERE kind = 'resume'", 0)
		begun := j.BegunWith(t, "Zoe@hospital.example")
		j.RequestLink(t, "Zoe@hospital.example")
		want := begun.Progress(t).Draft.Key
		j.Enter(t, j.ResumeLink(t, j.ResumeToken(t)), "submission").WantDraft(t, want)
	}, withoutBudget)
}

func TestAnAddressThatWasChangedNoLongerLeadsToTheDraft(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	b := j.BegunWith(t, "typo@example.ca")
	b.Open(t, "one").MustSave(t, wizard.Autosave, form.Answers{"mail": {"zoe@example.ca"}})
	j.RequestLink(t, "typo@example.ca")
	j.WantCount(t, "mails", 0)
	j.RequestLink(t, "zoe@example.ca")
	j.WantCount(t, "mails", 1)
}

// TestRequestsBeyondTheBudgetMakeOneLetterThatWaits however many there are.
func TestRequestsBeyondTheBudgetMakeOneLetterThatWaits(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	j.BegunWith(t, "zoe@example.ca")
	for range 2 * j.Limits.PerAddress.Max {
		j.RequestLink(t, "zoe@example.ca")
	}
	j.WantCount(t, "mails", j.Limits.PerAddress.Max+1)
	j.WantCount(t, "grants", j.Limits.PerAddress.Max+1)
	s := j.MailServer()
	s.DeliverAll(t)
	j.Pass(j.Limits.PerAddress.Per + time.Second)
	if s.DeliverAll(t); len(s.Got) != j.Limits.PerAddress.Max+1 {
		t.Errorf("%d letters have come", len(s.Got))
	}
	j.WantResumeLink(t, journeytest.Tokens(s.Got[len(s.Got)-1], journeytest.ResumePath)[0], resume.Open)
}

// TestRequestsForLinksKeepNoOtherLetterAway: strangers may make them.
func TestRequestsForLinksKeepNoOtherLetterAway(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	session := j.Finished(t)
	for range j.Limits.PerAddress.Max + 1 {
		j.RequestLink(t, "Zoe@hospital.example")
	}
	j.WantCount(t, "mails WHERE kind = 'resume'", j.Limits.PerAddress.Max+1)
	j.MustSubmit(t, session)
	j.WantCount(t, "mails WHERE kind = 'confirm'", 1)
}

// TestARequestNeverWaits, not even while none is attended to.
func TestARequestNeverWaits(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	j.BegunWith(t, "zoe0@example.ca")
	for i := range 3 * resume.MaxRequests {
		j.Resume.RequestLink(fmt.Sprint("zoe", i, "@example.ca"), i18n.English, "")
	}
	j.WantCount(t, "mails", 0)
	j.Resume.ProcessRequests(t.Context())
	j.WantCount(t, "mails", 1)
	j.RequestLink(t, "zoe0@example.ca")
	j.WantCount(t, "mails", 2)
}
