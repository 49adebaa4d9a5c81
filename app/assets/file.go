package assets

import "path"

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
	".woff2":       "font/woff2",
	".xml":         "application/xml; charset=utf-8",
}

// svgPolicy applies to an SVG file that a browser opens as a document: there it
// could do more than a picture.
const svgPolicy = "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; sandbox"

func newFile(url, cacheControl string, body []byte) *File {
	ext := path.Ext(url)
	f := &File{contentType: contentTypes[ext], cacheControl: cacheControl}
	if cacheControl != noStore && compressible(ext, len(body)) {
		f.variants = compressed(body)
	}
	f.variants = append(f.variants, newVariant(identity, body))
	return f
}
