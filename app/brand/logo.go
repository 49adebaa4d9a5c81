package brand

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Limits of a logo, which every visitor of the site fetches.
const (
	maxLogoBytes  = 64 << 10
	maxLogoPixels = 2000 // of each side
	maxLogoRatio  = 10   // of the longer side to the shorter one
)

// readLogo reads the logo at path. It returns the file under the name logo.svg or
// logo.png, and a size in the proportion of the logo.
func readLogo(path string) (File, image.Point, error) {
	body, err := readLimited(path)
	if err != nil {
		return File{}, image.Point{}, fmt.Errorf("ORG_LOGO: %w", err)
	}
	extension := strings.ToLower(filepath.Ext(path))
	var size image.Point
	switch extension {
	case ".svg":
		size, err = checkSVG(body)
	case ".png":
		size, err = checkPNG(body)
	default:
		err = errors.New("write the path of a file that ends in .svg or .png")
	}
	if err == nil && max(size.X, size.Y) > maxLogoRatio*min(size.X, size.Y) {
		err = fmt.Errorf("the picture is %d by %d; make one side at most %d times as long as the other", size.X, size.Y, maxLogoRatio)
	}
	if err != nil {
		return File{}, image.Point{}, fmt.Errorf("ORG_LOGO: %s: %w", path, err)
	}
	return File{"logo" + extension, body}, size, nil
}

// readLimited reads the file at path, which must not be larger than maxLogoBytes.
func readLimited(path string) ([]byte, error) {
	file, err := os.Open(path)
	if pathErr := (*fs.PathError)(nil); errors.As(err, &pathErr) {
		return nil, fmt.Errorf("write the path of a file that can be read, not %q: %w", path, pathErr.Err)
	}
	defer file.Close()
	body, err := io.ReadAll(io.LimitReader(file, maxLogoBytes+1))
	if err != nil {
		return nil, err
	}
	if len(body) > maxLogoBytes {
		return nil, fmt.Errorf("%s: the file is larger than %d KiB; everybody who opens the site would wait for it", path, maxLogoBytes>>10)
	}
	return body, nil
}

// checkPNG returns the size of a PNG in pixels, or an error for one that is
// damaged or too large.
func checkPNG(body []byte) (image.Point, error) {
	header, err := png.DecodeConfig(bytes.NewReader(body))
	if err != nil {
		return image.Point{}, fmt.Errorf("this is no PNG: %w", err)
	}
	if header.Width > maxLogoPixels || header.Height > maxLogoPixels {
		return image.Point{}, fmt.Errorf("the picture has %d by %d pixels; make it at most %d on each side", header.Width, header.Height, maxLogoPixels)
	}
	if _, err := png.Decode(bytes.NewReader(body)); err != nil {
		return image.Point{}, fmt.Errorf("the picture is damaged: %w", err)
	}
	return image.Pt(header.Width, header.Height), nil
}
