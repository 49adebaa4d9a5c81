package mail

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"joinery/app/i18n"
)

// carried are the CSS properties that letters may use: Outlook for Windows, which draws
// with Word, and Yahoo both know them on the elements where they stand.
var carried = []string{
	"background-color", "border", "border-top", "color", "font-family", "font-size", "font-weight", "letter-spacing",
	"line-height", "margin", "padding", "padding-right", "text-decoration",
}

// degrading are properties that Outlook for Windows leaves out, with what it shows then.
var degrading = map[string]string{
	"border-radius":   "square corners",
	"display":         "a button that takes its padding from its cell, by mso-padding-alt; a preview that mso-hide hides",
	"max-width":       "the width of a table that only it sees",
	"mso-hide":        "known to Outlook alone",
	"mso-padding-alt": "known to Outlook alone",
	"padding-left":    "a code in one group instead of several",
}

var (
	inlineStyle = regexp.MustCompile(` style="([^"]*)"`)
	element     = regexp.MustCompile(`<([a-z0-9]+)[ >]`)
)

// TestLettersUseOnlyWhatMailProgramsCarry looks at every property and every element. A
// layout is a table, which says so to a screen reader.
func TestLettersUseOnlyWhatMailProgramsCarry(t *testing.T) {
	elements := strings.Fields("html head meta title style body div table tr td p h1 h2 a span img br wbr hr")
	unused := make(map[string]bool)
	for _, property := range carried {
		unused[property] = true
	}
	for property := range degrading {
		unused[property] = true
	}
	for _, tt := range all(t, i18n.English) {
		for _, style := range inlineStyle.FindAllStringSubmatch(tt.letter.HTML, -1) {
			for _, declaration := range strings.Split(style[1], ";") {
				property, _, _ := strings.Cut(declaration, ":")
				if _, degrades := degrading[property]; !degrades && !slices.Contains(carried, property) {
					t.Errorf("%s uses %s, which some mail programs do not know", tt.name, declaration)
				}
				delete(unused, property)
			}
		}
		for _, m := range element.FindAllStringSubmatch(tt.letter.HTML, -1) {
			if !slices.Contains(elements, m[1]) {
				t.Errorf("%s has a <%s>", tt.name, m[1])
			}
		}
		if n := strings.Count(tt.letter.HTML, "<table"); n != strings.Count(tt.letter.HTML, `<table role="presentation"`)+1 || !strings.Contains(tt.letter.HTML, "<!--[if mso]><table role='presentation' width='560'") || n < 3 {
			t.Errorf("%s has %d tables, not all for layout", tt.name, n)
		}
	}
	for property := range unused {
		t.Errorf("no letter uses %s: remove it from the list", property)
	}
}

// TestTheHeadHasTheNameOnTheColour of the organization, beside its logo, without words of
// its own: the name says it all.
func TestTheHeadHasTheNameOnTheColour(t *testing.T) {
	head := regexp.MustCompile(`<td bgcolor="#1d3f8a" [^>]*background-color:#1d3f8a">\s*<table [^>]*><tr><td [^>]*><img src="cid:logo@letter" width="120" height="40" [^>]*alt=""></td><td [^>]*color:#ffffff;[^>]*>Société d’Étude « Élan »</td>`)
	for _, tt := range all(t, i18n.French) {
		if !head.MatchString(tt.letter.HTML) {
			t.Errorf("%s begins with\n%.2000s", tt.name, tt.letter.HTML)
		}
	}
}

// TestTheCodeStandsBeforeTheNakedAddress and is larger than every other word.
func TestTheCodeStandsBeforeTheNakedAddress(t *testing.T) {
	sizes := regexp.MustCompile(`font-size:(\d+)px`)
	for _, tt := range all(t, i18n.French) {
		box := strings.Index(tt.letter.HTML, ">"+confirmation.Code[:3]+"<")
		if box < 0 {
			continue
		}
		if address := strings.Index(tt.letter.HTML, i18n.T(i18n.French, "mail.button.plain")); address < box {
			t.Errorf("%s: the address is before the code", tt.name)
		}
		for _, size := range sizes.FindAllStringSubmatch(tt.letter.HTML, -1) {
			if pixels, err := strconv.Atoi(size[1]); err != nil || pixels > 32 {
				t.Errorf("%s has words of %s pixels", tt.name, size[1])
			}
		}
		if !strings.Contains(tt.letter.HTML, "font-size:32px") {
			t.Errorf("%s: the code is small", tt.name)
		}
	}
}
