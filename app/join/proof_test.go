package join

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"joinery/app/mail"
	"joinery/app/member"
)

// wantProof types a code on the page of a link and wants it to stand so.
func (b *bench) wantProof(t *testing.T, token, typed string, p member.Choice, want LinkStatus, left int) {
	t.Helper()
	got, n, err := b.VerifyCodeForLink(t.Context(), b.link(t, token), typed, p)
	if err != nil || got != want || n != left {
		t.Errorf("typed on the page of the link, %q is %s with %d tries left, %v, want %s and %d", typed, got, n, err, want, left)
	}
}

// wantTried types a code on the waiting page and wants it to say so.
func (b *bench) wantTried(t *testing.T, id, typed, want string) {
	t.Helper()
	if got := b.tried(t, id, typed); got != want {
		t.Errorf("typed on the waiting page, %q is %s, want %s", typed, got, want)
	}
}

func TestTheCodeConfirmsHoweverItIsTyped(t *testing.T) {
	spellings := map[string]func(code string) string{
		"as it is":     func(code string) string { return code },
		"small":        strings.ToLower,
		"with blanks":  func(code string) string { return "\t " + code[:2] + " " + code[2:4] + "  " + code[4:] + "\r\n" },
		"with hyphens": func(code string) string { return strings.ToLower(code[:3]) + " - " + code[3:] },
	}
	for name, spelt := range spellings {
		t.Run(name, func(t *testing.T) {
			overStores(t, func(t *testing.T, b *bench) {
				id := b.sent(t)
				b.wantTried(t, id, spelt(b.proofCode(t)), "used 0")
				b.wantTried(t, id, "AAAAAA", "used 0") // now there is a member
				b.wantCount(t, "members", 1)
				b.wantCount(t, "mails WHERE kind = 'welcome'", 1)

				b.sent(t)
				token, code := b.proof(t), b.proofCode(t)
				b.wantProof(t, token, spelt(code), member.Accept, Used, 0)
				b.wantProof(t, token, spelt(code), member.Accept, Used, 0)
				b.wantProof(t, token, spelt(code), member.ConfirmDecline, Used, 0)
				b.wantCount(t, "members", 1)
				b.wantCount(t, "mails WHERE kind = 'updated'", 1)
			})
		})
	}
}

func TestAfterFiveTriesTheCodeIsSpent(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		id := b.sent(t)
		token, code := b.proof(t), b.proofCode(t)
		for i, typed := range []string{"AAAAAA", "", code[:5], code + "A"} {
			b.wantTried(t, id, typed, fmt.Sprint("mistyped ", maxAttempts-1-i))
		}
		b.wantProof(t, token, "AAAAAA", member.Accept, Spent, 0) // the fifth, wherever it is typed
		b.wantTried(t, id, code, "spent 0")
		b.wantProof(t, token, code, member.Accept, Spent, 0)
		b.wantProof(t, token, code, member.ConfirmDecline, Spent, 0)
		b.wantCount(t, "applications WHERE state = 'waiting'", 1)
		b.wantLink(t, token, Open) // which somebody can still press on

		b.again(t, id)
		b.wantTried(t, id, "AAAAAA", "mistyped 4")
		b.wantTried(t, id, code, "superseded 0")
		b.wantProof(t, token, code, member.Accept, Superseded, 0)
		b.wantTried(t, id, b.proofCode(t), "used 0")
	})
}

// TestTheFifthTryCanBeTheRightOne types it after four wrong ones.
func TestTheFifthTryCanBeTheRightOne(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	id := b.sent(t)
	for range maxAttempts - 1 {
		b.tried(t, id, "AAAAAA")
	}
	b.wantTried(t, id, b.proofCode(t), "used 0")
}

func TestACodeThatIsLate(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	id := b.sent(t)
	code := b.proofCode(t)
	b.pass(b.LinkTTL - time.Second)
	b.wantTried(t, id, "AAAAAA", "mistyped 4")
	b.pass(time.Second)
	b.wantTried(t, id, code, "late 0")
	b.wantCount(t, "members", 0)
	b.pass(b.WaitingTTL)
	b.wantTried(t, id, code, "gone 0")
	fine(t, b.Expire(t.Context()))
	b.wantTried(t, id, code, "gone 0")
}

// TestACodeIsForOneApplication tries those of two people on each other.
func TestACodeIsForOneApplication(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	first := b.sent(t)
	firstCode := b.proofCode(t)
	second := b.sent(t)
	b.wantTried(t, second, firstCode, "mistyped 4")
	b.wantTried(t, first, b.proofCode(t), "mistyped 4")
	b.wantTried(t, first, firstCode, "used 0")
}

// TestEqualCodesAreNotKeptAlike so that nobody who reads the file finds those of
// all applications at once.
func TestEqualCodesAreNotKeptAlike(t *testing.T) {
	if codeDigest("first", "ACDEFG") == codeDigest("second", "ACDEFG") {
		t.Error("of two applications the same is kept of one code")
	}
}

func TestTheCodeOfNothing(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	for _, id := range []string{"", "made up", b.begun(t).id} {
		_, _, err := b.VerifyCode(t.Context(), id, "AAAAAA")
		wantError(t, "TypedProof", err, ErrNoDraft)
	}
	b.wantProof(t, "MADEUP-MADEUP", "AAAAAA", member.Accept, Mistyped, 0)
	b.sent(t)
	token, code := b.proof(t), b.proofCode(t)
	b.wantProof(t, token, code, member.ConfirmDecline, Withdrawn, 0)
	b.wantProof(t, token, code, member.Accept, Withdrawn, 0)
	b.wantCount(t, "members", 0)
}

// TestWhoHasTheCodeCanDeleteByAnyLink also by one that is late or superseded,
// with the code of any letter that is not.
func TestWhoHasTheCodeCanDeleteByAnyLink(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		for name, age := range map[string]func(id string){
			"open":       func(string) {},
			"late":       func(string) { b.pass(b.LinkTTL) },
			"superseded": func(id string) { b.again(t, id) },
		} {
			t.Run(name, func(t *testing.T) {
				b.Limits.PerAddress = mail.Budget{}
				id := b.sent(t)
				token, code := b.proof(t), b.proofCode(t)
				age(id)
				b.wantProof(t, token, "AAAAAA", member.ConfirmDecline, Mistyped, 4)
				b.wantProof(t, token, code, member.ConfirmDecline, Withdrawn, 0)
				if a := b.application(t, id); a.State != member.Withdrawn || a.Email != "" {
					t.Errorf("the application is %+v, want it withdrawn and forgotten", a)
				}
			})
		}
	})
}

// TestWhoIsDoubtedAndHasNoTriesLeftAsksForAnotherLetter or uses the browser that
// applied.
func TestWhoIsDoubtedAndHasNoTriesLeftAsksForAnotherLetter(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	id := b.sent(t)
	token := b.proof(t)
	fine(t, b.RecordChoice(t.Context(), b.link(t, token), member.Accept, true))
	for range maxAttempts {
		b.wantLink(t, token, ScannerSuspected)
		_, _, err := b.VerifyCodeForLink(t.Context(), b.link(t, token), "AAAAAA", member.Accept)
		fine(t, err)
	}
	l := b.link(t, token)
	if l.Status != Spent || !l.Renewable() || !l.NextAllowed.Equal(noon.Add(time.Minute)) || !l.Confirmable() {
		t.Errorf("the link is %+v, want it spent, and a fresh one to be asked for in a minute", l)
	}
	wantError(t, "Renew at once", b.ResendFromLink(t.Context(), l, ""), ErrTooSoon)
	b.now = l.NextAllowed
	fine(t, b.ResendFromLink(t.Context(), l, ""))
	b.wantLink(t, token, Spent) // whether or not there was a letter
	b.wantLink(t, b.proof(t), Open)
	fine(t, b.Confirm(t.Context(), b.link(t, token)))
	if a := b.application(t, id); a.State != member.Confirmed {
		t.Errorf("the application is %s, want it confirmed", a.State)
	}
}

func TestHowManyTriesAreLeft(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	id := b.sent(t)
	want := func(left int, late bool) {
		t.Helper()
		n, over, err := b.AttemptsLeft(t.Context(), b.application(t, id))
		if err != nil || n != left || over != late {
			t.Errorf("%d tries are left, and the time of the letter is over: %t, %v, want %d and %t", n, over, err, left, late)
		}
	}
	for i := range maxAttempts + 2 {
		want(max(0, maxAttempts-i), false)
		b.tried(t, id, "AAAAAA")
	}
	b.pass(b.LinkTTL)
	want(0, true)
	b.again(t, id)
	want(maxAttempts, false)
}
