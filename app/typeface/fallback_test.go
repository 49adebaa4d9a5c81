package typeface

import (
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// machineFonts returns the widths of ! to ~ and of the space in fonts of machines, in
// thousandths of their size. Those of Arial and Times New Roman are taken from Arimo and
// Tinos, which have the same.
func machineFonts(t *testing.T) map[string][]float64 {
	t.Helper()
	fonts := make(map[string][]float64)
	for line := range strings.Lines(read(t, "testdata/widths.txt")) {
		name, widths, _ := strings.Cut(line, "\t")
		for _, field := range strings.Fields(widths) {
			width, err := strconv.ParseFloat(field, 64)
			if err != nil {
				t.Fatal(err)
			}
			fonts[name] = append(fonts[name], width)
		}
	}
	return fonts
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

var fallbackRule = regexp.MustCompile(`font-family: (Text|Title)\w+; (font-weight: bold; )?src: local\(([^)]*)\)[^;]*; size-adjust: (\d+)%; ascent-override: (\d+)%; descent-override: (\d+)%`)

// Until its fonts come, a page is set in a font of the machine. The style sheet stretches
// that to the widths and heights of ours, so that nothing moves when they come.
func TestFontsOfMachinesHaveTheMeasuresOfOurs(t *testing.T) {
	t.Parallel()
	machine := machineFonts(t)
	words := read(t, "../i18n/en.json") + read(t, "../i18n/fr.json")
	rules := fallbackRule.FindAllStringSubmatch(read(t, "../../static/joinery.css"), -1)
	if len(rules) != len(machine) {
		t.Errorf("%d rules stretch fonts of machines, want %d", len(rules), len(machine))
	}
	for _, rule := range rules {
		ours := map[string]*Font{"Text": Text, "Textfont-weight: bold; ": Bold, "Titlefont-weight: bold; ": Title}[rule[1]+rule[2]]
		size, ascent, descent := percent(t, rule[4]), percent(t, rule[5]), percent(t, rule[6])
		if want := width(t, ours, words, machine[rule[3]]); math.Abs(size-want) > 1.5 {
			t.Errorf("%s is stretched to %.0f %%, want %.1f", rule[3], size, want)
		}
		metrics, err := ours.glyphs.Metrics(new(sfnt.Buffer), fixed.I(1000), font.HintingNone)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := size*ascent/100, float64(metrics.Ascent)/640; math.Abs(got-want) > 1 {
			t.Errorf("%s reaches %.1f %% above the line, want %.1f", rule[3], got, want)
		}
		if got, want := size*descent/100, float64(metrics.Descent)/640; math.Abs(got-want) > 1 {
			t.Errorf("%s reaches %.1f %% below the line, want %.1f", rule[3], got, want)
		}
	}
}

func percent(t *testing.T, digits string) float64 {
	t.Helper()
	n, err := strconv.Atoi(digits)
	if err != nil {
		t.Fatal(err)
	}
	return float64(n)
}

// width returns how wide words are in our font, in percent of their width in that of a
// machine, by the letters of ASCII.
func width(t *testing.T, ours *Font, words string, machine []float64) float64 {
	t.Helper()
	if len(machine) != '~'-' '+1 {
		t.Fatalf("there are %d widths", len(machine))
	}
	var buffer sfnt.Buffer
	var a, b float64
	for _, r := range words {
		if r < ' ' || r > '~' || strings.ContainsRune(`"_{}%`, r) { // the signs of the file
			continue
		}
		glyph, err1 := ours.glyphs.GlyphIndex(&buffer, r)
		advance, err2 := ours.glyphs.GlyphAdvance(&buffer, glyph, fixed.I(1000), font.HintingNone)
		if err1 != nil || err2 != nil {
			t.Fatal(err1, err2)
		}
		a, b = a+float64(advance)/64, b+machine[r-' ']
	}
	return 100 * a / b
}

// Names have the typeface of the pages as far as it goes, and a whole text one font.
func TestATextHasOneFont(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]*Font{
		"Zoë d’Œuvre-Łukasz, « cité »\nÀ 12\u00a0h\u00a030": Text,
		"ʔəy̓":              Text.StandIn,
		"Inuktitut, ᐃᓄᒃᑎᑐᑦ": Text.StandIn,
		"李":                 Text.StandIn,
		"":                  Text,
	} {
		if got := Text.For(text); got != want {
			t.Errorf("%q is written in %s, want %s", text, got.Name, want.Name)
		}
	}
}
