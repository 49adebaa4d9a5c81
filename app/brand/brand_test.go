package brand

import (
	"bytes"
	"image"
	"image/png"
	"testing"

	"joinery/app/i18n"
)

var hubName = i18n.Text{i18n.English: "Harbour Hub", i18n.French: "Carrefour du port"}

// brandFiles returns the files of a brand without a logo, by name.
func brandFiles(t *testing.T, name i18n.Text, main, accent Colour) map[string][]byte {
	t.Helper()
	b, err := New(name, main, accent, "")
	if err != nil {
		t.Fatal(err)
	}
	files := make(map[string][]byte)
	for _, f := range b.Files {
		files[f.Name] = f.Body
	}
	if len(files) != len(b.Files) {
		t.Errorf("of %d files, some have the same name", len(b.Files))
	}
	return files
}

func mustDecodePNG(t *testing.T, name string, body []byte) image.Image {
	t.Helper()
	picture, err := png.Decode(bytes.NewReader(body))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return picture
}

func TestPicturesHaveTheirSizes(t *testing.T) {
	files := brandFiles(t, hubName, DefaultMain, DefaultAccent)
	for name, want := range map[string]struct {
		size   image.Point
		opaque bool // transparent corners would become black where an icon is cut to shape
		bytes  int  // maximum
	}{
		"icon-180.png":          {image.Pt(180, 180), true, 5000},
		"icon-192.png":          {image.Pt(192, 192), false, 5000},
		"icon-512.png":          {image.Pt(512, 512), false, 15000},
		"icon-maskable-512.png": {image.Pt(512, 512), true, 15000},
		"social-en.png":         {image.Pt(1200, 630), true, 40000},
		"social-fr.png":         {image.Pt(1200, 630), true, 40000},
	} {
		body := files[name]
		picture := mustDecodePNG(t, name, body)
		opaque := picture.(interface{ Opaque() bool }).Opaque()
		if got := picture.Bounds().Size(); got != want.size || opaque != want.opaque || len(body) > want.bytes {
			t.Errorf("%s is %v, opaque: %t, in %d bytes; want %v, %t, %d at most", name, got, opaque, len(body), want.size, want.opaque, want.bytes)
		}
	}
}

// BenchmarkNew measures the part of the start of the site that makes its brand.
func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		if _, err := New(hubName, DefaultMain, DefaultAccent, ""); err != nil {
			b.Fatal(err)
		}
	}
}
