package brand

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
)

// sampleColours returns colours of every hue, saturation and lightness.
func sampleColours() (colours []Colour) {
	const step = 17
	for r := 0; r < 256; r += step {
		for g := 0; g < 256; g += step {
			for b := 0; b < 256; b += step {
				colours = append(colours, Colour{uint8(r), uint8(g), uint8(b)})
			}
		}
	}
	return colours
}

// fixedColours returns the colours in the style sheet that do not depend on the
// brand, by name.
func fixedColours(t *testing.T) (light, dark map[string]Colour) {
	t.Helper()
	sheet, err := os.ReadFile("../../static/joinery.css")
	if err != nil {
		t.Fatal(err)
	}
	lightSheet, darkSheet, _ := strings.Cut(string(sheet), "(prefers-color-scheme: dark)")
	return customProperties(t, lightSheet), customProperties(t, darkSheet)
}

func customProperties(t *testing.T, sheet string) map[string]Colour {
	t.Helper()
	block := regexp.MustCompile(`(?s):root\s*{(.*?)}`).FindStringSubmatch(sheet)
	if block == nil {
		t.Fatal("the sheet has no colours")
	}
	colours := make(map[string]Colour)
	for _, p := range regexp.MustCompile(`--([a-z]+):\s*(#[0-9a-f]{6});`).FindAllStringSubmatch(block[1], -1) {
		c, err := Parse(p[2])
		if err != nil {
			t.Fatal(err)
		}
		colours[p[1]] = c
	}
	return colours
}

// acceptedPairs returns pairs of accepted colours: each main colour with itself and
// with the default accent, each accent with black and with the default main
// colour.
func acceptedPairs() (pairs [][2]Colour) {
	for _, c := range sampleColours() {
		if CheckMain(c) == nil {
			pairs = append(pairs, [2]Colour{c, c}, [2]Colour{c, DefaultAccent})
		}
		if CheckAccent(c) == nil {
			pairs = append(pairs, [2]Colour{black, c}, [2]Colour{DefaultMain, c})
		}
	}
	return pairs
}

func TestAcceptedColoursAreReadableInBothSchemes(t *testing.T) {
	light, dark := fixedColours(t)
	for _, pair := range acceptedPairs() {
		p := NewPalette(pair[0], pair[1])
		checkScheme(t, fmt.Sprintf("%v in the light", pair), p.Light, light)
		checkScheme(t, fmt.Sprintf("%v in the dark", pair), p.Dark, dark)
		if t.Failed() {
			return // other pairs would fail in the same way
		}
	}
}

// checkScheme checks the contrast of a scheme together with the fixed colours of
// the style sheet.
func checkScheme(t *testing.T, name string, s Scheme, fixed map[string]Colour) {
	t.Helper()
	backgrounds := []Colour{s.Paper, s.Card, s.Tint}
	withWarning := append([]Colour{fixed["warn"]}, backgrounds...)
	for _, tt := range []struct {
		name        string
		colour      Colour
		least       float64
		backgrounds []Colour
	}{
		{"a link or the label of a button", s.Deep, 7, backgrounds},
		{"white text on the band", white, 7, []Colour{s.Band}},
		{"--ink", fixed["ink"], 7, withWarning},
		{"--soft", fixed["soft"], 7, backgrounds},
		{"--bad", fixed["bad"], 7, withWarning},
		{"--line", fixed["line"], 3, backgrounds},
		{"the focus ring", s.Focus, 3, backgrounds},
		{"a drawing", s.Warm, 3, []Colour{s.Paper, s.Card}},
	} {
		if got := tt.colour.leastContrast(tt.backgrounds...); got < tt.least {
			t.Errorf("%s: %s has a contrast of %.2f, want %v", name, tt.name, got, tt.least)
		}
	}
}

func TestTheAdvisedShadeIsTheNearestGoodOne(t *testing.T) {
	for _, tt := range []struct {
		check func(Colour) error
		good  func(Colour) bool
	}{{CheckMain, isReadable}, {CheckAccent, isVisible}} {
		refused := 0
		for _, c := range sampleColours() {
			err := tt.check(c)
			if err == nil {
				continue
			}
			refused++
			advised := advisedColour(t, err)
			if tt.check(advised) != nil {
				t.Fatalf("for %s the error is %q, but that colour is refused, too", c, err)
			}
			for part := 0.0; part < 1; part += 0.01 {
				nearer := c.mix(black, part)
				if nearer.luminance() <= advised.luminance() {
					break
				}
				if tt.good(nearer) && !nearlyEqual(nearer, advised) {
					t.Fatalf("for %s the error is %q, but %s is nearer and would do", c, err, nearer)
				}
			}
		}
		if refused == 0 {
			t.Error("nothing is refused")
		}
	}
}

// nearlyEqual reports whether no part of two colours differs by more than 1.
func nearlyEqual(a, b Colour) bool {
	near := func(a, b uint8) bool { return max(a, b)-min(a, b) <= 1 }
	return near(a.R, b.R) && near(a.G, b.G) && near(a.B, b.B)
}

// advisedColour returns the colour that the error of a check names.
func advisedColour(t *testing.T, err error) Colour {
	t.Helper()
	m := regexp.MustCompile(`(#[0-9a-f]{6}) would do$`).FindStringSubmatch(err.Error())
	if m == nil {
		t.Fatalf("the error %q names no colour that would do", err)
	}
	c, _ := Parse(m[1])
	return c
}

func TestARefusalStatesTheContrast(t *testing.T) {
	tests := []struct {
		name  string
		check func(Colour) error
		c     Colour
		want  string // "": good
	}{
		{"the default colours, as main", CheckMain, DefaultMain, ""},
		{"the default colours, as accent", CheckAccent, DefaultAccent, ""},
		{"black, as main", CheckMain, black, ""},
		{"black, as accent", CheckAccent, black, ""},
		{"white, as main", CheckMain, white, "the contrast of #ffffff with the ground of the page is 1.0 to 1, but words in it need 7 to 1"},
		{"a clear blue, as main", CheckMain, Colour{0x1d, 0x70, 0xb8}, "is 4.3 to 1"},
		{"the same, as accent", CheckAccent, Colour{0x1d, 0x70, 0xb8}, ""},
		{"yellow, as accent", CheckAccent, Colour{0xff, 0xdd, 0x00}, "the contrast of #ffdd00 with the ground of the page is 1.2 to 1, but it needs 3 to 1"},
		{"a grey with a little too little contrast, as main", CheckMain, Colour{0x4d, 0x4d, 0x4d}, "is 6.9 to 1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := tt.check(tt.c)
			if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
				t.Errorf("the error is %v, want %q", err, tt.want)
			}
		})
	}
}

func TestCSSHasThePropertiesOfBothSchemes(t *testing.T) {
	css := NewPalette(DefaultMain, DefaultAccent).CSS()
	light, dark, ok := strings.Cut(css, "@media screen and (prefers-color-scheme:dark)")
	if !ok {
		t.Fatalf("CSS = %s, want something for the dark", css)
	}
	for scheme, rules := range map[string]string{"light": light, "dark": dark} {
		for _, name := range []string{"paper", "card", "tint", "band", "deep", "warm", "focus"} {
			if !regexp.MustCompile(`[{;]--` + name + `:#[0-9a-f]{6}[;}]`).MatchString(rules) {
				t.Errorf("in the %s, %s has no --%s", scheme, rules, name)
			}
		}
	}
	if !strings.HasPrefix(css, ":root{--paper:#faf6ee;") || !strings.Contains(light, "--deep:"+DefaultMain.String()) {
		t.Errorf("CSS = %s, want the colours as they were given in the light", css)
	}
}
