package join

import (
	"sync"
	"sync/atomic"
	"testing"

	"pgregory.net/rapid"

	"joinery/app/mail"
	"joinery/app/member"
)

// TestTriesAtTheSameTimeAllCountForALetter makes twenty wrong ones and a right
// one at once.
func TestTriesAtTheSameTimeAllCountForALetter(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		id := b.sent(t)
		l, code := b.link(t, b.proof(t)), b.proofCode(t)
		var judged, used atomic.Int32
		var all sync.WaitGroup
		for i := range 21 {
			typed := "AAAAAA"
			if i == 10 {
				typed = code
			}
			all.Go(func() {
				try := func() (LinkStatus, int, error) { return b.VerifyCode(t.Context(), id, typed) }
				if i%2 == 0 {
					try = func() (LinkStatus, int, error) { return b.VerifyCodeForLink(t.Context(), l, typed, member.Accept) }
				}
				standing, left, err := try()
				if err != nil {
					t.Errorf("a try: %v", err)
				}
				if left > 0 {
					judged.Add(1)
				}
				if typed == code && standing == Used {
					used.Add(1)
				}
			})
		}
		all.Wait()
		if n := judged.Load(); n >= maxAttempts {
			t.Errorf("%d tries were told that there are more, want fewer than %d", n, maxAttempts)
		}
		b.wantCount(t, "members", int(used.Load()))
		if used.Load() == 0 {
			b.wantTried(t, id, code, "spent 0")
		}
	})
}

// TestGuessingIsBounded has somebody type and ask for letters in any order: of
// the codes typed since a letter was written, the right one counts only among
// the first five.
func TestGuessingIsBounded(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	b.Limits.PerAddress = mail.Budget{}
	rapid.Check(t, func(r *rapid.T) {
		id := b.sent(t)
		token, tries := b.proof(t), 0
		guess := func(typed string) LinkStatus {
			tries++
			if rapid.Bool().Draw(r, "on the page of the link") {
				standing, _, err := b.VerifyCodeForLink(t.Context(), b.link(t, token), typed, member.Accept)
				fine(t, err)
				return standing
			}
			standing, _, err := b.VerifyCode(t.Context(), id, typed)
			fine(t, err)
			return standing
		}
		r.Repeat(map[string]func(*rapid.T){
			"type a wrong code": func(r *rapid.T) {
				if got := guess("AAAAAA"); got != Mistyped && got != Spent || (got == Spent) != (tries >= maxAttempts) {
					r.Fatalf("wrong code number %d is %s", tries, got)
				}
			},
			"ask for another letter": func(*rapid.T) { b.again(t, id); tries = 0 },
			"ask too soon":           func(*rapid.T) { wantError(t, "Again", b.ResendConfirmation(t.Context(), id, ""), ErrTooSoon) },
			"press what a machine presses": func(*rapid.T) {
				fine(t, b.RecordChoice(t.Context(), b.link(t, token), member.Accept, true))
			},
		})
		got := guess(b.proofCode(t))
		if want := map[bool]LinkStatus{true: Used, false: Spent}[tries <= maxAttempts]; got != want {
			r.Fatalf("the right code is %s as number %d, want %s", got, tries, want)
		}
	})
}
