// Package assets holds what browsers keep and what stands in pages: files under
// names with digests, and styles that the policy for content allows.
package assets

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strings"

	"github.com/andybalholm/brotli"
)

// ErrNotFound reports a URL at which no file is served.
var ErrNotFound = errors.New("assets: not found")

// A File is one file that browsers keep, compressed once.
type File struct {
	kind, tag, cached string
	raw, gzip, brot   []byte // without gain: nil
}

// A Store holds what browsers keep: files under names that change with their
// content, so that a browser needs to ask for each only once, and some files at
// the addresses at which others look for them.
type Store struct {
	files   fs.FS
	reload  bool
	byURL   map[string]*File
	urls    map[string]string   // by name
	bundles map[string][]string // by URL, for development: what they are made of
}

// How long a browser keeps a file: what has its content in its name never
// changes.
const (
	forGood = "public, max-age=31536000, immutable"
	forADay = "public, max-age=86400"
	forOnce = "no-store"
)

// onePacket is how large a file is that comes no sooner when it is smaller.
const onePacket = 1_000

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

// NewStore returns a store without files. AddBundle reads its own from files.
func NewStore(files fs.FS, reload bool) *Store {
	return &Store{files: files, reload: reload, byURL: make(map[string]*File), urls: make(map[string]string), bundles: make(map[string][]string)}
}

// AddBundle has the files at paths served as one, under a name with its digest
// or, for development, as they are at each request.
func (a *Store) AddBundle(name string, paths ...string) error {
	body, err := a.joined(paths)
	if err != nil {
		return fmt.Errorf("assets: static files: %w", err)
	}
	a.Add(name, body)
	if a.reload {
		a.urls[name] = "/static/" + name
		a.bundles[a.urls[name]] = paths
	}
	return nil
}

func (a *Store) joined(paths []string) ([]byte, error) {
	var all bytes.Buffer
	for _, name := range paths {
		part, err := fs.ReadFile(a.files, name)
		if err != nil {
			return nil, err
		}
		all.Write(part)
		all.WriteByte('\n')
	}
	return all.Bytes(), nil
}

// Add has a file served under a name with its digest.
func (a *Store) Add(name string, raw []byte) {
	sum := sha256.Sum256(raw)
	ext := path.Ext(name)
	a.urls[name] = "/static/" + strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:6]) + ext
	a.byURL[a.urls[name]] = newFile(a.urls[name], forGood, raw)
}

// Publish has a file served at an address.
func (a *Store) Publish(url string, raw []byte) { a.byURL[url] = newFile(url, forADay, raw) }

func newFile(url, cached string, raw []byte) *File {
	sum := sha256.Sum256(raw)
	file := &File{kind: kinds[path.Ext(url)], tag: `"` + hex.EncodeToString(sum[:6]) + `"`, cached: cached, raw: raw}
	if ext := path.Ext(url); cached != forOnce && len(raw) > onePacket && ext != ".png" && ext != ".ico" { // they are compressed already
		file.gzip, file.brot = compressed(raw, gzipTo), compressed(raw, brotliTo)
	}
	return file
}

func gzipTo(w io.Writer) io.WriteCloser {
	z, _ := gzip.NewWriterLevel(w, gzip.BestCompression) // fails only for a level that does not exist
	return z
}

func brotliTo(w io.Writer) io.WriteCloser { return brotli.NewWriterLevel(w, brotli.BestCompression) }

// compressed returns raw as the writer makes it, or nil if that is no gain.
func compressed(raw []byte, writer func(io.Writer) io.WriteCloser) []byte {
	var out bytes.Buffer
	w := writer(&out)
	if _, err := w.Write(raw); err != nil || w.Close() != nil || out.Len() >= len(raw) {
		return nil
	}
	return out.Bytes()
}

// URL returns where the file with that name is served.
func (a *Store) URL(name string) (string, error) {
	url, ok := a.urls[name]
	if !ok {
		return "", fmt.Errorf("there is no file %s", name)
	}
	return url, nil
}

// Find returns the file that is served at url, or ErrNotFound.
func (a *Store) Find(url string) (*File, error) {
	if paths, ok := a.bundles[url]; ok {
		body, err := a.joined(paths)
		return newFile(url, forOnce, body), err
	}
	file, ok := a.byURL[url]
	if !ok {
		return nil, ErrNotFound
	}
	return file, nil
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
