package assets

import (
	"bytes"
	"compress/gzip"
	"io"

	brotli "github.com/molecule-man/go-brrr"
)

// minCompressSize is the size in bytes up to which compression saves nothing that
// counts beside the headers of a response.
const minCompressSize = 200

// compressible reports whether a file of some type and size may get smaller. Pictures
// and fonts contain compressed data.
func compressible(ext string, size int) bool {
	return size > minCompressSize && ext != ".png" && ext != ".ico" && ext != ".woff2"
}

// The levels of brotli. The best one takes ten milliseconds for any file, which
// is lost on one of at most smallFile bytes.
const (
	smallFile        = 1_000
	smallBrotliLevel = 5
)

// compressed returns the variants of body that are smaller than it.
func compressed(body []byte) (variants []variant) {
	for _, c := range []struct {
		coding string
		writer func(w io.Writer, size int) io.WriteCloser
	}{{"br", brotliWriter}, {"gzip", gzipWriter}} {
		if smaller := compress(body, c.writer); smaller != nil {
			variants = append(variants, newVariant(c.coding, smaller))
		}
	}
	return variants
}

func brotliWriter(w io.Writer, size int) io.WriteCloser {
	level := brotli.BestCompression
	if size <= smallFile {
		level = smallBrotliLevel
	}
	z, _ := brotli.NewWriter(w, level) // fails only for a level that does not exist
	return z
}

func gzipWriter(w io.Writer, _ int) io.WriteCloser {
	z, _ := gzip.NewWriterLevel(w, gzip.BestCompression) // fails only for a level that does not exist
	return z
}

// compress returns body as the writer encodes it, or nil if that is not smaller.
func compress(body []byte, writer func(w io.Writer, size int) io.WriteCloser) []byte {
	var out bytes.Buffer
	w := writer(&out, len(body))
	if _, err := w.Write(body); err != nil || w.Close() != nil || out.Len() >= len(body) {
		return nil
	}
	return out.Bytes()
}
