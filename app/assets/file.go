package assets

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"path"
)

// A File is one file that browsers keep, compressed once.
type File struct {
	kind, tag, cached string
	raw, gzip, brot   []byte // without gain: nil
}

// How long a browser keeps a file: what has its content in its name never
// changes.
const (
	forGood = "public, max-age=31536000, immutable"
	forADay = "public, max-age=86400"
	forOnce = "no-store"
)

// kinds are the types of files by the ending of their names. Those that Go
// knows depend on the system.
var kinds = map[string]string{
	".ico":         "image/x-icon",
	".js":          "text/javascript; charset=utf-8",
	".png":         "image/png",
	".svg":         "image/svg+xml",
	".txt":         "text/plain; charset=utf-8",
	".webmanifest": "application/manifest+json",
	".xml":         "application/xml; charset=utf-8",
}

func newFile(url, cached string, raw []byte) *File {
	sum := sha256.Sum256(raw)
	file := &File{kind: kinds[path.Ext(url)], tag: `"` + hex.EncodeToString(sum[:6]) + `"`, cached: cached, raw: raw}
	if ext := path.Ext(url); cached != forOnce && len(raw) > onePacket && ext != ".png" && ext != ".ico" { // they are compressed already
		file.gzip, file.brot = compressed(raw, gzipTo), compressed(raw, brotliTo)
	}
	return file
}

// A Response is what is answered to a request for a file.
type Response struct {
	Status int
	Header http.Header
	Body   []byte
}

// Respond answers a browser that has the file with the tag ifNoneMatch.
func (f *File) Respond(accepts func(encoding string) bool, ifNoneMatch string) Response {
	header := make(http.Header)
	header.Set("Cache-Control", f.cached)
	header.Set("ETag", f.tag)
	header.Set("Content-Type", f.kind)
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Vary", "Accept-Encoding")
	if f.kind == kinds[".svg"] { // opened by itself it is a document, which could do more than a picture
		header.Set("Content-Security-Policy", "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; sandbox")
	}
	switch {
	case ifNoneMatch == f.tag:
		return Response{http.StatusNotModified, header, nil}
	case f.brot != nil && accepts("br"):
		header.Set("Content-Encoding", "br")
		return Response{http.StatusOK, header, f.brot}
	case f.gzip != nil && accepts("gzip"):
		header.Set("Content-Encoding", "gzip")
		return Response{http.StatusOK, header, f.gzip}
	}
	return Response{http.StatusOK, header, f.raw}
}
