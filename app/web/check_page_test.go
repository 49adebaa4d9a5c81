package web

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"

	"golang.org/x/net/html"

	"joinery/app/i18n"
)

// checkPage checks the rules that every page must follow.
func (v *visitor) checkPage(method string) {
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
		"Content-Security-Policy": v.site.server.policy(), "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store, no-cache", "Vary": "HX-Request",
	} {
		if got := p.header.Get(name); !strings.Contains(got, want) {
			fault("%s is %q, want %q", name, got, want)
		}
	}
	p.checkStyles(fault)
	p.checkIcons(fault)
	if first := method == http.MethodGet && p.status == http.StatusOK && (p.url.Path == "/en" || p.url.Path == "/fr"); first == (p.header.Get(robotsHeader) == "noindex") {
		fault("it is the first page: %v; robots are told %q", first, p.header.Get(robotsHeader))
	}
	if p.title() == "" || strings.Contains(p.title(), "|") || p.h1() == "" || strings.Contains(p.h1(), "|") {
		fault("title %q, heading %q: want one of each", p.title(), p.h1())
	}
	p.checkTitle(fault)
	if lang := attribute(elements(p.root, isTag("html"))[0], "lang"); lang != "en-CA" && lang != "fr-CA" {
		fault("the language is %q", lang)
	}
	ids := make(map[string]int)
	eachElement(p.root, func(e *html.Node) { ids[attribute(e, "id")]++ })
	eachElement(p.root, func(e *html.Node) { checkElement(e, ids, fault) })
}

// checkStyles checks that the policy allows the styles of the page, and no others.
func (p *htmlPage) checkStyles(fault func(string, ...any)) {
	if policy := p.header.Get("Content-Security-Policy"); strings.Contains(policy, "unsafe") {
		fault("the policy is not strict: %s", policy)
	}
	for _, style := range elements(p.root, isTag("style")) {
		if style.Parent.Data != "head" {
			fault("a style stands in <%s>", style.Parent.Data)
		}
		sum := sha256.Sum256([]byte(style.FirstChild.Data))
		if digest := base64.StdEncoding.EncodeToString(sum[:]); !strings.Contains(p.header.Get("Content-Security-Policy"), "'sha256-"+digest+"'") {
			fault("the policy does not allow the style %.60q…", style.FirstChild.Data)
		}
	}
}

// checkIcons checks that the policy allows the icons and the manifest of the page, which
// a browser without windows does not ask for.
func (p *htmlPage) checkIcons(fault func(string, ...any)) {
	directives := map[string]string{"icon": "img-src 'self'", "apple-touch-icon": "img-src 'self'", "manifest": "manifest-src 'self'"}
	for _, link := range elements(p.root, isTag("link")) {
		wanted, ok := directives[attribute(link, "rel")]
		if policy := p.header.Get("Content-Security-Policy"); ok && !strings.Contains(policy, wanted) {
			fault("the policy does not allow %s: %s", attribute(link, "href"), policy)
		}
	}
}

// checkTitle checks that the title names the site, and begins with "Error" if the page
// has an error.
func (p *htmlPage) checkTitle(fault func(string, ...any)) {
	failed := strings.HasPrefix(p.title(), i18n.T(i18n.English, "error.prefix")) || strings.HasPrefix(p.title(), i18n.T(i18n.French, "error.prefix"))
	alarming := elements(p.root, func(e *html.Node) bool { return attribute(e, "role") == "alert" && !hasAttribute(e, "hidden") })
	if failed != (len(alarming) > 0) {
		fault("the title is %q, and %d alerts are on the page", p.title(), len(alarming))
	}
	if !strings.HasSuffix(p.title(), " – "+org.In(i18n.English)) && !strings.HasSuffix(p.title(), " – "+org.In(i18n.French)) {
		fault("the title %q does not say whose site it is", p.title())
	}
}

func checkElement(e *html.Node, ids map[string]int, fault func(string, ...any)) {
	if id := attribute(e, "id"); id != "" && ids[id] > 1 {
		fault("%d elements have the id %q", ids[id], id)
	}
	if hasAttribute(e, "style") || e.Data == "script" && (attribute(e, "src") == "" || e.FirstChild != nil) {
		fault("inline style or script: <%s %v>", e.Data, e.Attr)
	}
	references := strings.Fields(attribute(e, "aria-describedby") + " " + attribute(e, "aria-labelledby") + " " + attribute(e, "list"))
	if e.Data == "label" {
		references = append(references, attribute(e, "for"))
	}
	if target, ok := strings.CutPrefix(attribute(e, "href"), "#"); ok {
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
