package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/gofiber/fiber/v2"

	"joinery/app/brand"
)

// An asset is one file that browsers keep, compressed once.
type asset struct {
	kind, tag, cached string
	raw, gzip, brot   []byte // without gain: nil
}

// assets serve what browsers keep: the script and the files of the brand under
// names that change with their content, so that a browser needs to ask for each
// only once, and some files at the addresses at which others look for them.
type assets struct {
	files  fs.FS
	reload bool
	byURL  map[string]*asset
	urls   map[string]string // by name
}

// How long a browser keeps a file: what has its content in its name never
// changes.
const (
	forGood = "public, max-age=31536000, immutable"
	forADay = "public, max-age=86400"
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

// script is the name of the one script, and scripts are the files that it is
// made of: one file is one request.
const script = "joinery.js"

var scripts = []string{"static/htmx-4.0.1.min.js", "static/joinery.js"}

func newAssets(files fs.FS, reload bool, look brand.Brand) (*assets, error) {
	a := &assets{files: files, reload: reload, byURL: make(map[string]*asset), urls: make(map[string]string)}
	body, err := a.script()
	if err != nil {
		return nil, fmt.Errorf("web: static files: %w", err)
	}
	for _, f := range append([]brand.File{{Name: script, Body: body}}, look.Files...) {
		sum := sha256.Sum256(f.Body)
		ext := path.Ext(f.Name)
		a.urls[f.Name] = "/static/" + strings.TrimSuffix(f.Name, ext) + "." + hex.EncodeToString(sum[:6]) + ext
		a.add(a.urls[f.Name], forGood, f.Body)
	}
	return a, nil
}

// script returns what the pages run.
func (a *assets) script() ([]byte, error) {
	var all bytes.Buffer
	for _, name := range scripts {
		part, err := fs.ReadFile(a.files, name)
		if err != nil {
			return nil, err
		}
		all.Write(part)
		all.WriteByte('\n')
	}
	return all.Bytes(), nil
}

// add has a file served at an address.
func (a *assets) add(url, cached string, raw []byte) {
	sum := sha256.Sum256(raw)
	file := &asset{kind: kinds[path.Ext(url)], tag: `"` + hex.EncodeToString(sum[:6]) + `"`, cached: cached, raw: raw}
	if ext := path.Ext(url); len(raw) > onePacket && ext != ".png" && ext != ".ico" { // they are compressed already
		file.gzip, file.brot = compressed(raw, gzipTo), compressed(raw, brotliTo)
	}
	a.byURL[url] = file
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

// url returns where the file with that name is served.
func (a *assets) url(name string) (string, error) {
	if a.reload && name == script {
		return "/static/" + script, nil
	}
	url, ok := a.urls[name]
	if !ok {
		return "", fmt.Errorf("there is no file %s", name)
	}
	return url, nil
}

func (a *assets) serve(c *fiber.Ctx) error {
	if a.reload && c.Path() == "/static/"+script {
		return a.serveFresh(c)
	}
	file, ok := a.byURL[c.Path()]
	if !ok {
		return fiber.ErrNotFound
	}
	c.Set(fiber.HeaderCacheControl, file.cached)
	c.Set(fiber.HeaderETag, file.tag)
	c.Set(fiber.HeaderContentType, file.kind)
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	if file.kind == kinds[".svg"] { // opened by itself it is a document, which could do more than a picture
		c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; sandbox")
	}
	c.Vary(fiber.HeaderAcceptEncoding)
	if c.Get(fiber.HeaderIfNoneMatch) == file.tag {
		return c.SendStatus(fiber.StatusNotModified)
	}
	switch {
	case file.brot != nil && c.AcceptsEncodings("br") == "br":
		c.Set(fiber.HeaderContentEncoding, "br")
		return c.Send(file.brot)
	case file.gzip != nil && c.AcceptsEncodings("gzip") == "gzip":
		c.Set(fiber.HeaderContentEncoding, "gzip")
		return c.Send(file.gzip)
	}
	return c.Send(file.raw)
}

// serveFresh serves the script as it is now, for development.
func (a *assets) serveFresh(c *fiber.Ctx) error {
	body, err := a.script()
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Set(fiber.HeaderContentType, kinds[".js"])
	return c.Send(body)
}
