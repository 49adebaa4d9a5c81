package access

import (
	"sync"
	"testing"
	"time"
)

func TestAttemptsCountUntilTheLastIsLongAgo(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	var none time.Time
	for i, step := range []struct {
		after  time.Duration // of noon
		n      int
		before time.Time
	}{
		{0, 1, none},
		{time.Minute, 2, noon},
		{time.Minute, 3, noon.Add(time.Minute)},
		{11 * time.Minute, 4, noon.Add(time.Minute)},
		{21*time.Minute + time.Second, 1, none},
		{22 * time.Minute, 2, noon.Add(21*time.Minute + time.Second)},
	} {
		now := noon.Add(step.after)
		if n, before, err := h.CountAttempt(t.Context(), "client", now); err != nil || n != step.n || !before.Equal(step.before) {
			t.Errorf("step %d: CountAttempt = %d, %s, %v, want %d, %s", i, n, before, err, step.n, step.before)
		}
	}
	h.wantAttempts(t, "another", noon, 0, none)
}

func TestAttemptsAtTheSameTimeAllCount(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	seen := make([]int, 51)
	var all sync.WaitGroup
	var lock sync.Mutex
	for range 50 {
		all.Go(func() {
			n, _, err := h.CountAttempt(t.Context(), "client", noon)
			if err != nil {
				t.Errorf("CountAttempt: %v", err)
			}
			lock.Lock()
			defer lock.Unlock()
			seen[n]++
		})
	}
	all.Wait()
	h.wantAttempts(t, "client", noon, 50, noon)
	for n, times := range seen[1:] {
		if times != 1 {
			t.Errorf("%d calls were told that they are number %d, want 1", times, n+1)
		}
	}
}

func TestARefundedAttemptDoesNotCount(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.attempt(t, "another", noon)
	h.attempt(t, "client", noon)
	h.attempt(t, "client", noon.Add(time.Minute))
	fine(t, h.RefundAttempt(t.Context(), "client"))
	h.wantAttempts(t, "client", noon, 1, noon)
	fine(t, h.RefundAttempt(t.Context(), "client"))
	fine(t, h.RefundAttempt(t.Context(), "client"))
	if n, before, err := h.CountAttempt(t.Context(), "client", noon); err != nil || n != 1 || !before.IsZero() {
		t.Errorf("with all refunded CountAttempt = %d, %s, %v, want the first", n, before, err)
	}
	h.wantAttempts(t, "another", noon, 1, noon)
}

func TestSweepKeepsTheAttemptsThatCount(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.attempt(t, "long-ago", noon)
	h.attempt(t, "of-late", noon.Add(time.Second))
	fine(t, h.SweepAttempts(t.Context(), noon.Add(attemptWindow+time.Second)))
	h.wantCount(t, "attempts", 1)
	h.wantAttempts(t, "of-late", noon.Add(time.Second), 1, noon.Add(time.Second))
	h.wantNoTrace(t, "long-ago")
}

func (h *harness) attempt(t *testing.T, client string, now time.Time) {
	t.Helper()
	if _, _, err := h.CountAttempt(t.Context(), client, now); err != nil {
		t.Fatal(err)
	}
}

// wantAttempts wants a client to have so many attempts, with the last at wantLast. It
// counts one more and refunds it.
func (h *harness) wantAttempts(t *testing.T, client string, now time.Time, want int, wantLast time.Time) {
	t.Helper()
	n, last, err := h.CountAttempt(t.Context(), client, now)
	if err != nil || n != want+1 || !last.Equal(wantLast) {
		t.Errorf("the next attempt of %s is %d, after %s, %v, want %d, after %s", client, n, last, err, want+1, wantLast)
	}
	fine(t, h.RefundAttempt(t.Context(), client))
}
