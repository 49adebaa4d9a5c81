package assets

import "net/http"

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
