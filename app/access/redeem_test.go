package access

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func TestRedeem(t *testing.T) {
	t.Parallel()
	type try struct {
		submission string
		after      time.Duration
		want       bool
	}
	tests := []struct {
		name  string
		tries []try
	}{
		{"once", []try{{"p1", 0, true}, {"p2", 0, false}}},
		{"again with the submission that used it", []try{{"p1", 0, true}, {"p2", 0, false}, {"p1", time.Minute, true}}},
		{"until it expires", []try{{"p1", time.Hour - time.Second, true}, {"p1", time.Hour, false}}},
		{"not when it has expired", []try{{"p1", time.Hour, false}, {"p1", time.Hour + time.Second, false}}},
		{"not without a submission", []try{{"", 0, false}, {"p1", 0, true}, {"", 0, false}}},
	}
	for _, tt := range tests {
		for _, kind := range []Kind{ByLink, ByHandoff} {
			t.Run(fmt.Sprint(tt.name, ", ", kind), func(t *testing.T) {
				t.Parallel()
				h := newHarness(t)
				h.begin(t, "d1", "h1")
				g := h.grant(t, kind, "d1")
				for i, try := range tt.tries {
					session, draft := fmt.Sprint("new ", i), ""
					if ok, _, err := h.Redeem(t.Context(), g.Digest, try.submission, session, noon.Add(try.after)); err != nil || ok != try.want {
						t.Errorf("try %d: Redeem = %v, %v, want %v", i, ok, err, try.want)
					}
					if try.want {
						draft, g.UsedBy = "d1", try.submission
					}
					h.wantSession(t, session, draft)
					h.wantGrant(t, g, true)
				}
			})
		}
	}
}

func TestAnUnknownGrantLetsNoBrowserIn(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.begin(t, "d1", "h1")
	h.grant(t, ByLink, "d1")
	for _, secret := range []string{"", "made up", "d1"} {
		if ok, _, err := h.Redeem(t.Context(), secret, "p1", "h2", noon); err != nil || ok {
			t.Errorf("Redeem with %q = %v, %v, want false", secret, ok, err)
		}
	}
	h.wantSession(t, "h2", "")
}

func TestOfManySubmissionsAtTheSameTimeOneIsLetIn(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.begin(t, "d1", "h1")
	g := h.grant(t, ByLink, "d1")
	in := h.redeemed(t, 50, func(i int) (submission, session string) { return fmt.Sprint("p", i), fmt.Sprint("new ", i) }, g)
	if in != 1 {
		t.Errorf("%d were let in, want 1", in)
	}
	h.wantCount(t, "sessions", 2)
}

func TestOneSubmissionSentTwiceIsLetInTwice(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.begin(t, "d1", "h1")
	g := h.grant(t, ByHandoff, "d1")
	in := h.redeemed(t, 2, func(i int) (submission, session string) { return "p1", fmt.Sprint("new ", i) }, g)
	if in != 2 {
		t.Errorf("%d were let in, want 2", in)
	}
	h.wantSession(t, "new 0", "d1")
	h.wantSession(t, "new 1", "d1")
}

func TestOneSubmissionSentOftenMakesNoMoreThanMaxSessions(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.begin(t, "d1", "h1")
	g := h.grant(t, ByLink, "d1")
	in := h.redeemed(t, 2*maxSessions, func(i int) (submission, session string) { return "p1", fmt.Sprint("new ", i) }, g)
	if in != 2*maxSessions {
		t.Errorf("%d were let in, want %d", in, 2*maxSessions)
	}
	h.wantCount(t, "sessions", maxSessions)
}

// redeemed has n browsers use g at the same time, and returns how many it let in.
func (h *harness) redeemed(t *testing.T, n int, client func(i int) (submission, session string), g Grant) int {
	var all sync.WaitGroup
	var in atomic.Int32
	for i := range n {
		all.Go(func() {
			submission, session := client(i)
			ok, _, err := h.Redeem(t.Context(), g.Digest, submission, session, noon)
			if err != nil {
				t.Errorf("Redeem: %v", err)
			}
			if ok {
				in.Add(1)
			}
		})
	}
	all.Wait()
	return int(in.Load())
}
