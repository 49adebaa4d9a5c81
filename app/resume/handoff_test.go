package resume_test

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"joinery/app/journeytest"
	"joinery/app/resume"
	"joinery/app/token"
)

func TestACodeHandsTheDraftOver(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Begun(t)
		code := b.HandoffCode(t)
		typed := "  " + strings.ToLower(code[:4]) + " - " + code[4:] + "\t"
		link, _, err := j.Resume.CheckHandoff(t.Context(), typed, resume.Client{Device: "phone", Network: "network"})
		journeytest.Must(t, err)
		if link.Status != resume.Open || link.Recipient() != "" || link.Renewable() {
			t.Errorf("the code is %+v, want it open", link)
		}
		journeytest.WantSameDraft(t, j.Enter(t, link, "submission"), b)
		if h, ok, err := j.Handoff(t.Context(), b.Session); err != nil || !ok || !h.Used || h.Code != code {
			t.Errorf("Handoff = %+v, %t, %v, want the code used", h, ok, err)
		}
		j.WantHandoffCode(t, "phone", code, resume.Used, 0)
		j.WantResumeLink(t, code, resume.Cut) // it is no link
		b.HandoffCode(t)
	})
}

func TestALinkIsNoCode(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	j.WantHandoffCode(t, "phone", j.Begun(t).MailLink(t, "zoe@example.ca"), resume.Malformed, 0)
}

func TestACodeIsGoodForMinutes(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Begun(t)
		code := b.HandoffCode(t)
		j.Pass(resume.HandoffTTL - time.Second)
		j.WantHandoffCode(t, "phone", code, resume.Open, 0)
		j.Pass(time.Second)
		j.WantHandoffCode(t, "phone", code, resume.Late, 0)
		wantNoHandoff(t, b)
		fresh := b.HandoffCode(t)
		if fresh == code {
			t.Error("a later code is the same")
		}
		j.WantHandoffCode(t, "phone", code, resume.Mistyped, 4)
		deleteDraft(t, b)
		j.WantHandoffCode(t, "phone", fresh, resume.Mistyped, 3)
	})
}

// wantNoHandoff wants b to show no code that is still good.
func wantNoHandoff(t *testing.T, b *journeytest.Browser) {
	t.Helper()
	if h, ok, err := b.Handoff(t.Context(), b.Session); err != nil || ok {
		t.Errorf("Handoff = %+v, %t, %v, want none", h, ok, err)
	}
}

func TestASecondCodeEndsTheFirst(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	b := j.Begun(t)
	other := b.Beside(t)
	j.Pass(time.Second)
	first := b.HandoffCode(t)
	j.Pass(time.Second)
	second := other.HandoffCode(t)
	j.WantHandoffCode(t, "phone", first, resume.Mistyped, 4)
	j.WantHandoffCode(t, "phone", second, resume.Open, 0)
	wantNoHandoff(t, b)
	if h, ok, err := j.Handoff(t.Context(), other.Session); err != nil || !ok || h.Code != second {
		t.Errorf("Handoff = %+v, %t, %v, want that of this device, as often as it looks", h, ok, err)
	}
	j.WantCount(t, "grants", 1)
}

func TestABrowserThatMadeNoCodeHasNone(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	for _, session := range []string{"", "made up", j.Begun(t).Session, j.Submitted(t)} {
		wantNoHandoff(t, j.Browser(session))
	}
}

func TestAfterFiveWrongAttemptsTheRightCodeIsRefused(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	b := j.Begun(t)
	code := b.HandoffCode(t)
	for i := range resume.DeviceAttempts {
		j.Pass(time.Second)
		j.WantHandoffCode(t, "phone", "AAAA AAA"+token.CodeAlphabet[i:i+1], resume.Mistyped, resume.DeviceAttempts-1-i)
	}
	j.WantHandoffCode(t, "phone", code, resume.Mistyped, 0)
	j.WantHandoffCode(t, "tablet", code, resume.Open, 0)
	j.WantHandoffCode(t, "phone", code, resume.Mistyped, 0)
	j.WantHandoffCode(t, "phone", b.HandoffCode(t), resume.Mistyped, 0) // made in the second of the last attempt
	j.Pass(time.Second)
	j.WantHandoffCode(t, "phone", b.HandoffCode(t), resume.Open, 0)
	j.Pass(resume.HandoffTTL + time.Second)
	j.WantHandoffCode(t, "phone", "AAAA AAAA", resume.Mistyped, 4)
}

// TestARightCodeDoesNotForgiveWrongOnes: otherwise guessing would be free for the
// owner of a code.
func TestARightCodeDoesNotForgiveWrongOnes(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	own := j.Begun(t).HandoffCode(t)
	for i := range resume.DeviceAttempts {
		j.Pass(time.Second)
		j.WantHandoffCode(t, "phone", own, resume.Open, 0)
		j.WantHandoffCode(t, "phone", "AAAA AAAA", resume.Mistyped, resume.DeviceAttempts-1-i)
	}
	j.WantHandoffCode(t, "phone", own, resume.Mistyped, 0)
}

// TestAttemptsAtTheSameTimeAllCount types fifty wrong codes at once, from as many
// networks.
func TestAttemptsAtTheSameTimeAllCount(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	code := j.Begun(t).HandoffCode(t)
	j.Pass(time.Second)
	var all sync.WaitGroup
	var withMore atomic.Int32
	for i := range 50 {
		all.Go(func() {
			typed := "AAAA A" + token.CodeAlphabet[i%24:i%24+1] + token.CodeAlphabet[i/24:i/24+2]
			_, left, err := j.Resume.CheckHandoff(t.Context(), typed, resume.Client{Device: "guesser", Network: fmt.Sprint("network ", i)})
			if err != nil {
				t.Errorf("CheckHandoff: %v", err)
			}
			if left > 0 {
				withMore.Add(1)
			}
		})
	}
	all.Wait()
	if n := withMore.Load(); n != resume.DeviceAttempts-1 {
		t.Errorf("%d attempts were told that there are more, want %d", n, resume.DeviceAttempts-1)
	}
	j.WantCount(t, "attempts WHERE count = 50", 2) // of the device, and of all
	j.WantHandoffCode(t, "guesser", code, resume.Mistyped, 0)
	j.WantHandoffCode(t, "phone", code, resume.Open, 0)
}

func TestARightCodeIsNotCounted(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	b := j.Begun(t)
	for range 3 * resume.DeviceAttempts {
		j.Pass(time.Second)
		j.WantHandoffCode(t, "phone", b.HandoffCode(t), resume.Open, 0)
	}
	j.WantHandoffCode(t, "phone", "AAAA AAAA", resume.Mistyped, 4)
}

func TestACodeIsFoundInWhatWasPasted(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	code := j.Begun(t).HandoffCode(t)
	for _, typed := range []string{
		"Code: " + code, "Or type the code: " + strings.ToLower(code[:4]) + "\u00a0" + code[4:] + ".", "«" + code[:4] + "\u2011" + code[4:] + "»",
		"\u200b" + code + "\u200b", "7777 7777 " + code, "type this code: " + code[:4] + " " + code[4:] + "\nThe code works once, until 4:33 p.m.",
	} {
		j.WantHandoffCode(t, "phone", typed, resume.Open, 0)
	}
	j.WantHandoffCode(t, "phone", "AAAAAAAA, CCCCCCCC or DDDDDDDD", resume.Mistyped, 4)
}

func TestWhatCannotBeACodeCostsNoAttempt(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, typed string
		want        resume.Status
	}{
		{"nothing", "", resume.Malformed},
		{"something invisible", "\u200b", resume.Malformed},
		{"a character less", "CT973WA", resume.Malformed},
		{"a character more", "CT97 3WAAA", resume.Malformed},
		{"a letter that no code has", "CT97 3WAO", resume.Malformed},
		{"the label and a half", "code CT97", resume.Malformed},
		{"a code of a letter", "CT973W", resume.ForConfirm},
		{"that code in two halves", "ct9 73w", resume.ForConfirm},
		{"a code of a letter about replaced answers", "CT973WAAA", resume.ForMember},
		{"that code in groups", "ct9 73w aaa", resume.ForMember},
		{"that code with its label", "Votre code\u00a0: CT9-73W.", resume.ForConfirm},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			j := journeytest.New(t)
			for range resume.DeviceAttempts {
				j.WantHandoffCode(t, "phone", tt.typed, tt.want, 0)
			}
			j.WantHandoffCode(t, "phone", "AAAA AAAA", resume.Mistyped, 4)
		})
	}
}
