// Package readiness limits how often the program tries out what it needs. A try
// may write to a disk, and any number of callers may ask.
package readiness

import (
	"context"
	"sync"
	"time"
)

// How long a result counts, and how long a try may take.
const (
	freshness = time.Second
	patience  = 4 * time.Second
)

// A Probe tries one thing. It may be used concurrently; the zero Probe is ready
// for use.
type Probe struct {
	mu   sync.Mutex
	last *attempt
}

// An attempt is one try, under way or done.
type attempt struct {
	begun time.Time
	done  chan struct{}
	err   error // once done is closed
}

// Check returns the result of try, or the result of an earlier try that is under
// way or began less than a second before now. When ctx ends first, Check returns
// an error, and the try goes on for the next caller. No try begins before the one
// under way has ended.
func (p *Probe) Check(ctx context.Context, now time.Time, try func(context.Context) error) error {
	a := p.attempt(ctx, now, try)
	select {
	case <-a.done:
		return a.err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// attempt returns the attempt that answers a call at now, which it begins if
// there is none.
func (p *Probe) attempt(ctx context.Context, now time.Time, try func(context.Context) error) *attempt {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.last == nil || !p.last.answers(now) {
		p.last = &attempt{begun: now, done: make(chan struct{})}
		go p.last.run(context.WithoutCancel(ctx), try)
	}
	return p.last
}

// answers reports whether a is under way or fresh at now. A clock that was put
// back makes it neither fresh nor old.
func (a *attempt) answers(now time.Time) bool {
	select {
	case <-a.done:
		age := now.Sub(a.begun)
		return age >= 0 && age < freshness
	default:
		return true
	}
}

func (a *attempt) run(ctx context.Context, try func(context.Context) error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	defer close(a.done)
	a.err = try(ctx)
}
