package web

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"joinery/app/i18n"
)

// TestEveryPageWithAButtonLoadsAScriptForIt wants the small script where no other is
// needed, and none on pages without a button.
func TestEveryPageWithAButtonLoadsAScriptForIt(t *testing.T) {
	t.Parallel()
	v := newSite(t, settings{}).visitor(t)
	v.saveFirstSection(i18n.English)
	for path, want := range map[string]string{
		"/en": "", "/en/privacy": "", "/en/apply/about": "joinery.", "/en/apply/later": "buttons.", "/en/apply/delete": "buttons.",
		"/en/apply/leave": "buttons.", "/en/resume": "buttons.", "/en/code": "buttons.",
	} {
		p := v.open(path)
		scripts := elements(p.root, func(e *html.Node) bool { return e.Data == "script" })
		switch buttons := len(elements(p.root, isTag("button"))) > 0; {
		case buttons != (want != ""):
			t.Errorf("%s has buttons: %t", path, buttons)
		case len(scripts) > 1, (len(scripts) == 1) != buttons:
			t.Errorf("%s loads %d scripts", path, len(scripts))
		case buttons && !strings.HasPrefix(attribute(scripts[0], "src"), "/static/"+want):
			t.Errorf("%s loads %q, want %s", path, attribute(scripts[0], "src"), want)
		}
	}
}
