package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"path"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/gofiber/fiber/v2"
)

// An asset is one static file, compressed once.
type asset struct {
	kind, tag       string
	raw, gzip, brot []byte // without gain: nil
}

// assets serve the files of static/ under names that change with their
// content, so that a browser needs to ask for each only once.
type assets struct {
	files  fs.FS
	reload bool
	byURL  map[string]*asset
	urls   map[string]string // by name
}

func newAssets(files fs.FS, reload bool) (*assets, error) {
	a := &assets{files: files, reload: reload, byURL: make(map[string]*asset), urls: make(map[string]string)}
	if reload {
		return a, nil
	}
	err := fs.WalkDir(files, "static", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		return a.add(name)
	})
	if err != nil {
		return nil, fmt.Errorf("web: static files: %w", err)
	}
	return a, nil
}

func (a *assets) add(name string) error {
	raw, err := fs.ReadFile(a.files, name)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(raw)
	tag, ext := hex.EncodeToString(sum[:6]), path.Ext(name)
	file := &asset{kind: mime.TypeByExtension(ext), tag: `"` + tag + `"`, raw: raw, gzip: compressed(raw, gzipTo), brot: compressed(raw, brotliTo)}
	url := "/" + strings.TrimSuffix(name, ext) + "." + tag + ext
	a.byURL[url], a.urls[strings.TrimPrefix(name, "static/")] = file, url
	return nil
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

// url returns where the file static/<name> is served.
func (a *assets) url(name string) (string, error) {
	if a.reload {
		return "/static/" + name, nil
	}
	url, ok := a.urls[name]
	if !ok {
		return "", fmt.Errorf("there is no static/%s", name)
	}
	return url, nil
}

func (a *assets) serve(c *fiber.Ctx) error {
	if a.reload {
		return a.serveFresh(c)
	}
	file, ok := a.byURL[c.Path()]
	if !ok {
		return fiber.ErrNotFound
	}
	c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	c.Set(fiber.HeaderETag, file.tag)
	c.Set(fiber.HeaderContentType, file.kind)
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
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

// serveFresh serves a file as it is now, for development.
func (a *assets) serveFresh(c *fiber.Ctx) error {
	raw, err := fs.ReadFile(a.files, strings.TrimPrefix(c.Path(), "/"))
	if err != nil {
		return fiber.ErrNotFound
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Type(strings.TrimPrefix(path.Ext(c.Path()), "."))
	return c.Send(raw)
}
