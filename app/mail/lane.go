package mail

import (
	"context"
	"sync"
	"time"
)

// A lane attends to the letters up to some priority, usually to one at a time. A server that
// takes minutes for a letter must not hold up the next: after a while the turn goes to
// another worker, until all workers of the lane have a conversation.
type lane struct {
	last priority
	wake chan struct{}
	turn chan struct{} // has one entry, which the worker takes that looks for a letter
}

const (
	workers  = 4                // of a lane
	longTalk = 10 * time.Second // after which the next worker has its turn
)

// opened makes the lanes at the first call, and returns their indices.
func (q *Queue) opened() [len(reach)]priority {
	q.once.Do(func() {
		for i := range q.lanes {
			q.lanes[i] = lane{reach[i], make(chan struct{}, 1), make(chan struct{}, 1)}
			q.lanes[i].turn <- struct{}{}
		}
	})
	return reach
}

// work delivers one letter after the other. While no letter of its lane is due, it writes
// nothing and waits for the time of the next, or for Wake.
func (q *Queue) work(ctx context.Context, l *lane) {
	for ctx.Err() == nil {
		select {
		case <-ctx.Done():
		case <-l.turn:
			q.takeTurn(ctx, l)
		}
	}
}

// takeTurn attends to one letter, or waits for one, and passes the turn on.
func (q *Queue) takeTurn(ctx context.Context, l *lane) {
	pass := sync.OnceFunc(func() { l.turn <- struct{}{} })
	defer pass()
	talk := time.AfterFunc(longTalk, pass)
	wait, err := q.step(ctx, l.last)
	talk.Stop()
	if err != nil && ctx.Err() == nil {
		q.Log.Error("mail queue", "err", err)
		wait = faultDelay
	}
	if wait <= 0 {
		return
	}
	select {
	case <-ctx.Done():
	case <-l.wake:
	case <-time.After(wait):
	}
}

// step tries to send a letter that is due, or returns how long to wait for one.
func (q *Queue) step(ctx context.Context, last priority) (wait time.Duration, err error) {
	if wait, err = q.untilDue(ctx, last); err != nil || wait > 0 {
		return wait, err
	}
	_, err = q.deliver(ctx, last)
	return 0, err
}
