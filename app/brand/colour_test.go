package brand

import (
	"math"
	"testing"
)

func TestParse(t *testing.T) {
	tests := []struct {
		written string
		want    string // "": no colour
	}{
		{"#0b5550", "#0b5550"},
		{"0b5550", "#0b5550"},
		{"#FFDD00", "#ffdd00"},
		{"#fff", ""},
		{"#0b55501", ""},
		{"#0b555g", ""},
		{"teal", ""},
		{"rgb(11, 85, 80)", ""},
		{"#0b5550;}", ""},
		{"", ""},
	}
	for _, tt := range tests {
		t.Run(tt.written, func(t *testing.T) {
			c, err := Parse(tt.written)
			if (err == nil) != (tt.want != "") || err == nil && c.String() != tt.want {
				t.Errorf("Parse = %s, %v, want %q", c, err, tt.want)
			}
		})
	}
}

// TestContrast compares with published figures.
func TestContrast(t *testing.T) {
	tests := []struct {
		a, b string
		want float64
	}{
		{"#000000", "#ffffff", 21},
		{"#ffffff", "#ffffff", 1},
		{"#777777", "#ffffff", 4.48},
		{"#767676", "#ffffff", 4.54},
		{"#595959", "#ffffff", 7.00},
		{"#ff0000", "#ffffff", 4.00},
		{"#0000ff", "#ffffff", 8.59},
	}
	for _, tt := range tests {
		a, _ := Parse(tt.a)
		b, _ := Parse(tt.b)
		if got := Contrast(a, b); math.Abs(got-tt.want) > 0.006 || got != Contrast(b, a) {
			t.Errorf("Contrast(%s, %s) = %.3f, want %.2f, and the same the other way round", a, b, got, tt.want)
		}
	}
}

// TestLighterKeepsTheHue checks that a blue site, say, does not become green in the
// dark scheme.
func TestLighterKeepsTheHue(t *testing.T) {
	for _, c := range sampleColours() {
		hue, saturation, _ := c.hsl()
		lit := c.lighter(8, darkPaper)
		after, strength, _ := lit.hsl()
		apart := math.Abs(hue - after)
		apart = min(apart, 6-apart)
		if saturation > 0.1 && strength > 0.1 && apart > 0.2 {
			t.Fatalf("%s becomes %s: its hue is %.2f, want %.2f", c, lit, after, hue)
		}
		if !lit.hasContrast(8, darkPaper) {
			t.Fatalf("%s becomes %s, with a contrast of %.2f, want 8", c, lit, Contrast(lit, darkPaper))
		}
	}
}
