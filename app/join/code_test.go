package join

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"joinery/app/i18n"
	"joinery/app/token"
)

// code makes a code and returns it.
func (w *browser) code(t *testing.T) string {
	t.Helper()
	fine(t, w.CreateHandoff(t.Context(), w.id, i18n.English))
	c, err := w.HandoffCode(t.Context(), w.id)
	if err != nil || len(c.Code) != handoffLength || strings.Trim(c.Code, token.CodeAlphabet) != "" || c.Used {
		t.Fatalf("Code = %+v, %v, want one of %d letters that cannot be mistaken", c, err, handoffLength)
	}
	return c.Code
}

// wantCode wants a code that somebody types to stand so, with so many tries
// left.
func (b *bench) wantCode(t *testing.T, who, typed string, standing LinkStatus, left int) {
	t.Helper()
	w, n, err := b.RedeemHandoff(t.Context(), typed, Client{who, "network of " + who})
	if err != nil || w.Status != standing || n != left || (standing == Mistyped && w.found.Digest != "") {
		t.Errorf("typed by %s, %s is %s with %d tries left, %v, want %s and %d", who, typed, w.Status, n, err, standing, left)
	}
}

func TestACodeHandsTheDraftOver(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w := b.begun(t)
		code := w.code(t)
		way, _, err := b.RedeemHandoff(t.Context(), "  "+strings.ToLower(code[:4])+" - "+code[4:]+"\t", Client{"phone", "network"})
		fine(t, err)
		if way.Status != Open || way.Recipient() != "" || way.Renewable() {
			t.Errorf("the code is %+v, want it open", way)
		}
		wantSame(t, b.enter(t, way, "press"), w)
		if c, err := b.HandoffCode(t.Context(), w.id); err != nil || !c.Used || c.Code != code {
			t.Errorf("Code = %+v, %v, want it used", c, err)
		}
		b.wantCode(t, "phone", code, Used, 0)
		b.wantStanding(t, code, Mistyped) // it is no link
		w.code(t)
	})
}

func TestALinkIsNoCode(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	b.wantCode(t, "phone", b.begun(t).mailed(t, "zoe@example.ca"), Mistyped, 4)
}

func TestHowLongACodeIsGood(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w := b.begun(t)
		code := w.code(t)
		b.pass(handoffTTL - time.Second)
		b.wantCode(t, "phone", code, Open, 0)
		b.pass(time.Second)
		b.wantCode(t, "phone", code, Late, 0)
		_, err := b.HandoffCode(t.Context(), w.id)
		wantError(t, "Code when its time is over", err, ErrNoDraft)
		fresh := w.code(t)
		if fresh == code {
			t.Error("a later code is the same")
		}
		b.wantCode(t, "phone", code, Mistyped, 4)
		fine(t, b.Delete(t.Context(), w.id))
		b.wantCode(t, "phone", fresh, Mistyped, 3)
	})
}

func TestASecondCodeEndsTheFirst(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	w := b.begun(t)
	other := w.beside(t)
	b.pass(time.Second)
	first := w.code(t)
	b.pass(time.Second)
	second := other.code(t)
	b.wantCode(t, "phone", first, Mistyped, 4)
	b.wantCode(t, "phone", second, Open, 0)
	_, err := b.HandoffCode(t.Context(), w.id)
	wantError(t, "Code of the first device", err, ErrNoDraft)
	if c, err := b.HandoffCode(t.Context(), other.id); err != nil || c.Code != second {
		t.Errorf("Code = %+v, %v, want that of this device, as often as it looks", c, err)
	}
	b.wantCount(t, "grants", 1)
}

func TestCodeOfNothing(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	for _, id := range []string{"", "made up", b.begun(t).id, b.sent(t)} {
		_, err := b.HandoffCode(t.Context(), id)
		wantError(t, "Code", err, ErrNoDraft)
	}
}

func TestAfterFiveWrongTriesTheRightCodeIsRefused(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	w := b.begun(t)
	code := w.code(t)
	for i := range deviceAttempts {
		b.pass(time.Second)
		b.wantCode(t, "phone", fmt.Sprint("AAAA AAA", i), Mistyped, deviceAttempts-1-i)
	}
	b.wantCode(t, "phone", code, Mistyped, 0)
	b.wantCode(t, "tablet", code, Open, 0)
	b.wantCode(t, "phone", code, Mistyped, 0)
	b.wantCode(t, "phone", w.code(t), Mistyped, 0) // made in the second of the last try
	b.pass(time.Second)
	b.wantCode(t, "phone", w.code(t), Open, 0)
	b.pass(handoffTTL + time.Second)
	b.wantCode(t, "phone", "AAAA AAAA", Mistyped, 4)
}

// TestARightCodeDoesNotForgiveWrongOnes, or guessing would be free for whoever
// has a code of their own.
func TestARightCodeDoesNotForgiveWrongOnes(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	own := b.begun(t).code(t)
	for i := range deviceAttempts {
		b.pass(time.Second)
		b.wantCode(t, "phone", own, Open, 0)
		b.wantCode(t, "phone", "AAAA AAAA", Mistyped, deviceAttempts-1-i)
	}
	b.wantCode(t, "phone", own, Mistyped, 0)
}

// TestGuessesAtTheSameTimeAllCount tries fifty codes at once, one of them right.
func TestGuessesAtTheSameTimeAllCount(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	code := b.begun(t).code(t)
	b.pass(time.Second)
	var all sync.WaitGroup
	var judged atomic.Int32
	from := func(i int) Client { return Client{"guesser", fmt.Sprint("network ", i)} }
	for i := range 50 {
		all.Go(func() {
			_, left, err := b.RedeemHandoff(t.Context(), fmt.Sprint("AAAA A", token.CodeAlphabet[i%24:i%24+1], i), from(i))
			if err != nil {
				t.Errorf("TypedCode: %v", err)
			}
			if left > 0 {
				judged.Add(1)
			}
		})
	}
	all.Wait()
	if n := judged.Load(); n != deviceAttempts-1 {
		t.Errorf("%d guesses were told that there are more, want %d", n, deviceAttempts-1)
	}
	b.wantCount(t, "attempts WHERE count = 50", 1)
	b.wantCode(t, "guesser", code, Mistyped, 0)
	b.wantCode(t, "phone", code, Open, 0)
}

// TestANetworkHasTriesToo has a device call itself something else at each try.
func TestANetworkHasTriesToo(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	w := b.begun(t)
	old := w.code(t)
	b.pass(time.Second)
	from := func(i int) Client { return Client{fmt.Sprint("device ", i), "network"} }
	for i := range networkAttempts {
		if _, left, err := b.RedeemHandoff(t.Context(), "AAAA AAAA", from(i)); err != nil || left != min(deviceAttempts-1, networkAttempts-1-i) {
			t.Fatalf("after %d tries of a network %d are left, %v", i+1, left, err)
		}
	}
	for name, want := range map[string]LinkStatus{"network": Mistyped, "another": Open} {
		got, _, err := b.RedeemHandoff(t.Context(), old, Client{"a new device", name})
		if err != nil || got.Status != want {
			t.Errorf("in %s the code is %s, %v, want %s", name, got.Status, err, want)
		}
	}
	b.pass(time.Second)
	if got, _, err := b.RedeemHandoff(t.Context(), w.code(t), from(0)); err != nil || got.Status != Open {
		t.Errorf("a code made since is %s, %v, want open", got.Status, err)
	}
}

func TestWhoSucceedsIsNotCounted(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	w := b.begun(t)
	for range 3 * deviceAttempts {
		b.pass(time.Second)
		b.wantCode(t, "phone", w.code(t), Open, 0)
	}
	b.wantCode(t, "phone", "AAAA AAAA", Mistyped, 4)
}
