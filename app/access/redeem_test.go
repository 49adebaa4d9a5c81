package access

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func TestAdmit(t *testing.T) {
	t.Parallel()
	type try struct {
		press string
		after time.Duration
		want  bool
	}
	tests := []struct {
		name  string
		tries []try
	}{
		{"once", []try{{"p1", 0, true}, {"p2", 0, false}}},
		{"again with the press that used it up", []try{{"p1", 0, true}, {"p2", 0, false}, {"p1", time.Minute, true}}},
		{"until it expires", []try{{"p1", time.Hour - time.Second, true}, {"p1", time.Hour, false}}},
		{"not when it has expired", []try{{"p1", time.Hour, false}, {"p1", time.Hour + time.Second, false}}},
		{"not without a press", []try{{"", 0, false}, {"p1", 0, true}, {"", 0, false}}},
	}
	for _, tt := range tests {
		for _, kind := range []Kind{ByLink, ByHandoff} {
			t.Run(fmt.Sprint(tt.name, ", ", kind), func(t *testing.T) {
				t.Parallel()
				b := newBench(t)
				b.begin(t, "d1", "h1")
				w := b.open(t, kind, "d1")
				for i, try := range tt.tries {
					holder, draft := fmt.Sprint("new ", i), ""
					if ok, err := b.Redeem(t.Context(), w.Digest, try.press, holder, noon.Add(try.after)); err != nil || ok != try.want {
						t.Errorf("try %d: Admit = %v, %v, want %v", i, ok, err, try.want)
					}
					if try.want {
						draft, w.UsedBy = "d1", try.press
					}
					b.wantHeld(t, holder, draft)
					b.wantWay(t, w, true)
				}
				b.wantHeld(t, "h1", "d1")
			})
		}
	}
}

func TestAWayThatNeverWasAdmitsNobody(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.begin(t, "d1", "h1")
	b.open(t, ByLink, "d1")
	for _, secret := range []string{"", "made up", "d1"} {
		if ok, err := b.Redeem(t.Context(), secret, "p1", "h2", noon); err != nil || ok {
			t.Errorf("Admit with %q = %v, %v, want false", secret, ok, err)
		}
	}
	b.wantHeld(t, "h2", "")
}

func TestOfManyPressesAtTheSameTimeOneIsLetIn(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.begin(t, "d1", "h1")
	w := b.open(t, ByLink, "d1")
	in := b.admitted(t, 50, func(i int) (press, holder string) { return fmt.Sprint("p", i), fmt.Sprint("new ", i) }, w)
	if in != 1 {
		t.Errorf("%d were let in, want 1", in)
	}
	b.wantCount(t, "sessions", 2)
}

func TestAPageThatIsPressedTwiceLetsInTwice(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.begin(t, "d1", "h1")
	w := b.open(t, ByHandoff, "d1")
	in := b.admitted(t, 2, func(i int) (press, holder string) { return "p1", fmt.Sprint("new ", i) }, w)
	if in != 2 {
		t.Errorf("%d were let in, want 2", in)
	}
	b.wantHeld(t, "new 0", "d1")
	b.wantHeld(t, "new 1", "d1")
}

func TestPressingOnAndOnMakesNoMoreHoldersThanThereMayBe(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.begin(t, "d1", "h1")
	w := b.open(t, ByLink, "d1")
	in := b.admitted(t, 2*maxSessions, func(i int) (press, holder string) { return "p1", fmt.Sprint("new ", i) }, w)
	if in != 2*maxSessions {
		t.Errorf("%d were let in, want %d", in, 2*maxSessions)
	}
	b.wantCount(t, "sessions", maxSessions)
}

// admitted has n browsers use w at the same time, and returns how many it let
// in.
func (b *bench) admitted(t *testing.T, n int, who func(i int) (press, holder string), w Grant) int {
	var all sync.WaitGroup
	var in atomic.Int32
	for i := range n {
		all.Go(func() {
			press, holder := who(i)
			ok, err := b.Redeem(t.Context(), w.Digest, press, holder, noon)
			if err != nil {
				t.Errorf("Admit: %v", err)
			}
			if ok {
				in.Add(1)
			}
		})
	}
	all.Wait()
	return int(in.Load())
}
