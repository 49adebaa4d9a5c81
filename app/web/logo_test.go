package web

import (
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"joinery/app/brand"
	"joinery/app/i18n"
)

// TestLogo wants the logo before the name, with a reserved size, and without words of
// its own.
func TestLogo(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "logo.svg")
	if err := os.WriteFile(file, []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 12.5 5"/>`), 0o600); err != nil {
		t.Fatal(err)
	}
	withLogo, err := brand.New(org, brand.DefaultMain, brand.DefaultAccent, file)
	if err != nil {
		t.Fatal(err)
	}
	v := newSite(t, settings{brand: &withLogo}).visitor(t)
	p := v.open("/en")
	pictures := elements(p.root, isTag("img"))
	if len(pictures) != 1 || attribute(pictures[0], "width") != "120" || attribute(pictures[0], "height") != "48" || !hasAttribute(pictures[0], "alt") || attribute(pictures[0], "alt") != "" {
		t.Fatalf("the page has %d pictures %+v, want one of 120 by 48 that says nothing", len(pictures), pictures)
	}
	name := pictures[0].Parent
	if text(name) != org.In(i18n.English) || name.FirstChild != pictures[0] {
		t.Errorf("it stands before %q", text(name))
	}
	if p := v.open(attribute(pictures[0], "src")); p.status != http.StatusOK || p.header.Get("Content-Type") != "image/svg+xml" || p.header.Get("Content-Security-Policy") == "" {
		t.Errorf("the logo is %d %v", p.status, p.header)
	}
	if p := newSite(t, settings{}).visitor(t).open("/en"); len(elements(p.root, isTag("img"))) > 0 {
		t.Error("without a logo there is a picture")
	}
}
