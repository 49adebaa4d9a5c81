package web

import (
	"net/http"
	"strings"
	"testing"

	"joinery/app/i18n"
)

// mangledPaths are what mail programs make of the path of a link to the end of which a
// token belongs.
var mangledPaths = map[string]func(page, token string) string{
	"as it is":                     func(page, token string) string { return page + token },
	"in small letters":             func(page, token string) string { return page + strings.ToLower(token) },
	"a full stop behind it":        func(page, token string) string { return page + token + "." },
	"a slash behind it":            func(page, token string) string { return page + token + "/" },
	"slashes behind it":            func(page, token string) string { return page + token + "//" },
	"a path behind it":             func(page, token string) string { return page + token + "/nowhere/else" },
	"a query behind it":            func(page, token string) string { return page + token + "?utm_source=news&utm_medium=mail" },
	"a query behind it, encoded":   func(page, token string) string { return page + token + "%3Futm_source%3Dnews" },
	"in brackets":                  func(page, token string) string { return page + "%3C" + token + "%3E" },
	"a blank in it":                func(page, token string) string { return page + token[:15] + "%20" + token[15:] },
	"a line break in it":           func(page, token string) string { return page + token[:15] + "%0D%0A" + token[15:] },
	"a soft break in it":           func(page, token string) string { return page + token[:15] + "=%0D%0A" + token[15:] },
	"a zero-width blank in it":     func(page, token string) string { return page + token[:15] + "%E2%80%8B" + token[15:] },
	"a hyphen that does not break": func(page, token string) string { return page + strings.Replace(token, "-", "%E2%80%91", 1) },
	"a hyphen, encoded twice":      func(page, token string) string { return page + strings.Replace(token, "-", "%252D", 1) },
	"a hyphen, quoted":             func(page, token string) string { return page + strings.Replace(token, "-", "=2D", 1) },
	"a hyphen as an entity":        func(page, token string) string { return page + strings.Replace(token, "-", "%26%2345%3B", 1) },
	"a slash too many":             func(page, token string) string { return page + "/" + token },
	"a slash before it, encoded":   func(page, token string) string { return strings.TrimSuffix(page, "/") + "%2F" + token },
	"slashes in it":                func(page, token string) string { return page + token[:15] + "/" + token[15:] },
	"a break in its fixed part":    func(page, token string) string { return page[:6] + "=%0D%0A" + page[6:] + token },
	"a blank in its fixed part":    func(page, token string) string { return page[:6] + "%20" + page[6:] + token },
	"its slashes encoded":          func(page, token string) string { return "/" + strings.ReplaceAll(page[1:], "/", "%2F") + token },
	"in capitals":                  func(page, token string) string { return strings.ToUpper(page) + token },
}

func TestMangledLinksLeadToTheirPage(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		confirm, reader := s.openMailedLink(t, l)
		s.visitorWithDraft(t, l, "Ada")
		resume := s.requestedLink(t, l, "Ada", 2)
		for link, title := range map[string]string{confirm: "link.open.title", resume: "resume.open.title"} {
			cut := strings.LastIndex(link, "/") + 1
			page, token := link[len(s.url):cut], link[cut:]
			for name, mangled := range mangledPaths {
				t.Run(name+" "+page, func(t *testing.T) {
					v := &visitor{t: t, site: s, client: reader.client, header: reader.header}
					v.open(mangled(page, token))
					v.want(http.StatusOK, i18n.T(l, title))
					v.open(v.page.link(i18n.T(l.Other(), "lang.name")))
					v.want(http.StatusOK, i18n.T(l.Other(), title))
				})
			}
		}
	}
}

func TestAMangledLinkCanBeUsed(t *testing.T) {
	t.Parallel()
	l := i18n.English
	s := newSite(t, settings{})
	link, reader := s.openMailedLink(t, l)
	reader.open(strings.ToLower(strings.Replace(link, "-", "%E2%80%91%20", 1)) + "%3E.")
	reader.pressButton(i18n.T(l, "link.confirm"))
	reader.want(http.StatusOK, i18n.T(l, "link.confirming.title"))
	s.applyChoices(t)
	reader.open(link)
	reader.want(http.StatusOK, i18n.T(l, "link.used.title"))
}

func TestALinkThatWasCutSaysSo(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		v := newSite(t, settings{}).visitor(t)
		for path, title := range map[string]string{
			"/confirm": "link.cut.title", "/confirm/": "link.cut.title", "/confirm//": "link.cut.title", "/confirm/ABC": "link.cut.title",
			"/confirm/ABC/DEF": "link.cut.title", "/con%20firm/ABC": "link.cut.title",
			"/resume/ABC": "resume.cut.title", "/re=%0Asume/ABC": "resume.cut.title",
			"/address/ABC": "new_address.cut.title", "/ad=%0Adress/ABC": "new_address.cut.title",
		} {
			v.open("/" + string(l) + path)
			v.want(http.StatusNotFound, i18n.T(l, title))
		}
	}
}

func TestOnlyMangledLinksAreMended(t *testing.T) {
	t.Parallel()
	v := newSite(t, settings{}).visitor(t)
	for _, path := range []string{"/nowhere", "/en/nowhere", "/en/apply/about/confirm/ABC/DEF", "/de/confirm/ABC", "/static/en/confirm/ABC", "/en/con%20firm", "/x%2Fen%2Fconfirm%2FABC"} {
		if p := v.request(http.MethodGet, path, nil); p.status != http.StatusNotFound && p.status != http.StatusMethodNotAllowed {
			t.Errorf("GET %s is %d to %q", path, p.status, p.header.Get("Location"))
		}
	}
	for method, want := range map[string]int{http.MethodPost: http.StatusNotFound, http.MethodPut: http.StatusNotFound} {
		if p := v.request(method, "/en/confirm/ABC/DEF", nil); p.status != want {
			t.Errorf("%s is %d, want %d", method, p.status, want)
		}
	}
}
