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
		{"a wide picture", "hub.png", blankPNG(1000, 100), 160, 16},
		{"a high picture", "hub.png", blankPNG(300, 600), 20, 40},
		{"a small picture", "hub.png", blankPNG(10, 10), 40, 40},
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

// TestALogoOfLettersStandsOnTheMainColour, for which it was made: mail programs of the dark
// may give the head another.
func TestALogoOfLettersStandsOnTheMainColour(t *testing.T) {
	clear := image.NewNRGBA(image.Rect(0, 0, 80, 80)) // of no colour anywhere
	clear.SetNRGBA(40, 40, color.NRGBA{255, 255, 255, 255})
	b, err := New(hubName, DefaultMain, DefaultAccent, writeFile(t, "hub.png", string(encodePNG(clear))))
	if err != nil {
		t.Fatal(err)
	}
	shown, err := png.Decode(bytes.NewReader(b.LetterLogo.PNG))
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range []image.Point{{0, 0}, {20, 20}, {79, 79}} {
		if got := color.RGBAModel.Convert(shown.At(at.X, at.Y)); got != DefaultMain.rgba() {
			t.Errorf("at %v it is %v, want %v", at, got, DefaultMain)
		}
	}
	if r, _, _, _ := shown.At(40, 40).RGBA(); r < 0xc000 {
		t.Errorf("its white spot is %x", r)
	}
}
