package web

import (
	"net/http"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"joinery/app/i18n"
)

// TestEachPressOnALinkLeadsToANewAddress presses in a browser that shows a page it knows
// again, as links does: no page that has changed may have an address that was shown.
func TestEachPressOnALinkLeadsToANewAddress(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		buttons []string
		want    string // the heading at the end
	}{
		{"accept", []string{"link.confirm"}, "link.confirming.title"},
		{"accept, then take it back", []string{"link.confirm", "link.not_mine"}, "not_mine.title"},
		{"decline", []string{"link.not_mine", "not_mine.delete"}, "link.ending.title"},
		{"decline, then take it back", []string{"link.not_mine", "not_mine.delete", "link.keep"}, "link.doubted.title"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			for _, l := range i18n.Languages {
				link, v := newSite(t, settings{}).openMailedLink(t, l)
				v.open(link)
				shown := map[string]bool{v.page.url.RequestURI(): true}
				for _, button := range tt.buttons {
					v.pressButton(i18n.T(l, button))
					v.wantNewAddress(shown)
				}
				if got, want := v.page.h1(), i18n.T(l, tt.want); got != want {
					t.Errorf("it ends at %q, want %q", got, want)
				}
			}
		})
	}
}

// TestACodeOnALinkLeadsToANewAddress types the code in such a browser.
func TestACodeOnALinkLeadsToANewAddress(t *testing.T) {
	t.Parallel()
	l := i18n.French
	s := newSite(t, settings{})
	link, v := s.openMailedLink(t, l)
	v.open(link)
	shown := map[string]bool{v.page.url.RequestURI(): true}
	f := v.form(i18n.T(l, "link.confirm"))
	v.post(f.action, f.values(f.button(i18n.T(l, "link.confirm")))) // too fast for a person
	v.wantNewAddress(shown)
	v.enterLinkCode(i18n.T(l, "link.code.confirm"), s.newestCode(t, l))
	v.wantNewAddress(shown)
	v.want(http.StatusOK, i18n.T(l, "link.used.title"))
}

// TestAPendingChoiceReloadsAtANewAddress waits in such a browser.
func TestAPendingChoiceReloadsAtANewAddress(t *testing.T) {
	t.Parallel()
	l := i18n.English
	s := newSite(t, settings{})
	link, v := s.openMailedLink(t, l)
	v.open(link)
	shown := map[string]bool{v.page.url.RequestURI(): true}
	v.pressButton(i18n.T(l, "link.confirm"))
	v.wantNewAddress(shown)
	s.applyChoices(t)
	v.open(v.page.refreshTarget())
	v.wantNewAddress(shown)
	v.want(http.StatusOK, i18n.T(l, "link.used.title"))
}

// wantNewAddress wants the address of the current page not to be one of those shown, and
// adds it to them.
func (v *visitor) wantNewAddress(shown map[string]bool) {
	v.t.Helper()
	address := v.page.url.RequestURI()
	if shown[address] {
		v.t.Errorf("%q is at %s, where another page was shown", v.page.h1(), address)
	}
	shown[address] = true
}

// refreshTarget returns the address at which the page reloads itself.
func (p *htmlPage) refreshTarget() string {
	for _, meta := range elements(p.root, func(e *html.Node) bool { return attribute(e, "http-equiv") == "refresh" }) {
		_, target, _ := strings.Cut(attribute(meta, "content"), "url=")
		return target
	}
	return ""
}
