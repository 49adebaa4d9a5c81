package confirm_test

import (
	"sync"
	"sync/atomic"
	"testing"

	"pgregory.net/rapid"

	"joinery/app/confirm"
	"joinery/app/journeytest"
	"joinery/app/mail"
	"joinery/app/member"
)

// TestAttemptsAtTheSameTimeAllCount makes twenty wrong ones and a right one at once.
func TestAttemptsAtTheSameTimeAllCount(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		session := j.Submitted(t)
		l, code := j.ConfirmLink(t, j.ConfirmToken(t)), j.ConfirmCode(t)
		var judged, confirmed atomic.Int32
		var all sync.WaitGroup
		for i := range 21 {
			typed := "AAAAAA"
			if i == 10 {
				typed = code
			}
			all.Go(func() {
				attempt := func() (confirm.CodeResult, int, error) { return j.VerifyCode(t.Context(), session, typed) }
				if i%2 == 0 {
					attempt = func() (confirm.CodeResult, int, error) {
						return j.Confirm.VerifyCodeForLink(t.Context(), l, typed, member.Accept)
					}
				}
				result, left, err := attempt()
				if err != nil {
					t.Errorf("an attempt: %v", err)
				}
				if left > 0 {
					judged.Add(1)
				}
				if typed == code && result == confirm.CodeConfirmed {
					confirmed.Add(1)
				}
			})
		}
		all.Wait()
		if n := judged.Load(); n >= confirm.MaxAttempts {
			t.Errorf("%d attempts were told that there are more, want fewer than %d", n, confirm.MaxAttempts)
		}
		j.WantCount(t, "members", int(confirmed.Load()))
		if confirmed.Load() == 0 {
			j.WantCodeResult(t, session, code, "spent 0")
		}
	})
}

// TestGuessingIsBounded types codes and asks for letters in any order: of the codes
// typed since a letter was written, the right one counts only among the first five.
func TestGuessingIsBounded(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	j.Limits.PerAddress = mail.Budget{}
	rapid.Check(t, func(r *rapid.T) {
		j.MembersLeave(t)
		session := j.Submitted(t)
		token, attempts := j.ConfirmToken(t), 0
		guess := func(typed string) confirm.CodeResult {
			attempts++
			if rapid.Bool().Draw(r, "on the page of the link") {
				result, _, err := j.Confirm.VerifyCodeForLink(t.Context(), j.ConfirmLink(t, token), typed, member.Accept)
				journeytest.Must(t, err)
				return result
			}
			result, _, err := j.VerifyCode(t.Context(), session, typed)
			journeytest.Must(t, err)
			return result
		}
		r.Repeat(map[string]func(*rapid.T){
			"type a wrong code": func(r *rapid.T) {
				if got := guess("AAAAAA"); got != confirm.CodeMistyped && got != confirm.CodeSpent || (got == confirm.CodeSpent) != (attempts >= confirm.MaxAttempts) {
					r.Fatalf("wrong code number %d is %s", attempts, got)
				}
			},
			"ask for another letter": func(*rapid.T) { j.Resend(t, session); attempts = 0 },
			"ask too soon": func(*rapid.T) {
				journeytest.WantError(t, "ResendConfirmation", j.ResendConfirmation(t.Context(), session, ""), confirm.ErrTooSoon)
			},
			"choose what a program chooses": func(*rapid.T) {
				journeytest.Must(t, j.Confirm.RecordChoice(t.Context(), j.ConfirmLink(t, token), member.Accept, true))
			},
		})
		got := guess(j.ConfirmCode(t))
		if want := map[bool]confirm.CodeResult{true: confirm.CodeConfirmed, false: confirm.CodeSpent}[attempts <= confirm.MaxAttempts]; got != want {
			r.Fatalf("the right code is %s as number %d, want %s", got, attempts, want)
		}
	})
}
