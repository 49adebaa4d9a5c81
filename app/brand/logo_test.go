package brand

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// writeFile returns the path of a new file with this name and content.
func writeFile(t *testing.T, name, body string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// svgWith returns an SVG with the given content.
func svgWith(inside string) string {
	return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 30 12">` + inside + `</svg>`
}

func blankPNG(width, height int) string {
	return string(encodePNG(image.NewGray(image.Rect(0, 0, width, height))))
}

func TestAGoodLogoIsServedAsItIs(t *testing.T) {
	tests := []struct {
		name, file, body string
		as               string
		width, height    int
	}{
		{"a drawing", "hub.svg", svgWith(`<path d="M0 0h30v12z"/>`), "logo.svg", 250, 100},
		{"a picture", "Hub Logo.PNG", blankPNG(300, 80), "logo.png", 300, 80},
		{"the largest picture", "hub.png", blankPNG(2000, 2000), "logo.png", 2000, 2000},
		{"a drawing with a size instead of a box", "hub.svg", `<svg xmlns="http://www.w3.org/2000/svg" width="120px" height="40"/>`, "logo.svg", 300, 100},
		{"a box with commas", "hub.svg", `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0,0, 0.5,1"/>`, "logo.svg", 50, 100},
		{"a drawing as an editor saves it", "hub.svg", "\ufeff" + `<?xml version="1.0" encoding="UTF-8" standalone="no"?>` +
			`<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"><!-- made by hand -->` +
			svgWith(`<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:li rdf:resource="http://example.org/licence"/></rdf:RDF></metadata>`+
				`<style>.a { fill: url(#g) } .b { fill: url('#g') }</style><linearGradient id="g" xlink:href="#h"/><use href="#a" style="fill:url( #g )" xml:space="preserve"/>`+
				`<image href="data:image/png;base64,iVBORw0KGgo="/>`), "logo.svg", 250, 100},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b, err := New(hubName, DefaultMain, DefaultAccent, writeFile(t, tt.file, tt.body))
			if err != nil {
				t.Fatal(err)
			}
			served := slices.ContainsFunc(b.Files, func(f File) bool { return f.Name == tt.as && string(f.Body) == tt.body })
			if b.Logo != tt.as || !served {
				t.Errorf("the logo is %q, served as it is: %t", b.Logo, served)
			}
			if b.LogoWidth != tt.width || b.LogoHeight != tt.height {
				t.Errorf("it is %d by %d, want %d by %d", b.LogoWidth, b.LogoHeight, tt.width, tt.height)
			}
		})
	}
}

func TestABadLogoIsRefused(t *testing.T) {
	tests := []struct {
		name, file, body, want string
	}{
		{"another kind of picture", "hub.jpg", "\xff\xd8\xff", "ends in .svg or .png"},
		{"no ending", "hub", svgWith(""), "ends in .svg or .png"},
		{"a file that is too large", "hub.svg", svgWith("<!--" + strings.Repeat("-x", 40000) + "-->"), "larger than 64 KiB"},
		{"a drawing under the name of a picture", "hub.png", svgWith(""), "this is no PNG"},
		{"a truncated picture", "hub.png", blankPNG(300, 80)[:60], "the picture is damaged"},
		{"a picture with too many pixels", "hub.png", blankPNG(2001, 10), "has 2001 by 10 pixels; make it at most 2000"},
		{"a picture that is much wider than high", "hub.png", blankPNG(2000, 199), "2000 by 199; make one side at most 10 times"},
		{"a drawing that is much higher than wide", "hub.svg", `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 20"/>`, "make one side at most 10 times"},
		{"a picture under the name of a drawing", "hub.svg", blankPNG(300, 80), "this is no SVG"},
		{"nothing", "hub.svg", "", "this is no SVG: it has 0 outermost elements"},
		{"two drawings", "hub.svg", svgWith("") + svgWith(""), "this is no SVG: it has 2 outermost elements"},
		{"a page", "hub.svg", "<html><svg xmlns='http://www.w3.org/2000/svg'/></html>", "it begins with <html>"},
		{"a drawing cut out of a page", "hub.svg", `<svg viewBox="0 0 30 12"></svg>`, `not with <svg xmlns="http://www.w3.org/2000/svg">`},
		{"a truncated drawing", "hub.svg", strings.TrimSuffix(svgWith("<g>"), "</g></svg>"), "this is no SVG: XML syntax error on line 1"},
		{"a drawing without a size", "hub.svg", `<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="100%"/>`, "give it a viewBox"},
		{"a drawing of no height", "hub.svg", `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 0"/>`, "give it a viewBox"},
		{"a drawing as thin as a line", "hub.svg", `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1000"/>`, "give it a viewBox"},
		{"a drawing whose height is no number", "hub.svg", `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 NaN"/>`, "give it a viewBox"},
		{"an attribute with a prefix that is not declared", "hub.svg", `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 12"><use xlink:href="#a"/></svg>`, "nothing declares xmlns:xlink"},
		{"an element with a prefix that is not declared", "hub.svg", svgWith("<sodipodi:namedview/>"), "nothing declares xmlns:sodipodi"},
		{"a script", "hub.svg", svgWith("\n<script>1</script>"), "line 2: it has a <script>"},
		{"a page within", "hub.svg", svgWith("<g><foreignObject/></g>"), "it has a <foreignObject>"},
		{"a script at an event", "hub.svg", svgWith(`<g onClick="1"/>`), "its <g> has onClick"},
		{"a script at the outermost element", "hub.svg", `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1" onload="1"/>`, "its <svg> has onload"},
		{"a picture elsewhere", "hub.svg", svgWith(`<image xlink:href="https://example.org/hub.png"/>`), `its <image> leads elsewhere, to "https://example.org/hub.png"`},
		{"a figure in another file", "hub.svg", svgWith(`<use href="figures.svg#a"/>`), "leads elsewhere"},
		{"a script in a link", "hub.svg", svgWith(`<a href=" JavaScript:1"/>`), "leads elsewhere"},
		{"a colour elsewhere", "hub.svg", svgWith(`<g fill="URL( 'https://example.org/#a')"/>`), "needs another file"},
		{"a typeface elsewhere", "hub.svg", svgWith(`<style>@font-face { src: url(#a), url("hub.woff2") }</style>`), "needs another file"},
		{"a style elsewhere", "hub.svg", svgWith(`<style>@import "https://example.org/hub.css";</style>`), "needs another file"},
		{"a style sheet of its own", "hub.svg", `<?xml-stylesheet href="hub.css"?>` + svgWith(""), "needs another file for its style"},
		{"entities", "hub.svg", `<!DOCTYPE svg [<!ENTITY a "b">]>` + svgWith("&a;"), "it declares entities"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := writeFile(t, tt.file, tt.body)
			b, err := New(hubName, DefaultMain, DefaultAccent, path)
			if err == nil || len(b.Files) > 0 {
				t.Fatalf("New accepts it: %v", err)
			}
			if got := err.Error(); !strings.HasPrefix(got, "ORG_LOGO: ") || !strings.Contains(got, path) || !strings.Contains(got, tt.want) {
				t.Errorf("the error is %q, want %q", got, tt.want)
			}
		})
	}
}

func TestAnUnreadableLogoIsNamed(t *testing.T) {
	for _, path := range []string{filepath.Join(t.TempDir(), "nothing.svg"), t.TempDir()} {
		_, err := New(hubName, DefaultMain, DefaultAccent, path)
		if err == nil || !strings.HasPrefix(err.Error(), "ORG_LOGO: ") || !strings.Contains(err.Error(), path) {
			t.Errorf("the error for %s is %v", path, err)
		}
	}
}

// FuzzSVG looks for a file at which the site would panic when it starts.
func FuzzSVG(f *testing.F) {
	f.Add([]byte(svgWith(`<g fill="url(#a)"/>`)))
	f.Fuzz(func(t *testing.T, body []byte) {
		size, err := checkSVG(body)
		if err == nil && (size.X <= 0 || size.Y <= 0) {
			t.Errorf("a logo of %v", size)
		}
		if _, err := png.DecodeConfig(bytes.NewReader(body)); err == nil {
			_, _ = checkPNG(body) // must not panic
		}
	})
}
