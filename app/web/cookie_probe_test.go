package web

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"joinery/app/i18n"
)

// worksWithoutCookies are the posts that work in a browser without cookies, and why.
// Every other post stores nothing there, and uses up no link and no code.
var worksWithoutCookies = map[string]string{
	"/resume":                  "sends a letter to whom it concerns",
	"/resume/:token/renew":     "sends a letter to whom it concerns",
	"/resume/:token/delete":    "deletes what the link itself names",
	"/confirm/:token":          "confirms what the link itself names",
	"/confirm/:token/code":     "confirms what the link itself names",
	"/confirm/:token/renew":    "sends a letter to whom it concerns",
	"/confirm/:token/not-mine": "deletes what the link itself names",
}

// blockCookies makes the browser keep no cookie and send none.
func (v *visitor) blockCookies() *visitor {
	v.client.Jar = nil
	return v
}

// TestNoPostOfABrowserWithoutCookiesIsStored posts to every route, so that a new one is
// not forgotten: with answers, a link and a code that are right.
func TestNoPostOfABrowserWithoutCookiesIsStored(t *testing.T) {
	for drafts, open := range storeOpeners {
		t.Run(drafts, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, settings{drafts: open})
			owner := s.visitorWithDraft(t, i18n.English, "Ada")
			code := owner.createCode(i18n.English)
			link, err := url.Parse(s.requestedLink(t, i18n.English, "Ada", 1))
			if err != nil {
				t.Fatal(err)
			}
			form := s.visitor(t).openFirstSection(i18n.English).values(nil)
			form.Set("code", code)
			form["given"] = []string{"consent_privacy"}
			fill := strings.NewReplacer(":section", "about", ":field", "email", ":token", link.Path[strings.LastIndex(link.Path, "/")+1:])
			before, posts := s.dump(t), 0
			for _, route := range s.server.app.GetRoutes(true) {
				path, inLang := strings.CutPrefix(route.Path, "/en")
				if french := strings.HasPrefix(route.Path, "/fr/"); french {
					path, inLang = strings.TrimPrefix(route.Path, "/fr"), true
				}
				if route.Method != http.MethodPost || worksWithoutCookies[path] != "" {
					continue
				}
				posts++
				if !inLang {
					t.Errorf("POST %s has no language", route.Path)
				}
				for _, do := range []string{"", "later", "phone", "fr", "en", "accept:email"} {
					form.Set("do", do)
					p := s.newcomer(t).blockCookies().request(http.MethodPost, fill.Replace(route.Path), form)
					wantOnlyProbe(t, p)
					if p.status >= 500 || strings.Contains(p.text(), savedWords(i18n.English)) {
						t.Errorf("POST %s, %q: %d, %s", route.Path, do, p.status, p.text())
					}
				}
			}
			if after := s.dump(t); after != before || posts < 20 {
				t.Errorf("%d posts without cookies have left\n%s\nwant what was there before:\n%s", posts, after, before)
			}

			late := s.visitor(t) // whose browser keeps cookies: nothing was used up
			late.post("/en/code", form)
			late.wantDraft(i18n.English, "Ada")
			another := s.visitor(t)
			another.open(link.Path)
			another.pressButton(i18n.T(i18n.English, "landing.continue"))
			another.wantDraft(i18n.English, "Ada")
		})
	}
}

// wantOnlyProbe wants a page that sets no cookie but the probe, which is the same in
// every browser, and a note for the next page.
func wantOnlyProbe(t *testing.T, p *htmlPage) {
	t.Helper()
	for _, c := range (&http.Response{Header: p.header}).Cookies() {
		if c.Name == "note" {
			continue
		}
		if c.Name != probeCookie || c.Value != "1" || c.Path != "/" || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.MaxAge != 24*60*60 {
			t.Errorf("%s sets the cookie %s", p.url.Path, c.Raw)
		}
	}
}

// setsProbe reports whether a page sets the probe.
func setsProbe(p *htmlPage) bool {
	return strings.Contains(p.header.Get("Set-Cookie"), probeCookie+"=")
}

// TestEveryFormThatNeedsACookieBringsOne opens every page as a newcomer. A page with a
// form that only works with cookies sets the probe; landing page and privacy notice set
// none.
func TestEveryFormThatNeedsACookieBringsOne(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	owner := s.visitorWithDraft(t, i18n.English, "Ada")
	code := owner.createCode(i18n.English)
	link, _ := url.Parse(s.requestedLink(t, i18n.English, "Ada", 1))
	token := link.Path[strings.LastIndex(link.Path, "/")+1:]
	before, probes := s.dump(t), make(map[string]bool)
	fill := strings.NewReplacer(":section", "about", ":token", token, ":code", url.PathEscape(code), ":id", "x", ":act", "again")
	for _, route := range s.server.app.GetRoutes(true) {
		if route.Method != http.MethodGet || strings.Contains(route.Path, "*") || route.Path == "/readyz" { // which tries a write
			continue
		}
		p := s.newcomer(t).request(http.MethodGet, fill.Replace(route.Path), nil)
		wantOnlyProbe(t, p)
		for _, f := range p.forms() {
			path := strings.NewReplacer(token, ":token").Replace(strings.TrimPrefix(strings.TrimPrefix(f.action, "/en"), "/fr"))
			if worksWithoutCookies[path] == "" && !setsProbe(p) {
				t.Errorf("%s has a form for %s and sets no probe", route.Path, f.action)
			}
		}
		if setsProbe(p) {
			probes[strings.TrimPrefix(strings.TrimPrefix(route.Path, "/en"), "/fr")] = true
		}
	}
	want := []string{"/apply/:section", "/code", "/code/:code", "/resume", "/resume/:token"}
	if got := slices.Sorted(maps.Keys(probes)); !slices.Equal(got, want) {
		t.Errorf("the pages that set the probe are %q, want %q", got, want)
	}
	if s.dump(t) != before {
		t.Errorf("reading has left %s", s.dump(t))
	}
}

func TestTheProbeIsBoundToHTTPS(t *testing.T) {
	t.Parallel()
	v := newSite(t, settings{https: true}).newcomer(t)
	p := v.request(http.MethodGet, "/en/apply/about", nil)
	if got := p.header.Get("Set-Cookie"); !strings.HasPrefix(got, "__Host-"+probeCookie+"=1;") || !strings.Contains(got, "secure") {
		t.Errorf("the probe is %q", got)
	}
	v.header.Set("Cookie", "__Host-"+probeCookie+"=1")
	if p := v.request(http.MethodGet, "/en/apply/about", nil); p.header.Get("Set-Cookie") != "" {
		t.Errorf("a browser that has the probe is given %q", p.header.Get("Set-Cookie"))
	}
}

// TestOnlyCookiesOfTheSiteShowThatCookiesAreKept sends cookies that another program at
// the same host, or a person, has set.
func TestOnlyCookiesOfTheSiteShowThatCookiesAreKept(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	f := s.newcomer(t).openFirstSection(i18n.English)
	for header, kept := range map[string]bool{
		"cookies=1": true, "theme=dark; cookies=1": true, "draft=x": true,
		"": false, "theme=dark": false, "cookies=": false, "draft=": false, "__Host-cookies=1": false, "Cookies=1": false, "cookies": false, "xcookies=1; xdraft=1": false,
	} {
		v := s.newcomer(t).blockCookies()
		v.header.Set("Cookie", header)
		if p := v.request(http.MethodPost, f.action, f.values(nil)); (p.status == http.StatusSeeOther) != kept {
			t.Errorf("with the cookies %q: %d", header, p.status)
		}
	}
}
