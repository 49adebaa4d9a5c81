package assets

import (
	"net/http"
	"path"
)

// A File is a static file, compressed in advance.
type File struct {
	contentType, etag, cacheControl string
	identity, gzip, brotli          []byte // gzip and brotli are nil where they are not smaller
}

// The values of Cache-Control.
const (
	immutable = "public, max-age=31536000, immutable" // the URL changes with the content
	oneDay    = "public, max-age=86400"
	noStore   = "no-store" // for development
)

// contentTypes are the types of files by extension. Those of package mime depend
// on the machine.
var contentTypes = map[string]string{
	".ico":         "image/x-icon",
	".js":          "text/javascript; charset=utf-8",
	".png":         "image/png",
	".svg":         "image/svg+xml",
	".txt":         "text/plain; charset=utf-8",
	".webmanifest": "application/manifest+json",
	".xml":         "application/xml; charset=utf-8",
}

// svgPolicy applies to an SVG file that a browser opens as a document: there it
// could do more than a picture.
const svgPolicy = "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; sandbox"

func newFile(url, cacheControl string, body []byte) *File {
	ext := path.Ext(url)
	f := &File{contentType: contentTypes[ext], etag: `"` + digest(body) + `"`, cacheControl: cacheControl, identity: body}
	if cacheControl != noStore && len(body) > minCompressSize && ext != ".png" && ext != ".ico" { // those two contain compressed data
		f.gzip, f.brotli = compress(body, newGzipWriter), compress(body, newBrotliWriter)
	}
	return f
}

// A Response is the answer to a request for a file.
type Response struct {
	Status int
	Header http.Header
	Body   []byte
}

// Respond answers a request with the header If-None-Match.
func (f *File) Respond(accepts func(coding string) bool, ifNoneMatch string) Response {
	header := make(http.Header)
	header.Set("Cache-Control", f.cacheControl)
	header.Set("ETag", f.etag)
	header.Set("Content-Type", f.contentType)
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Vary", "Accept-Encoding")
	if f.contentType == contentTypes[".svg"] {
		header.Set("Content-Security-Policy", svgPolicy)
	}
	switch {
	case ifNoneMatch == f.etag:
		return Response{http.StatusNotModified, header, nil}
	case f.brotli != nil && accepts("br"):
		header.Set("Content-Encoding", "br")
		return Response{http.StatusOK, header, f.brotli}
	case f.gzip != nil && accepts("gzip"):
		header.Set("Content-Encoding", "gzip")
		return Response{http.StatusOK, header, f.gzip}
	}
	return Response{http.StatusOK, header, f.identity}
}
