package confirm_test

import (
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"joinery/app/access"
	"joinery/app/confirm"
	"joinery/app/draft"
	"joinery/app/form"
	"joinery/app/journeytest"
	"joinery/app/mail"
	"joinery/app/member"
	"joinery/app/wizard"
)

// TestNewSaysWhichOptionIsMissing leaves out one after the other.
func TestNewSaysWhichOptionIsMissing(t *testing.T) {
	whole := confirm.Options{
		Form: new(form.Definition), Drafts: new(draft.SQL), Access: new(access.Store), Members: new(member.Store), Letters: new(mail.Letters),
		Limits: new(mail.Limits), Wake: func() {}, Now: time.Now, Log: slog.New(slog.DiscardHandler),
		BaseURL: "https://hub.example", DraftTTL: 1, LinkTTL: 1, WaitingTTL: 1,
	}
	if _, err := confirm.New(whole); err != nil {
		t.Errorf("New: %v", err)
	}
	for missing, leaveOut := range map[string][]func(*confirm.Options){
		"form":  {func(o *confirm.Options) { o.Form = nil }},
		"store": {func(o *confirm.Options) { o.Drafts = nil }, func(o *confirm.Options) { o.Access = nil }, func(o *confirm.Options) { o.Members = nil }},
		"mail":  {func(o *confirm.Options) { o.Letters = nil }, func(o *confirm.Options) { o.Limits = nil }, func(o *confirm.Options) { o.Wake = nil }},
		"clock": {func(o *confirm.Options) { o.Now = nil }},
		"log":   {func(o *confirm.Options) { o.Log = nil }},
		"base":  {func(o *confirm.Options) { o.BaseURL = "" }},
		"time to live": {
			func(o *confirm.Options) { o.DraftTTL = 0 }, func(o *confirm.Options) { o.LinkTTL = 0 }, func(o *confirm.Options) { o.WaitingTTL = 0 },
		},
	} {
		for _, edit := range leaveOut {
			o := whole
			edit(&o)
			if _, err := confirm.New(o); err == nil || !strings.Contains(err.Error(), missing) {
				t.Errorf("New: %v, want it to say that there is no %s", err, missing)
			}
		}
	}
}

// TestTheOutcomeOfADraftIsThatOfItsApplication looks at it in each state. A draft whose
// application was replaced has the outcome of the one in its place.
func TestTheOutcomeOfADraftIsThatOfItsApplication(t *testing.T) {
	tests := map[string]struct {
		then   func(*testing.T, *journeytest.Browser)
		status wizard.Status
		other  bool // the outcome is that of another draft
	}{
		"waiting":   {func(*testing.T, *journeytest.Browser) {}, wizard.Submitted, false},
		"confirmed": {func(t *testing.T, b *journeytest.Browser) { b.ConfirmNewest(t) }, wizard.Completed, false},
		"withdrawn": {func(t *testing.T, b *journeytest.Browser) {
			wantLinkCode(t, b.Journey, b.ConfirmToken(t), b.ConfirmCode(t), member.ConfirmDecline, confirm.CodeWithdrawn, 0)
		}, wizard.Ended, false},
		"overdue": {func(_ *testing.T, b *journeytest.Browser) { b.Pass(b.WaitingTTL) }, wizard.Ended, false},
		"expired": {func(t *testing.T, b *journeytest.Browser) {
			b.Pass(b.WaitingTTL + time.Second)
			journeytest.Must(t, b.Confirm.Expire(t.Context()))
		}, wizard.Ended, false},
		"replaced": {func(t *testing.T, b *journeytest.Browser) {
			journeytest.Must(t, b.ChangeEmail(t.Context(), b.Session, "right@example.ca", ""))
		}, wizard.Submitted, true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			j := journeytest.New(t)
			b := j.Browser(j.Finished(t))
			key := b.Progress(t).Draft.Key
			if o, err := j.Confirm.Outcome(t.Context(), key); err != nil || o != (wizard.Outcome{}) {
				t.Errorf("before it is submitted the outcome is %+v, %v", o, err)
			}
			j.MustSubmit(t, b.Session)
			tt.then(t, b)
			want := wizard.Outcome{Status: tt.status, Draft: key}
			if tt.other {
				want.Draft = confirm.CorrectionKey(key)
			}
			if o, err := j.Confirm.Outcome(t.Context(), key); err != nil || o != want {
				t.Errorf("the outcome is %+v, %v, want %+v", o, err, want)
			}
		})
	}
}

func TestADraftThatWasNotSubmittedHasNoApplication(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	for _, key := range []string{"", "made up", j.Begun(t).Progress(t).Draft.Key} {
		if a, err := j.Confirm.Application(t.Context(), key); !errors.Is(err, confirm.ErrNoApplication) {
			t.Errorf("the application of %q is %+v, %v, want ErrNoApplication", key, a, err)
		}
	}
}
