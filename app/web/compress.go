package web

import (
	"compress/gzip"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// brotliLevel is how hard brotli works on what is made anew for each request. 5
// takes half a millisecond for a page. 10 would save another tenth, and take twenty
// times as long: by asking for pages alone, a stranger could keep the site busy.
const brotliLevel = 5

var compressAnswer = fasthttp.CompressHandlerBrotliLevel(func(*fasthttp.RequestCtx) {}, brotliLevel, gzip.DefaultCompression)

// compress compresses whatever is answered, also what says that something went
// wrong. A response with an ETag stays as it is: the ETag names these very bytes.
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
