package web

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"pgregory.net/rapid"

	"joinery/app/wizard"
)

// An oldForm is a form on a page that a person has left open in the shared browser.
type oldForm struct {
	*htmlForm
	owner *sharer
}

// keepOpen leaves one of the pages of the person open in another tab.
func (b *sharedBrowser) keepOpen(r *rapid.T) {
	if !b.here() {
		r.Skip()
	}
	b.v.open("/en/apply" + rapid.SampledFrom([]string{"", "/about", "/role", "/check", "/later", "/phone", "/delete", "/sent", "/leave"}).Draw(r, "page"))
	for _, f := range b.v.page.forms() {
		if !strings.HasPrefix(f.action, "/en/apply") {
			continue
		}
		if f.control(versionField) == nil {
			b.t.Fatalf("the form of %s at %s does not say which draft it is about", f.action, b.v.page.url.Path)
		}
		if namesDraft(f) {
			b.kept = append(b.kept, oldForm{f, b.person()})
		}
	}
}

// namesDraft reports whether a form names the draft that it is about. That of a page which
// begins a draft does not.
func namesDraft(f *htmlForm) bool {
	version := f.control(versionField).values[0]
	return version != "" && (strings.Count(version, "-") < 4 || wizard.ParseSnapshot(version).Draft != "")
}

// useOldForm presses a button of a page that the other person has left open, or types
// there. Nothing may come of it.
func (b *sharedBrowser) useOldForm(r *rapid.T) {
	forms := slices.DeleteFunc(slices.Clone(b.kept), func(f oldForm) bool { return f.owner == b.person() })
	if len(forms) == 0 {
		r.Skip()
	}
	f := rapid.SampledFrom(forms).Draw(r, "form")
	for _, name := range []string{"pronouns", "address", "code"} {
		if f.control(name) != nil {
			f.set(name, f.owner.mark)
		}
	}
	before, session, seen := b.site.dump(b.t), b.v.cookie(), len(b.pages.bodies)
	if action, _, _ := strings.Cut(f.action, "?"); f.mayAutosave() && rapid.Bool().Draw(r, "types") {
		b.v.htmx(http.MethodPost, action+"/save", f.values(nil))
	} else {
		b.pressOld(f, rapid.IntRange(0, len(f.buttons)-1).Draw(r, "button"))
	}
	if b.site.dump(b.t) != before || b.v.cookie() != session {
		b.t.Fatalf("a page that %s left open, %s, has changed something for %s", f.owner.first, f.action, b.person().first)
	}
	b.takeEcho(seen)
}

// mayAutosave reports whether a form saves while a person types in it.
func (f oldForm) mayAutosave() bool { return f.control("given") != nil || f.control("pronouns") != nil }

func (b *sharedBrowser) pressOld(f oldForm, button int) {
	action, pressed := f.action, f.buttons[button]
	if hasAttribute(pressed, "formaction") {
		action = attribute(pressed, "formaction")
	}
	b.v.site.pass(2 * time.Second)
	b.v.post(action, f.values(pressed))
}

// takeEcho forgets the response to the old page, which may show what that page has posted,
// but nothing beside it.
func (b *sharedBrowser) takeEcho(at int) {
	echo, o := b.pages.bodies[at], b.other()
	if !strings.Contains(echo, o.mark) && !strings.Contains(echo, o.first) {
		return
	}
	if p := b.person(); strings.Contains(echo, p.mark) || strings.Contains(echo, p.first) {
		b.t.Fatalf("an old page of %s shows what %s has answered:\n%s", o.first, p.first, echo)
	}
	b.pages.bodies = slices.Delete(b.pages.bodies, at, at+1)
}
