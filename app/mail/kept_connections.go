package mail

import (
	"context"
	"slices"
	"sync"
	"time"
)

// maxLetters is how many letters go through one connection: many servers close it after
// some number.
const maxLetters = 20

// connection returns a connection that was kept and is ready for another letter, or a new
// one.
func (s *SMTP) connection(ctx context.Context) (*connection, error) {
	for c := s.takeKept(); c != nil; c = s.takeKept() {
		if c.step(c.limits.again, c.client.Reset) == nil {
			return c, nil
		}
		c.wire.Close() // the server has closed it meanwhile, and those that were used before it
		for _, c := range s.takeAllKept() {
			c.wire.Close()
		}
	}
	return s.dial(ctx)
}

// keep keeps c for the next letter, unless the server has closed it, or will soon.
func (s *SMTP) keep(c *connection, failure *Failure) {
	switch {
	case failure != nil && (failure.Code == 0 || failure.Code == 421):
		c.wire.Close()
		return
	case c.letters >= maxLetters:
		go c.quit(c.limits.again)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	c.expiry = time.AfterFunc(c.limits.idle, func() { s.expire(c) })
	s.kept = append(s.kept, c)
}

// takeKept takes the connection that was used last, or nil.
func (s *SMTP) takeKept() (c *connection) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if last := len(s.kept) - 1; last >= 0 {
		c, s.kept = s.kept[last], s.kept[:last]
		c.expiry.Stop()
	}
	return c
}

// expire closes c if it is still kept.
func (s *SMTP) expire(c *connection) {
	s.mu.Lock()
	at := slices.Index(s.kept, c)
	if at >= 0 {
		s.kept = slices.Delete(s.kept, at, at+1)
	}
	s.mu.Unlock()
	if at >= 0 {
		c.quit(c.limits.again)
	}
}

// takeAllKept takes all connections that are kept.
func (s *SMTP) takeAllKept() (all []*connection) {
	for c := s.takeKept(); c != nil; c = s.takeKept() {
		all = append(all, c)
	}
	return all
}

// Close says good-bye on the connections that are kept, on all at once and for a second
// at most: the program is about to end. No letter must be under way.
func (s *SMTP) Close() error {
	var all sync.WaitGroup
	for _, c := range s.takeAllKept() {
		all.Go(func() { c.quit(c.limits.closing) })
	}
	all.Wait()
	return nil
}
