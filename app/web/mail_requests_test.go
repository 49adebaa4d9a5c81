package web

import (
	"slices"
	"strings"

	"golang.org/x/net/html"

	"joinery/app/i18n"
)

// A mailRequest is a form whose post has the site write a letter.
type mailRequest struct {
	name    string
	open    func(v *visitor, l i18n.Lang) // opens the page with the form
	button  string
	heading string // the heading of the page
	done    string // the heading of the page that follows
	letters int    // the number of letters after that
}

var mailRequests = []mailRequest{
	{"send", func(v *visitor, l i18n.Lang) { v.apply(l, answerFirst) }, "check.send", "check.title", "sent.waiting.title", 1},
	{"later", func(v *visitor, l i18n.Lang) { v.saveFirstSection(l) }, "later.send", "later.title", "later.title", 1},
	{"ask", func(v *visitor, l i18n.Lang) {
		v.site.visitorWithDraft(v.t, l, "Ada")
		v.open("/" + string(l) + "/resume")
	}, "lost.send", "lost.title", "lost.title", 1},
}

// filledForm fills in the form of m on the page.
func (m mailRequest) filledForm(v *visitor, l i18n.Lang) *htmlForm {
	f := v.form(i18n.T(l, m.button))
	if f.control(emailField) != nil {
		f.set(emailField, mailboxOf("Ada"))
	}
	if boxes := f.control("given"); boxes != nil {
		boxes.values = []string{"consent_privacy", "consent_directory"}
	}
	return f
}

// countLetters returns the number of letters after pending requests are processed.
func (v *visitor) countLetters() int {
	v.t.Helper()
	v.site.resume.ProcessRequests(v.t.Context())
	return len(v.site.letters(v.t))
}

// wantRepeatRequest wants the page of m again with the values of f and no letter, and
// the focus on the note that asks for one more press.
func (v *visitor) wantRepeatRequest(l i18n.Lang, m mailRequest, f *htmlForm) {
	v.t.Helper()
	if !strings.Contains(v.page.h1(), i18n.T(l, m.heading)) || strings.HasPrefix(v.page.title(), i18n.T(l, "error.prefix")) {
		v.t.Fatalf("at %s, %q, want %q again, without an error", v.page.url, v.page.title(), i18n.T(l, m.heading))
	}
	if n := v.countLetters(); n > 0 {
		v.t.Errorf("there are %d letters, want none", n)
	}
	want := i18n.T(l, "press.named", i18n.T(l, m.button))
	if m.button == "check.send" {
		want = i18n.T(l, "note.press")
	}
	focused := elements(v.page.root, func(e *html.Node) bool { return hasAttribute(e, "autofocus") })
	if len(focused) != 1 || text(focused[0]) != want || attribute(focused[0], "tabindex") != "-1" || attribute(focused[0], "role") != "status" {
		v.t.Errorf("the focus goes to %d elements, want the note alone: %q", len(focused), v.page.notes())
	}
	again := v.form(i18n.T(l, m.button))
	for _, name := range []string{emailField, "given"} {
		if before, now := f.control(name), again.control(name); before != nil && !slices.Equal(before.values, now.values) {
			v.t.Errorf("%s was %q and is now %q", name, before.values, now.values)
		}
	}
	if again.control(trapField) != nil {
		v.t.Error("there is the trap again, which a browser may fill once more")
	}
}
