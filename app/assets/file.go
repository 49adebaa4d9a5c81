package assets

import (
	"net/http"
	"path"
)

// A File is a static file, compressed in advance.
type File struct {
	contentType, cacheControl string
	variants                  []variant // preferred first; the last one is the identity
}

// identity is the content coding of a file that is not compressed.
const identity = "identity"

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
	f := &File{contentType: contentTypes[ext], cacheControl: cacheControl}
	if cacheControl != noStore && len(body) > minCompressSize && ext != ".png" && ext != ".ico" { // those two contain compressed data
		f.variants = compressed(body)
	}
	f.variants = append(f.variants, newVariant(identity, body))
	return f
}

// A Response is the answer to a request for a file.
type Response struct {
	Status int
	Header http.Header
	Body   []byte
}

// Respond answers a GET or HEAD request with the headers Accept-Encoding and
// If-None-Match. The Body is that of GET.
func (f *File) Respond(acceptEncoding, ifNoneMatch string) Response {
	v := f.choose(acceptEncoding)
	header := f.header(v)
	if ifNoneMatchNames(ifNoneMatch, v.etag) {
		return Response{http.StatusNotModified, header, nil}
	}
	header.Set("Content-Type", f.contentType)
	if v.coding != identity {
		header.Set("Content-Encoding", v.coding)
	}
	return Response{http.StatusOK, header, v.body}
}

// choose returns the variant of the greatest weight, the first of several. A
// request that accepts none is sent the identity, which every browser understands.
func (f *File) choose(acceptEncoding string) variant {
	q := parseAcceptEncoding(acceptEncoding)
	best, weight := f.variants[len(f.variants)-1], 0.0
	for _, v := range f.variants {
		if w := q.of(v.coding); w > weight {
			best, weight = v, w
		}
	}
	return best
}

// header returns the headers of every response with v, also of one without its
// body.
func (f *File) header(v variant) http.Header {
	header := make(http.Header)
	header.Set("Cache-Control", f.cacheControl)
	header.Set("ETag", v.etag)
	header.Set("Vary", "Accept-Encoding")
	header.Set("X-Content-Type-Options", "nosniff")
	if f.contentType == contentTypes[".svg"] {
		header.Set("Content-Security-Policy", svgPolicy)
	}
	return header
}
