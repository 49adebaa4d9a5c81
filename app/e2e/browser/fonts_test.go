//go:build e2e

package browser

import (
	"encoding/json"
	"errors"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/css"
	"github.com/chromedp/cdproto/dom"

	"joinery/app/e2e/harness"
	"joinery/app/i18n"
)

// Every letter of the languages of Canada that are written in Latin or in syllabics
// comes in a font of ours, whatever fonts a machine has.
func TestNamesNeedNoFontOfTheMachine(t *testing.T) {
	t.Parallel()
	p := harness.NewPerson(t, harness.SharedSite(t), harness.Ways[0])
	p.Visit(p.Path(""))
	for name, text := range map[string]string{
		"French":            "À Québec, l’été, « Zoë Lefèvre-Œuvrard » – déjà! (R&D), 50 000",
		"names":             "Łukasz Çelik Ångström Muñoz Šarić ÅØÆ",
		"Dene":              "Dëne Sųłiné Yatıé, Tłı̨chǫ, ʔasıe",
		"Salish":            "hən̓q̓əmin̓əm̓, Sḵwx̱wú7mesh, SENĆOŦEN, ƛ̓, xʷ, x̌",
		"Nuu-chah":          "č̓ ḥ ʕ k̓ʷ q̓ʷ",
		"Inuktitut":         "ᐃᓄᒃᑎᑐᑦ ᖃᓂᐅᔮᖅᐸᐃᑦ",
		"Cree":              "ᓀᐦᐃᔭᐍᐏᐣ nêhiyawêwin ā ē ī ō",
		"Mohawk, Inuttitut": "Kanienʼkéha, ĸ, ŋ",
	} {
		for _, place := range []string{"h1", ".lead"} {
			p.Execute("document.querySelector($0).textContent = $1, document.body.offsetWidth", place, text)
			p.Expect("loaded", "document.fonts.status")
			for _, font := range platformFonts(p, place) {
				if !font.IsCustomFont {
					t.Errorf("%s in %s: %g letters of %q are in %s", name, place, font.GlyphCount, text, font.FamilyName)
				}
			}
		}
	}
}

// TestOurWordsNeedNoMoreThanThreeFonts shows every sign of the catalogues, and of an address
// that is typed or masked, where it may stand. A sign that its font lacks comes in another
// one, or in one of the machine, and a range that is too wide loads a font for nothing.
func TestOurWordsNeedNoMoreThanThreeFonts(t *testing.T) {
	t.Parallel()
	p := harness.NewPerson(t, harness.SharedSite(t), harness.Ways[0])
	p.Visit(p.Path(""))
	signs := signsOfTexts(t) + "@+_•"
	const onlyInText = "*•·<>"
	p.Execute(`document.querySelector('main').insertAdjacentHTML('beforeend', '<h2 class="heading"></h2><p><b class="bold"></b> <b class="primary danger"></b></p>')`)
	for place, shown := range map[string]string{".lead": signs, ".bold": signs, ".heading": strip(signs, onlyInText), ".danger": strip(signs, onlyInText)} {
		p.Execute("document.querySelector($0).textContent = $1, document.body.offsetWidth", place, shown)
		p.Expect("loaded", "document.fonts.status")
		for _, font := range platformFonts(p, place) {
			if !font.IsCustomFont {
				t.Errorf("%s: %g signs of %q are in %s", place, font.GlyphCount, shown, font.FamilyName)
			}
		}
	}
	p.Expect(3, "performance.getEntriesByType('resource').filter(r => r.name.endsWith('.woff2')).length")
}

// placeholder finds what is not shown as it stands in a text.
var placeholder = regexp.MustCompile(`%(?:\[\d\])?[ds]|\n`)

// signsOfTexts returns every sign of the catalogues once.
func signsOfTexts(t *testing.T) string {
	t.Helper()
	found := make(map[rune]bool)
	for _, l := range i18n.Languages {
		file, err := os.ReadFile("../../i18n/" + string(l) + ".json")
		var texts map[string]string
		if err := errors.Join(err, json.Unmarshal(file, &texts)); err != nil {
			t.Fatal(err)
		}
		for _, text := range texts {
			for _, sign := range placeholder.ReplaceAllString(text, "") {
				found[sign] = true
			}
		}
	}
	return string(slices.Sorted(maps.Keys(found)))
}

// strip returns text without some signs.
func strip(text, signs string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(signs, r) {
			return -1
		}
		return r
	}, text)
}

// platformFonts returns the fonts in which an element is drawn.
func platformFonts(p *harness.Person, selector string) []*css.PlatformFontUsage {
	p.Helper()
	harness.Ask[int](p, "new Promise(done => requestAnimationFrame(() => setTimeout(() => done(1), 50)))")
	harness.Call(p, dom.Enable, dom.EnableParams{})
	harness.Call(p, css.Enable, struct{}{})
	root := harness.Call(p, dom.GetDocument, dom.GetDocumentParams{}).Root
	node := harness.Call(p, dom.QuerySelector, dom.QuerySelectorParams{NodeID: root.NodeID, Selector: selector}).NodeID
	return harness.Call(p, css.GetPlatformFontsForNode, css.GetPlatformFontsForNodeParams{NodeID: node}).Fonts
}
