package web

import (
	"compress/gzip"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// brotliLevel is the level at which brotli compresses each response. Level 5 takes half
// a millisecond for a page. Level 10 would save another tenth and take twenty times as
// long: requests for pages alone could then exhaust the site.
const brotliLevel = 5

var compressAnswer = fasthttp.CompressHandlerBrotliLevel(func(*fasthttp.RequestCtx) {}, brotliLevel, gzip.DefaultCompression)

// compress compresses every response, also an error page. A response with an ETag stays
// as it is, because the ETag identifies its bytes.
func compress(c *fiber.Ctx) error {
	if err := c.Next(); err != nil {
		return err
	}
	if len(c.Response().Header.Peek(fiber.HeaderETag)) > 0 {
		return nil
	}
	compressAnswer(c.Context())
	return nil
}
