package web

import (
	"sync"
	"time"

	"github.com/valyala/fasthttp"
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
	for len(l.begun) > 0 && now.Sub(l.begun[0]) >= readTimeout {
		l.begun = l.begun[1:]
	}
	if len(l.begun) >= maxLargeBodies {
		return false
	}
	l.begun = append(l.begun, now)
	return true
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
