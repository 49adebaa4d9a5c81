package web

import (
	"bytes"

	"github.com/valyala/fasthttp"
)

// refuseAmbiguous wraps a handler. It refuses requests that fasthttp reads in one way and
// a proxy in front may read in another, and ends their connection, so that nothing after
// them is taken for a request.
func refuseAmbiguous(handle fasthttp.RequestHandler) fasthttp.RequestHandler {
	return func(c *fasthttp.RequestCtx) {
		if isAmbiguous(&c.Request.Header) {
			c.Error(fasthttp.StatusMessage(fasthttp.StatusBadRequest), fasthttp.StatusBadRequest)
			c.SetConnectionClose()
			return
		}
		handle(c)
	}
}

// isAmbiguous reports whether a request names its host in the path too, or has a header
// that continues on the next line, a name of a header with a space in it, or a Host that
// is more than a name and a port. No browser sends such a request.
func isAmbiguous(h *fasthttp.RequestHeader) bool {
	if !bytes.HasPrefix(h.RequestURI(), []byte("/")) {
		return true
	}
	for line := range bytes.Lines(h.RawHeaders()) {
		name, _, _ := bytes.Cut(line, []byte(":"))
		if bytes.ContainsAny(bytes.TrimRight(name, "\r\n"), " \t") {
			return true
		}
	}
	return bytes.ContainsAny(h.Host(), "@,/\\?#%<>\"'")
}
