package web

import (
	"net/http"
	"strings"

	"golang.org/x/net/html"
)

// inspect looks at what every page owes, whatever it shows.
func (v *visitor) inspect(method string) {
	v.t.Helper()
	p := v.page
	if method == http.MethodHead || !strings.HasPrefix(p.header.Get("Content-Type"), "text/html") {
		return
	}
	fault := func(format string, args ...any) {
		v.t.Helper()
		v.t.Errorf("%s %s (%d): "+format, append([]any{method, p.url.Path, p.status}, args...)...)
	}
	for name, want := range map[string]string{
		"Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "Vary": "HX-Request",
	} {
		if got := p.header.Get(name); !strings.Contains(got, want) {
			fault("%s is %q, want %q", name, got, want)
		}
	}
	if strings.Contains(policy, "unsafe") {
		fault("the policy is not strict: %s", policy)
	}
	if p.title() == "" || strings.Contains(p.title(), "|") || p.h1() == "" || strings.Contains(p.h1(), "|") {
		fault("title %q, heading %q: want one of each", p.title(), p.h1())
	}
	if lang := attr(all(p.root, tag("html"))[0], "lang"); lang != "en-CA" && lang != "fr-CA" {
		fault("the language is %q", lang)
	}
	ids := make(map[string]int)
	each(p.root, func(e *html.Node) { ids[attr(e, "id")]++ })
	each(p.root, func(e *html.Node) { inspectElement(e, ids, fault) })
}

func inspectElement(e *html.Node, ids map[string]int, fault func(string, ...any)) {
	if id := attr(e, "id"); id != "" && ids[id] > 1 {
		fault("%d elements have the id %q", ids[id], id)
	}
	if e.Data == "style" || has(e, "style") || e.Data == "script" && (attr(e, "src") == "" || e.FirstChild != nil) {
		fault("inline style or script: <%s %v>", e.Data, e.Attr)
	}
	references := strings.Fields(attr(e, "aria-describedby") + " " + attr(e, "aria-labelledby") + " " + attr(e, "list"))
	if e.Data == "label" {
		references = append(references, attr(e, "for"))
	}
	if target, ok := strings.CutPrefix(attr(e, "href"), "#"); ok {
		references = append(references, target)
	}
	for _, id := range references {
		if ids[id] == 0 {
			fault("<%s> refers to %q, which is not on the page", e.Data, id)
		}
	}
	for _, a := range e.Attr {
		if strings.HasPrefix(a.Key, "on") || strings.HasPrefix(a.Val, "javascript:") {
			fault("inline script: %s=%q", a.Key, a.Val)
		}
	}
}
