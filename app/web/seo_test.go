package web

import (
	"encoding/json"
	"encoding/xml"
	"image"
	_ "image/png"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"joinery/app/i18n"
)

// TestSearchEnginesListTheLandingPage checks what the landing page tells search
// engines and link previews, whatever host the request names.
func TestSearchEnginesListTheLandingPage(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	v := s.visitor(t)
	for _, l := range i18n.Languages {
		p := v.open(localPath(l, "?at=1"))
		meta := make(map[string]string)
		for _, e := range elements(p.root, isTag("meta")) {
			meta[attribute(e, "name")+attribute(e, "property")] = attribute(e, "content")
		}
		home := s.url + localPath(l, "")
		for name, want := range map[string]string{
			"description": i18n.T(l, "landing.description"), "og:description": i18n.T(l, "landing.description"),
			"og:title": i18n.T(l, "landing.title"), "og:site_name": org.In(l), "og:url": home,
			"og:locale": string(l) + "_CA", "og:locale:alternate": string(l.Other()) + "_CA", "twitter:card": "summary_large_image",
		} {
			if meta[name] != want || want == "" {
				t.Errorf("%s: %s is %q, want %q", l, name, meta[name], want)
			}
		}
		wantPicture(t, v, meta["og:image"])
		for rel, want := range map[string]string{
			"canonical": home, "alternate en-CA": s.url + "/en", "alternate fr-CA": s.url + "/fr", "alternate x-default": s.url + "/", "manifest": localPath(l, "/manifest.webmanifest"),
		} {
			found := elements(p.root, func(e *html.Node) bool {
				return strings.TrimSpace(attribute(e, "rel")+" "+attribute(e, "hreflang")) == rel
			})
			if len(found) != 1 || attribute(found[0], "href") != want {
				t.Errorf("%s: %s leads to %v, want %q", l, rel, found, want)
			}
		}
	}
}

// wantPicture wants a picture of the promised size.
func wantPicture(t *testing.T, v *visitor, url string) {
	t.Helper()
	p := v.request(http.MethodGet, url, nil)
	picture, _, err := image.DecodeConfig(strings.NewReader(p.body))
	if err != nil || picture.Width != 1200 || picture.Height != 630 || !strings.HasPrefix(url, v.site.url+"/") {
		t.Errorf("%s is %d by %d (%v)", url, picture.Width, picture.Height, err)
	}
}

// TestSearchEnginesSkipOtherPages wants a page of the form and the privacy notice to
// have noindex and no description.
func TestSearchEnginesSkipOtherPages(t *testing.T) {
	t.Parallel()
	v := newSite(t, settings{}).visitor(t)
	for _, path := range []string{"/fr/privacy", "/en/apply/about", "/en/resume", "/fr/nowhere"} {
		p := v.open(path)
		if p.header.Get(robotsHeader) != "noindex" || strings.Contains(p.body, "canonical") || strings.Contains(p.body, "og:") {
			t.Errorf("%s is listed: %q", path, p.header.Get(robotsHeader))
		}
	}
}

// TestRobots reads robots.txt by RFC 9309: the longest matching rule decides.
func TestRobots(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	v := s.visitor(t)
	p := v.request(http.MethodGet, "/robots.txt", nil)
	rule := regexp.MustCompile(`(?m)^(Allow|Disallow): (\S+)$`)
	allowed := func(path string) bool {
		longest, allow := 0, true
		for _, r := range rule.FindAllStringSubmatch(p.body, -1) {
			prefix, whole := strings.CutSuffix(r[2], "$")
			if (strings.HasPrefix(path, prefix) && !whole || path == prefix) && len(r[2]) > longest {
				longest, allow = len(r[2]), r[1] == "Allow"
			}
		}
		return allow
	}
	for _, path := range []string{"/", "/en", "/fr", "/sitemap.xml", "/favicon.ico", "/apple-touch-icon.png", "/fr/manifest.webmanifest", s.server.assetURL("icon.svg")} {
		if !allowed(path) {
			t.Errorf("%s may not be looked at", path)
		}
	}
	for _, path := range []string{"/en/apply", "/fr/apply/about", "/en/privacy", "/en/resume/x", "/fr/confirm/x", "/fr/address/x", "/outbox", "/english"} {
		if allowed(path) {
			t.Errorf("%s may be looked at", path)
		}
	}
	if want := "Sitemap: " + s.url + "/sitemap.xml"; !strings.Contains(p.body, want) || !strings.HasPrefix(p.header.Get("Content-Type"), "text/plain") {
		t.Errorf("it does not say %q: %s", want, p.body)
	}
}

func TestSitemap(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	p := s.visitor(t).request(http.MethodGet, "/sitemap.xml", nil)
	var sitemap struct {
		XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
		Places  []struct {
			URL   string `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 loc"`
			Links []struct {
				Rel  string `xml:"rel,attr"`
				Lang string `xml:"hreflang,attr"`
				URL  string `xml:"href,attr"`
			} `xml:"http://www.w3.org/1999/xhtml link"`
		} `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 url"`
	}
	if err := xml.NewDecoder(io.LimitReader(strings.NewReader(p.body), 1<<16)).Decode(&sitemap); err != nil {
		t.Fatal(err)
	}
	var pages []string
	for _, place := range sitemap.Places {
		pages = append(pages, place.URL)
		links := make(map[string]string)
		for _, l := range place.Links {
			links[l.Lang] = l.Rel + " " + l.URL
		}
		if len(links) != 3 || links["en-CA"] != "alternate "+s.url+"/en" || links["fr-CA"] != "alternate "+s.url+"/fr" || links["x-default"] != "alternate "+s.url+"/" {
			t.Errorf("%s is said to be elsewhere at %v", place.URL, links)
		}
	}
	if !slices.Equal(pages, []string{s.url + "/en", s.url + "/fr"}) {
		t.Errorf("it lists %q", pages)
	}
}

func TestManifest(t *testing.T) {
	t.Parallel()
	v := newSite(t, settings{}).visitor(t)
	for _, l := range i18n.Languages {
		p := v.request(http.MethodGet, localPath(l, "/manifest.webmanifest"), nil)
		var manifest struct {
			Name      string `json:"name"`
			Lang      string `json:"lang"`
			StartURL  string `json:"start_url"`
			Display   string `json:"display"`
			Theme     string `json:"theme_color"`
			ShortName string `json:"short_name"`
			Icons     []struct {
				Source string `json:"src"`
				Sizes  string `json:"sizes"`
				Kind   string `json:"type"`
			} `json:"icons"`
		}
		if err := json.Unmarshal([]byte(p.body), &manifest); err != nil || p.header.Get("Content-Type") != "application/manifest+json" {
			t.Fatalf("%s: %v, %q", l, err, p.header.Get("Content-Type"))
		}
		if manifest.Name != org.In(l) || manifest.ShortName == "" || manifest.Lang != l.Tag() || manifest.StartURL != localPath(l, "") || manifest.Theme == "" || manifest.Display == "" {
			t.Errorf("%s: it says %+v", l, manifest)
		}
		if v.open(manifest.StartURL).status != http.StatusOK || len(manifest.Icons) < 3 {
			t.Errorf("%s: it leads to %s, with %d icons", l, manifest.StartURL, len(manifest.Icons))
		}
		for _, icon := range manifest.Icons {
			if got := v.request(http.MethodGet, icon.Source, nil); got.status != http.StatusOK || got.header.Get("Content-Type") != icon.Kind {
				t.Errorf("%s: the icon %+v is %d %q", l, icon, got.status, got.header.Get("Content-Type"))
			}
		}
	}
}

// TestIconsAreAtTheirWellKnownPaths requests the icons that browsers ask for by
// default, and the icons that the pages name.
func TestIconsAreAtTheirWellKnownPaths(t *testing.T) {
	t.Parallel()
	v := newSite(t, settings{}).visitor(t)
	addresses := []string{"/favicon.ico", "/apple-touch-icon.png"}
	for _, e := range elements(v.open("/en/privacy").root, isTag("link")) {
		if strings.Contains(attribute(e, "rel"), "icon") {
			addresses = append(addresses, attribute(e, "href"))
		}
	}
	if len(addresses) != 5 {
		t.Errorf("a page names the icons %q", addresses[2:])
	}
	for _, address := range addresses {
		p := v.request(http.MethodGet, address, nil)
		if kind := p.header.Get("Content-Type"); p.status != http.StatusOK || !strings.HasPrefix(kind, "image/") || !strings.Contains(p.header.Get("Cache-Control"), "max-age") {
			t.Errorf("%s is %d %v", address, p.status, p.header)
		}
	}
}
