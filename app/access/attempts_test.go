package access

import (
	"sync"
	"testing"
	"time"
)

func TestMissesCountUntilTheLastIsLongAgo(t *testing.T) {
	t.Parallel()
	b := newBench(t)
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
		if n, before, err := b.CountAttempt(t.Context(), "who", now); err != nil || n != step.n || !before.Equal(step.before) {
			t.Errorf("step %d: Miss = %d, %s, %v, want %d, %s", i, n, before, err, step.n, step.before)
		}
	}
	b.wantMisses(t, "another", noon, 0, none)
}

func TestMissesAtTheSameTimeAllCount(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	seen := make([]int, 51)
	var all sync.WaitGroup
	var lock sync.Mutex
	for range 50 {
		all.Go(func() {
			n, _, err := b.CountAttempt(t.Context(), "who", noon)
			if err != nil {
				t.Errorf("Miss: %v", err)
			}
			lock.Lock()
			defer lock.Unlock()
			seen[n]++
		})
	}
	all.Wait()
	b.wantMisses(t, "who", noon, 50, noon)
	for n, times := range seen[1:] {
		if times != 1 {
			t.Errorf("%d calls were told that they are number %d, want 1", times, n+1)
		}
	}
}

func TestAPardonedMissCountsNoLonger(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.miss(t, "another", noon)
	b.miss(t, "who", noon)
	b.miss(t, "who", noon.Add(time.Minute))
	fine(t, b.RefundAttempt(t.Context(), "who"))
	b.wantMisses(t, "who", noon, 1, noon)
	fine(t, b.RefundAttempt(t.Context(), "who"))
	fine(t, b.RefundAttempt(t.Context(), "who"))
	if n, before, err := b.CountAttempt(t.Context(), "who", noon); err != nil || n != 1 || !before.IsZero() {
		t.Errorf("with all pardoned Miss = %d, %s, %v, want the first", n, before, err)
	}
	b.wantMisses(t, "another", noon, 1, noon)
}

func TestSweepKeepsTheMissesThatCount(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.miss(t, "long-ago", noon)
	b.miss(t, "of-late", noon.Add(time.Second))
	fine(t, b.SweepAttempts(t.Context(), noon.Add(attemptWindow+time.Second)))
	b.wantCount(t, "attempts", 1)
	b.wantMisses(t, "of-late", noon.Add(time.Second), 1, noon.Add(time.Second))
	b.wantNoTrace(t, "long-ago")
}

func (b *bench) miss(t *testing.T, who string, now time.Time) {
	t.Helper()
	if _, _, err := b.CountAttempt(t.Context(), who, now); err != nil {
		t.Fatal(err)
	}
}

// wantMisses wants the next wrong try of who to be one more than so many, the
// last of them then, and takes it back.
func (b *bench) wantMisses(t *testing.T, who string, now time.Time, want int, wantLast time.Time) {
	t.Helper()
	n, last, err := b.CountAttempt(t.Context(), who, now)
	if err != nil || n != want+1 || !last.Equal(wantLast) {
		t.Errorf("the next miss of %s is %d, after %s, %v, want %d, after %s", who, n, last, err, want+1, wantLast)
	}
	fine(t, b.RefundAttempt(t.Context(), who))
}
