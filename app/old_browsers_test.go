package app

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// knownProperties are those that Chromium 54 of 2016 knows, among the properties
// that style sheets of today use. What is not here is taken for younger.
var knownProperties = strings.Fields(`
	align-content align-items align-self background background-color background-image background-position
	background-repeat background-size border border-bottom border-bottom-color border-bottom-width border-collapse
	border-color border-left border-left-color border-left-width border-radius border-right border-spacing
	border-style border-top border-top-color border-top-left-radius border-top-right-radius
	border-bottom-left-radius border-bottom-right-radius border-top-width border-width bottom box-shadow box-sizing
	break-after break-before break-inside clear clip color content counter-increment counter-reset cursor direction
	display fill fill-opacity flex flex-basis flex-direction flex-flow flex-grow flex-shrink flex-wrap float font
	font-family font-feature-settings font-size font-style font-variant font-variant-numeric font-weight height
	hyphens justify-content left letter-spacing line-height list-style list-style-type margin margin-bottom
	margin-left margin-right margin-top max-height max-width min-height min-width object-fit opacity order orphans
	outline outline-color outline-offset outline-style outline-width overflow overflow-wrap overflow-x overflow-y
	padding padding-bottom padding-left padding-right padding-top page-break-after page-break-inside pointer-events
	position quotes resize right stroke stroke-linecap stroke-linejoin stroke-width table-layout text-align
	text-decoration text-indent text-overflow text-shadow text-transform top transform transform-origin transition
	unicode-bidi user-select vertical-align visibility white-space widows width word-break word-spacing word-wrap
	z-index`)

// Values, selectors and conditions that are younger.
var (
	youngValue = regexp.MustCompile(`\b(min|max|clamp|color-mix|light-dark|oklch|lab|lch|env|minmax|conic-gradient|round|linear)\(` +
		`|(^| )(grid|inline-grid|flow-root|contents|sticky|anywhere|revert|balance|pretty|break-spaces|start|end|fit-content)$|\d(dvh|svh|lvh|lh|rlh|cap|cqi|cqw)\b` +
		`|" */ *"|#[0-9a-f]{8}\b|#[0-9a-f]{4}\b|rgba?\([^,)]+\)|hsla?\([^,)]+\)`)
	youngSelector  = regexp.MustCompile(`:(has|is|where|focus-visible|focus-within|user-valid|user-invalid|placeholder-shown|autofill|modal|popover-open|dir|state)\b|::(marker|details-content|file-selector-button)|:not\([^)]*[, ][^)]*\)| i\]`)
	knownCondition = regexp.MustCompile(`^@(media (screen|print|all)?( and )?(\((min|max)-(width|height): [^)<>=]+\)( and )?)*|page.*|font-face)$`)
	harmless       = regexp.MustCompile(`^@(supports .*|media .*\((forced-colors|hover|prefers-[a-z-]+)\b.*)$`)
)

// onlyLooks is what a page can do without, and what it then looks like.
var onlyLooks = map[string]string{
	"accent-color":              "a tick has the browser's own colour",
	"appearance":                "the bar of progress looks like the browser's; the one with a prefix is known",
	"color-scheme":              "there is no dark to choose before 2019",
	"forced-color-adjust":       "there are no forced colours before 2020",
	"grid-column":               "without a grid, there is nothing to place",
	"scroll-padding":            "what has the focus may stand at the very edge",
	"scroll-margin-top":         "what is scrolled to stands at the very top",
	"text-decoration-thickness": "a line is as thick as any",
	"text-underline-offset":     "a line stands where it always stood",
	"text-wrap":                 "the last line of a heading may be short",
	":has":                      "that an option is chosen is still shown by its box",
	"::marker":                  "a bullet has the colour of the text",
	":focus-visible":            "the line around what has the focus is then shown to those with a mouse too",
	"anywhere":                  "a long address may run out of its box",
}

// A styleRule is a list of selectors with what is declared for it, and the
// conditions around it from the outside to the inside.
type styleRule struct {
	within    []string
	selectors string
	declared  []string
}

var comment = regexp.MustCompile(`(?s)/\*.*?\*/`)

func styleRules(css string, within ...string) (all []styleRule) {
	for {
		head, rest, found := strings.Cut(css, "{")
		if !found {
			return all
		}
		depth, end := 1, 0
		for ; depth > 0 && end < len(rest); end++ {
			depth += strings.Count(rest[end:end+1], "{") - strings.Count(rest[end:end+1], "}")
		}
		head, css = normalizeSpace(head[strings.LastIndex(head, ";")+1:]), rest[end:]
		if body := rest[:end-1]; strings.HasPrefix(head, "@") && !strings.HasPrefix(head, "@page") {
			all = append(all, styleRules(body, append(slices.Clone(within), head)...)...)
		} else {
			all = append(all, styleRule{within, head, strings.Split(normalizeSpace(body), ";")})
		}
	}
}

// lost returns what a browser of 2016 does not understand of r and needs, with
// nothing that stands in for it.
func (r styleRule) lost() (faults []string) {
	for _, at := range r.within {
		if harmless.MatchString(at) {
			return nil // it skips all of it
		}
		if !knownCondition.MatchString(at) {
			faults = append(faults, at)
		}
	}
	for _, s := range strings.Split(r.selectors, ",") {
		young := youngSelector.FindString(s)
		if _, fine := onlyLooks[young]; young != "" && (!fine || r.mixes()) {
			faults = append(faults, r.selectors)
		}
	}
	return append(faults, r.unknown()...)
}

// unknown returns the declarations that it does not understand.
func (r styleRule) unknown() (faults []string) {
	known := make(map[string]bool) // what has been said already in words of its time
	for _, d := range r.declared {
		property, value, _ := strings.Cut(strings.TrimSpace(d), ":")
		young := youngValue.FindString(strings.TrimSpace(value))
		switch {
		case property == "":
		case strings.Contains(d, "{"):
			faults = append(faults, "a rule in a rule")
		case young == "" && (property[0] == '-' || slices.Contains(knownProperties, property)): // its own, or with a prefix
			known[property] = true
		case !known[property] && onlyLooks[property] == "" && onlyLooks[young] == "":
			faults = append(faults, strings.TrimSpace(d))
		}
	}
	return faults
}

// mixes reports whether selectors that an old browser knows share a list with
// one that it does not: it would drop them all.
func (r styleRule) mixes() bool {
	return slices.ContainsFunc(strings.Split(r.selectors, ","), func(s string) bool { return !youngSelector.MatchString(s) })
}

// A browser of 2016 shows pages as they are meant, but for what is nothing but
// looks.
func TestABrowserOf2016UnderstandsTheStyles(t *testing.T) {
	css, err := os.ReadFile("../static/joinery.css")
	if err != nil {
		t.Fatal(err)
	}
	rules := styleRules(comment.ReplaceAllString(string(css), ""))
	if len(rules) < 50 {
		t.Fatalf("only %d rules were found", len(rules))
	}
	for _, r := range rules {
		for _, fault := range r.lost() {
			t.Errorf("%s: Chromium 54 does not know %s, and nothing stands in for it", r.selectors, fault)
		}
	}
}

func TestWhatABrowserOf2016DoesNotUnderstand(t *testing.T) {
	tests := []struct {
		name, css string
		lost      bool
	}{
		{"what is as old as itself", "a { color: red; margin: 0 0 1rem; }", false},
		{"a grid", ".cards { display: grid; }", true},
		{"a grid for those that know it", "@supports (display: grid) { .cards { display: grid; gap: 1rem; } }", false},
		{"room between flexible boxes", ".cards { display: flex; gap: 1rem; }", true},
		{"a width with one that stands in", "main { width: 90%; width: min(90%, 40rem); }", false},
		{"a width with nothing that stands in", "main { width: min(90%, 40rem); }", true},
		{"a width that the one that stands in would hide", "main { width: min(90%, 40rem); width: 90%; }", true},
		{"one young selector", ".option:has(:checked) { color: red; }", false},
		{"one young selector beside an old one", ".chosen, .option:has(:checked) { color: red; }", true},
		{"a selector that is more than looks", "main :is(p, ul) { margin: 0; }", true},
		{"a rule in a rule", ".note { color: red; a { color: blue; } }", true},
		{"a layer", "@layer base { a { color: red; } }", true},
		{"a width as it is written today", "@media (width >= 40em) { a { color: red; } }", true},
		{"a width as it was written then", "@media (min-width: 40em) { a { color: red; } }", false},
		{"a scheme", "@media screen and (prefers-color-scheme: dark) { :root { --ink: #fff; } }", false},
		{"a colour of its own that is mixed", ":root { --ink: color-mix(in srgb, red, blue); }", true},
		{"margins by the direction of writing", "p { margin-block: 1rem; }", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var lost []string
			for _, r := range styleRules(tt.css) {
				lost = append(lost, r.lost()...)
			}
			if tt.lost != (len(lost) > 0) {
				t.Errorf("%s loses %q, want something lost: %v", tt.css, lost, tt.lost)
			}
		})
	}
}

// normalizeSpace replaces each run of white space in a text by one space.
func normalizeSpace(text string) string { return strings.Join(strings.Fields(text), " ") }
