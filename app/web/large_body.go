package web

import (
	"errors"
	"strconv"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"joinery/app/token"
)

// largeBodies limits how many bodies the site reads that are larger than any form of its
// own. fasthttp takes the memory for a body as soon as its length is known, and a client
// that sends slowly keeps it for readTimeout.
type largeBodies struct {
	lock  sync.Mutex
	begun []time.Time // when those of the last readTimeout began
}

// maxLargeBodies is how many large bodies begin within readTimeout.
const maxLargeBodies = 64

// begin reports whether one more large body may be read, and counts it then.
func (l *largeBodies) begin(now time.Time) bool {
	l.lock.Lock()
	defer l.lock.Unlock()
	if l.full(now) {
		return false
	}
	l.begun = append(l.begun, now)
	return true
}

// full is tooMany with the lock held.
func (l *largeBodies) full(now time.Time) bool {
	for len(l.begun) > 0 && now.Sub(l.begun[0]) >= readTimeout {
		l.begun = l.begun[1:]
	}
	return len(l.begun) >= maxLargeBodies
}

// tooMany reports whether no more large body may begin.
func (l *largeBodies) tooMany(now time.Time) bool {
	l.lock.Lock()
	defer l.lock.Unlock()
	return l.full(now)
}

// limitLargeBody refuses a large body before it is read if too many are. A body without a
// length may become large.
func (s *Server) limitLargeBody(h *fasthttp.RequestHeader) (c fasthttp.RequestConfig) {
	size := h.ContentLength()
	if large := size > maxFormSize || size == -1; large && !s.large.begin(time.Now()) {
		c.MaxRequestBodySize = maxFormSize
	}
	return c
}

// refuseBriefly wraps a handler of requests that cannot be read. A large body too many is
// answered by a line of text: rendering a page for each would cost more than the attack
// itself. It is counted, and not logged.
func (s *Server) refuseBriefly(handle func(*fasthttp.RequestCtx, error)) func(*fasthttp.RequestCtx, error) {
	return func(c *fasthttp.RequestCtx, err error) {
		if !errors.Is(err, fasthttp.ErrBodyTooLarge) || !s.large.tooMany(time.Now()) {
			handle(c, err)
			return
		}
		const status = fasthttp.StatusRequestEntityTooLarge
		c.Error(fasthttp.StatusMessage(status), status)
		for name, value := range map[string]string{
			fasthttp.HeaderRetryAfter:          strconv.Itoa(int(readTimeout.Seconds())),
			fasthttp.HeaderXContentTypeOptions: "nosniff",
			fiber.HeaderXRequestID:             token.NewCode(requestIDLength),
		} {
			c.Response.Header.Set(name, value)
		}
		if s.Count != nil {
			s.Count(string(c.Method()), "", status, 0)
		}
	}
}
