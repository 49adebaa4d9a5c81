//go:build e2e

package browser

import (
	"testing"

	"github.com/chromedp/cdproto/css"
	"github.com/chromedp/cdproto/dom"

	"joinery/app/e2e/harness"
)

// Every letter of the languages of Canada that are written in Latin or in syllabics
// comes in a font of ours, whatever fonts a machine has.
func TestNamesNeedNoFontOfTheMachine(t *testing.T) {
	t.Parallel()
	p := harness.NewPerson(t, harness.SharedSite(t), harness.Ways[0])
	p.Visit(p.Path(""))
	for name, text := range map[string]string{
		"French":       "À Québec, l’été, « Zoë Lefèvre-Œuvrard » – déjà! (R&D), 50 000",
		"names":        "Łukasz Çelik Ångström Muñoz Šarić ÅØÆ",
		"Dene":         "Dëne Sųłiné Yatıé, Tłı̨chǫ, ʔasıe",
		"Salish":       "hən̓q̓əmin̓əm̓, Sḵwx̱wú7mesh, SENĆOŦEN, ƛ̓, xʷ, x̌",
		"Nuu-chah":     "č̓ ḥ ʕ k̓ʷ q̓ʷ",
		"Inuktitut":    "ᐃᓄᒃᑎᑐᑦ ᖃᓂᐅᔮᖅᐸᐃᑦ",
		"Cree":         "ᓀᐦᐃᔭᐍᐏᐣ nêhiyawêwin ā ē ī ō",
		"Mohawk, Inuu": "Kanienʼkéha, ĸ, ŋ",
	} {
		for _, place := range []string{"h1", ".lead"} {
			p.Execute("document.querySelector($0).textContent = $1", place, text)
			p.Expect("loaded", "document.fonts.status")
			for _, font := range platformFonts(p, place) {
				if !font.IsCustomFont {
					t.Errorf("%s in %s: %g letters of %q are in %s", name, place, font.GlyphCount, text, font.FamilyName)
				}
			}
		}
	}
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
