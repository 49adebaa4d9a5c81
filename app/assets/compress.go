package assets

import (
	"bytes"
	"compress/gzip"
	"io"

	"github.com/andybalholm/brotli"
)

// onePacket is how large a file is that comes no sooner when it is smaller.
const onePacket = 1_000

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
