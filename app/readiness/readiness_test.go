package readiness

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

var noon = time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC)

// A trial counts the tries, which all end with err.
type trial struct {
	tries int
	err   error
}

func (tr *trial) try(context.Context) error { tr.tries++; return tr.err }

func TestAResultCountsForASecond(t *testing.T) {
	var p Probe
	var tr trial
	broken := errors.New("broken")
	for _, step := range []struct {
		after time.Duration // of noon
		state error
		want  error
		tries int
	}{
		{0, nil, nil, 1},
		{999 * time.Millisecond, broken, nil, 1},
		{time.Second, broken, broken, 2},
		{1999 * time.Millisecond, nil, broken, 2},
		{2 * time.Second, nil, nil, 3},
		{-time.Hour, broken, broken, 4}, // the clock was put back
		{-time.Hour, nil, broken, 4},
	} {
		tr.err = step.state
		if err := p.Check(t.Context(), noon.Add(step.after), tr.try); err != step.want || tr.tries != step.tries {
			t.Errorf("after %v: %v and %d tries, want %v and %d", step.after, err, tr.tries, step.want, step.tries)
		}
	}
}

func TestOfManyAtTheSameTimeOneTries(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var p Probe
		var all sync.WaitGroup
		tries, broken := 0, errors.New("broken")
		for range 100 {
			all.Go(func() {
				err := p.Check(t.Context(), time.Now(), func(context.Context) error {
					tries++
					time.Sleep(3 * time.Second)
					return broken
				})
				if err != broken {
					t.Errorf("Check: %v, want what the try ended with", err)
				}
			})
			time.Sleep(10 * time.Millisecond)
		}
		all.Wait()
		if tries != 1 {
			t.Errorf("there were %d tries, want 1", tries)
		}
	})
}

// TestATryThatHangsDelaysNoCallerBeyondItsContext and no other try begins.
func TestATryThatHangsDelaysNoCallerBeyondItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var p Probe
		tries, end := 0, make(chan struct{})
		hang := func(ctx context.Context) error {
			tries++
			<-ctx.Done() // and does not end with it
			<-end
			return nil
		}
		for range 10 {
			ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
			begun := time.Now()
			if err := p.Check(ctx, time.Now(), hang); !errors.Is(err, context.DeadlineExceeded) || time.Since(begun) != 5*time.Second {
				t.Errorf("Check: %v after %v, want the end of its time after 5s", err, time.Since(begun))
			}
			cancel()
		}
		close(end)
		synctest.Wait()
		if err := p.Check(t.Context(), time.Now(), hang); err != nil || tries != 2 {
			t.Errorf("when it has ended: %v, and %d tries, want a second one that is well", err, tries)
		}
	})
}

// TestATryOutlivesItsCaller so that the next caller has its result.
func TestATryOutlivesItsCaller(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var p Probe
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		err := p.Check(ctx, time.Now(), func(ctx context.Context) error { time.Sleep(time.Millisecond); return ctx.Err() })
		if !errors.Is(err, context.Canceled) {
			t.Errorf("Check: %v, want it cancelled", err)
		}
		if err := p.Check(t.Context(), time.Now(), nil); err != nil {
			t.Errorf("Check: %v, want the result of the try under way", err)
		}
	})
}
