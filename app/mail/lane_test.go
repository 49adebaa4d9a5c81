package mail

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// TestAServerThatTakesMinutesForALetterHoldsUpNoOther lets it take as long for the letters of
// one domain, of which ten come first.
func TestAServerThatTakesMinutesForALetterHoldsUpNoOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var talks, most atomic.Int32
		sent := make(chan string, 100)
		h := running(t, senderFunc(func(_ context.Context, l Letter) error {
			most.Store(max(most.Load(), talks.Add(1)))
			defer talks.Add(-1)
			if l.Lang == "en" {
				time.Sleep(5 * time.Minute)
			}
			sent <- l.ID
			return nil
		}))
		h.Write = func(_ context.Context, o Order) (Letter, error) { return Letter{Order: o}, nil }
		for n := range 10 {
			h.enqueue(t, Letter{Order: NewOrder(Confirm, fmt.Sprintf("zoe%d@slow.example", n), "en", time.Now())})
		}
		h.Wake()
		time.Sleep(time.Second)
		quick := NewOrder(Confirm, "zoe@quick.example", "fr", time.Now())
		h.enqueue(t, Letter{Order: quick})
		h.Wake()
		time.Sleep(30 * time.Second)
		synctest.Wait()
		select {
		case got := <-sent:
			if got != quick.ID {
				t.Errorf("%s came first, want the quick letter", got)
			}
		default:
			t.Error("after half a minute the quick letter still waits")
		}
		time.Sleep(30 * time.Minute)
		if most := most.Load(); len(sent) != 10 || most > int32(workers*len(reach)) {
			t.Errorf("%d of 10 slow letters came, in %d conversations at the same time", len(sent), most)
		}
	})
}

// TestQuickLettersTakeOneConversationInEachLane however many there are. None of them is for
// the first lane.
func TestQuickLettersTakeOneConversationInEachLane(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var talks, most atomic.Int32
		h := running(t, senderFunc(func(context.Context, Letter) error {
			most.Store(max(most.Load(), talks.Add(1)))
			time.Sleep(time.Second)
			talks.Add(-1)
			return nil
		}))
		h.Write = func(_ context.Context, o Order) (Letter, error) { return Letter{Order: o}, nil }
		h.queueMany(t, 100)
		h.Wake()
		time.Sleep(time.Minute)
		if got := most.Load(); got != int32(len(reach)-1) {
			t.Errorf("there were %d conversations at the same time, want %d", got, len(reach)-1)
		}
	})
}

// TestALongAttemptKeepsItsLetter for as long as the limits of all its steps together.
func TestALongAttemptKeepsItsLetter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var tries atomic.Int32
		h := running(t, senderFunc(func(context.Context, Letter) error {
			tries.Add(1)
			time.Sleep(patience - time.Second)
			return nil
		}))
		l := freshLetter(t)
		h.enqueue(t, l)
		h.Wake()
		time.Sleep(patience)
		synctest.Wait()
		if got := h.record(t, l.ID); tries.Load() != 1 || got.state != "delivered" {
			t.Errorf("it was tried %d times, and is %+v", tries.Load(), got)
		}
	})
}

// TestAnAttemptEndsWithTheProgram a few seconds later. What the server cannot have is due at
// the next start, as if nothing had been tried; what it may have is not.
func TestAnAttemptEndsWithTheProgram(t *testing.T) {
	for cause, want := range map[Cause]State{Passing: Queued, Unanswered: Deferred} {
		synctest.Test(t, func(t *testing.T) {
			h := newHarness(t, senderFunc(func(ctx context.Context, _ Letter) error {
				<-ctx.Done()
				return &Failure{Step: content, Cause: cause}
			}))
			h.Now = time.Now
			l := freshLetter(t)
			h.enqueue(t, l)
			ctx, stop := context.WithCancel(t.Context())
			ended := make(chan error)
			go func() { ended <- h.Run(ctx) }()
			time.Sleep(time.Minute)
			stop()
			begun := time.Now()
			if err := <-ended; err != nil || time.Since(begun) > 8*time.Second {
				t.Errorf("Run: %v after %v", err, time.Since(begun))
			}
			h.wantState(t, l.ID, want)
			if wait, err := h.untilDue(t.Context(), awaited); err != nil || (wait <= 0) != (cause == Passing) {
				t.Errorf("after an attempt that was %s it is due in %v, %v", cause, wait, err)
			}
		})
	}
}
