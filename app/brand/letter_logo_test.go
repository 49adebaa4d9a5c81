package brand

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"testing"
)

func TestTheLogoOfLetters(t *testing.T) {
	tests := []struct {
		name, file, body string
		width, height    int // 0: none
	}{
		{"none: the mark", "", "", 40, 40},
		{"a wide picture", "hub.png", blankPNG(1000, 100), 170, 26},
		{"a high picture", "hub.png", blankPNG(300, 600), 30, 50},
		{"a small picture", "hub.png", blankPNG(10, 10), 50, 50},
		{"a drawing, which mail programs do not show", "hub.svg", svgWith(""), 0, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := ""
			if tt.file != "" {
				path = writeFile(t, tt.file, tt.body)
			}
			b, err := New(hubName, DefaultMain, DefaultAccent, path)
			if err != nil {
				t.Fatal(err)
			}
			got := b.LetterLogo
			if got.Width != tt.width || got.Height != tt.height || (got.PNG == nil) != (tt.width == 0) || len(got.PNG) > 4<<10 {
				t.Fatalf("it is shown at %d by %d, with %d bytes; want %d by %d", got.Width, got.Height, len(got.PNG), tt.width, tt.height)
			}
			if tt.width == 0 {
				return
			}
			if size, err := png.DecodeConfig(bytes.NewReader(got.PNG)); err != nil || size.Width != 2*tt.width || size.Height != 2*tt.height {
				t.Errorf("it has %d by %d pixels (%v), want twice as many as are shown", size.Width, size.Height, err)
			}
		})
	}
}

// TestALogoOfLettersStandsOnWhite, since the colour behind it is the organization's.
func TestALogoOfLettersStandsOnWhite(t *testing.T) {
	clear := image.NewNRGBA(image.Rect(0, 0, 80, 80)) // of no colour anywhere
	clear.SetNRGBA(40, 40, color.NRGBA{A: 255})
	b, err := New(hubName, DefaultMain, DefaultAccent, writeFile(t, "hub.png", string(encodePNG(clear))))
	if err != nil {
		t.Fatal(err)
	}
	shown, err := png.Decode(bytes.NewReader(b.LetterLogo.PNG))
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range []image.Point{{0, 0}, {20, 20}, {99, 99}} {
		if r, g, b, a := shown.At(at.X, at.Y).RGBA(); r != 0xffff || g != 0xffff || b != 0xffff || a != 0xffff {
			t.Errorf("at %v it is %x %x %x %x", at, r, g, b, a)
		}
	}
	if r, _, _, _ := shown.At(50, 50).RGBA(); r > 0x8000 {
		t.Errorf("its dark spot is %x", r)
	}
}
