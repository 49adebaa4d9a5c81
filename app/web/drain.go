package web

import (
	"github.com/valyala/fasthttp"
)

// Drain prepares the end of the site. From then on each answer ends its connection, so
// that no request comes on one that Shutdown closes, and /readyz says that the site is
// not ready, so that a load balancer turns to another. The site still takes requests.
func (s *Server) Drain() { s.draining.Store(true) }

// endConnections wraps a handler: while the site drains, each answer ends its connection.
func (s *Server) endConnections(handle fasthttp.RequestHandler) fasthttp.RequestHandler {
	return func(c *fasthttp.RequestCtx) {
		handle(c)
		if s.draining.Load() {
			c.Response.SetConnectionClose()
		}
	}
}
