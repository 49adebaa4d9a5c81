//go:build e2e

package draft

import (
	"context"
	"testing"
	"time"

	"joinery/app/redistest"
)

// openBehindProxy opens a store in a Redis behind a proxy, with a clock.
func openBehindProxy(t *testing.T) (*Redis, *redistest.Proxy, *clock) {
	t.Helper()
	p, c := redistest.NewProxy(t, redistest.New(t)), newClock()
	s := openRedis(t, p.URL, c.now)
	mustSave(t, s, key, newSave(c.now(), "about", nil))
	return s, p, c
}

// mustFailAtOnce wants calls to fail without anything sent to Redis.
func mustFailAtOnce(t *testing.T, s *Redis, p *redistest.Proxy) {
	t.Helper()
	before, begun := p.Asked(), time.Now()
	for range 10 {
		_, err := s.Load(t.Context(), idOf(key))
		wantDiscreet(t, "Load", err)
		_, err = s.Save(t.Context(), idOf(key), newSave(time.Now(), "about", nil))
		wantDiscreet(t, "Save", err)
		wantDiscreet(t, "Ping", s.Ping(t.Context()))
	}
	if took := time.Since(begun); took > time.Second/2 || p.Asked() != before {
		t.Errorf("30 calls took %v and asked Redis %d times, want neither time nor traffic", took, p.Asked()-before)
	}
}

// fail makes so many calls, which must fail.
func fail(t *testing.T, s *Redis, calls int) {
	t.Helper()
	for range calls {
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		_, err := s.Load(ctx, idOf(key))
		cancel()
		wantDiscreet(t, "Load", err)
	}
}

func TestARedisThatDoesNotAnswerIsNotAskedForASecond(t *testing.T) {
	for name, fault := range map[string]redistest.Fault{"a black hole": redistest.BlackHole, "a reset": redistest.Reset} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, p, c := openBehindProxy(t)
			p.Set(fault)
			fail(t, s, circuitFailures)
			mustFailAtOnce(t, s, p)
			c.pass(circuitPause)
			before := p.Asked()
			fail(t, s, 1)
			if p.Asked() == before {
				t.Error("after a second Redis is not asked")
			}
			mustFailAtOnce(t, s, p)
			p.Set(redistest.None)
			c.pass(circuitPause)
			mustLoad(t, s, key)
			mustSave(t, s, key, newSave(c.now(), "about", nil))
		})
	}
}

func TestOneCallAtATimeTriesWhetherRedisIsBack(t *testing.T) {
	c := newClock()
	k := &circuit{now: c.now, failures: circuitFailures, failedAt: c.now()}
	c.pass(circuitPause)
	inner := 0
	err := k.do(t.Context(), func(context.Context) error {
		for range 5 {
			k.do(t.Context(), func(context.Context) error { inner++; return nil }) //nolint:errcheck // it is counted
		}
		return nil
	})
	if err != nil || inner != 0 {
		t.Errorf("beside the one call that tries there were %d (%v)", inner, err)
	}
	if err := k.do(t.Context(), func(context.Context) error { return nil }); err != nil {
		t.Errorf("after an answer: %v", err)
	}
}

// TestAClockThatWasPutBackDoesNotKeepTheCircuitOpen for an hour.
func TestAClockThatWasPutBackDoesNotKeepTheCircuitOpen(t *testing.T) {
	s, p, c := openBehindProxy(t)
	p.Set(redistest.Reset)
	fail(t, s, circuitFailures)
	p.Set(redistest.None)
	c.pass(-time.Hour)
	mustLoad(t, s, key)
}

// TestWhatRedisRefusesLeavesTheCircuitClosed as does a browser that has gone.
func TestWhatRedisRefusesLeavesTheCircuitClosed(t *testing.T) {
	s, p, _ := openBehindProxy(t)
	p.Set(redistest.Loading)
	fail(t, s, 2*circuitFailures)
	p.Set(redistest.None)
	mustLoad(t, s, key)
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	for range 2 * circuitFailures {
		_, err := s.Load(gone, idOf(key))
		wantDiscreet(t, "Load", err)
	}
	mustLoad(t, s, key)
}

// TestASlowConnectionAnswersAllTheSame at a kilobyte in a second.
func TestASlowConnectionAnswersAllTheSame(t *testing.T) {
	s, p, c := openBehindProxy(t)
	p.Set(redistest.Trickle)
	mustLoad(t, s, key)
	p.Set(redistest.Slow)
	begun := time.Now()
	_, err := s.Save(t.Context(), idOf(key), newSave(c.now(), "about", nil))
	wantDiscreet(t, "Save", err)
	if took := time.Since(begun); took > patience+time.Second/2 {
		t.Errorf("a slow Redis takes %v to fail", took)
	}
}
