package draft

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
)

// The limits of a circuit.
const (
	circuitFailures = 3           // in a row open it
	circuitPause    = time.Second // until it lets a call through again
)

// errCircuitOpen is the error of a call that was not sent.
var errCircuitOpen = errors.New("no answer from Redis lately: it is asked again within a second")

// A circuit is a hook that lets calls fail at once while Redis does not answer: requests
// do not wait, and connections do not pile up. Three failures in a row open it. From a second
// later it sends one call at a time, until one is answered. A refusal is an answer.
type circuit struct {
	now func() time.Time

	mu       sync.Mutex
	failures int       // in a row
	failedAt time.Time // the last of them
	trying   bool      // the one call is under way
}

// admitted marks the context of a call that is sent. The client opens a connection by
// calls of its own within it.
type admitted struct{}

// do sends a call unless the circuit is open, and notes whether Redis answered.
func (c *circuit) do(ctx context.Context, send func(context.Context) error) error {
	if ctx.Value(admitted{}) != nil {
		return send(ctx)
	}
	if !c.admit() {
		return errCircuitOpen
	}
	err := send(context.WithValue(ctx, admitted{}, true))
	c.note(ctx, err)
	return err
}

// admit reports whether a call may be sent.
func (c *circuit) admit() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.failures < circuitFailures {
		return true
	}
	age := c.now().Sub(c.failedAt)
	if c.trying || 0 <= age && age < circuitPause { // a clock that was put back opens nothing for longer
		return false
	}
	c.trying = true
	return true
}

// note counts a failure, or closes the circuit. The end of a request whose browser has
// gone says nothing of Redis.
func (c *circuit) note(ctx context.Context, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.trying = false
	refusal := redis.Error(nil)
	switch {
	case err == nil, errors.As(err, &refusal):
		c.failures = 0
	case errors.Is(ctx.Err(), context.Canceled):
	default:
		c.failures++
		c.failedAt = c.now()
	}
}

// DialHook changes nothing.
func (*circuit) DialHook(next redis.DialHook) redis.DialHook { return next }

// ProcessHook sends one command through the circuit.
func (c *circuit) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		err := c.do(ctx, func(ctx context.Context) error { return next(ctx, cmd) })
		if err == errCircuitOpen { //nolint:errorlint // it is ours, and of this call
			cmd.SetErr(err)
		}
		return err
	}
}

// ProcessPipelineHook sends several commands through the circuit.
func (c *circuit) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []redis.Cmder) error {
		err := c.do(ctx, func(ctx context.Context) error { return next(ctx, cmds) })
		for _, cmd := range cmds {
			if err == errCircuitOpen { //nolint:errorlint // it is ours, and of this call
				cmd.SetErr(err)
			}
		}
		return err
	}
}
