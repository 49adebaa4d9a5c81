package web

import (
	"encoding/json"
	"encoding/xml"
	"strings"

	"joinery/app/i18n"
)

// robotsHeader tells search engines what to do with a page.
const robotsHeader = "X-Robots-Tag"

// A seo is what a page tells search engines and link previews. Only the landing page has
// one, in each language.
type seo struct {
	Base        string // the configured address of the site, whatever a request says
	Description string
	Picture     string // the path of a picture of 1200 by 630 pixels
	Locale      string // the languages of the page and of its translation, in the notation of Open Graph
	OtherLocale string
}

// seo returns the description of the landing page in l.
func (s *Server) seo(l i18n.Lang) *seo {
	locale := func(l i18n.Lang) string { return strings.ReplaceAll(l.Tag(), "-", "_") }
	return &seo{
		Base:        s.BaseURL,
		Description: i18n.T(l, "landing.description"),
		Picture:     s.assetURL("social-" + string(l) + ".png"),
		Locale:      locale(l),
		OtherLocale: locale(l.Other()),
	}
}

// publishFiles publishes the files that browsers and search engines look for at
// well-known paths, and returns these paths.
func (s *Server) publishFiles() (urls []string) {
	add := func(url string, body []byte) {
		s.assets.Publish(url, body)
		urls = append(urls, url)
	}
	for _, f := range s.Brand.Files {
		switch f.Name {
		case "favicon.ico":
			add("/favicon.ico", f.Body)
		case "icon-180.png":
			add("/apple-touch-icon.png", f.Body)
		}
	}
	add("/robots.txt", s.robots())
	add("/sitemap.xml", s.sitemap())
	for _, l := range i18n.Languages {
		add(localPath(l, "/manifest.webmanifest"), s.manifest(l))
	}
	return urls
}

// robots returns a robots.txt that allows the landing page and its files. Every other
// page is about one person, or useful only to one.
func (s *Server) robots() []byte {
	lines := []string{"User-agent: *", "Disallow: /", "Allow: /$"}
	for _, l := range i18n.Languages {
		lines = append(lines, "Allow: "+localPath(l, "$"), "Allow: "+localPath(l, "/manifest.webmanifest"))
	}
	lines = append(lines, "Allow: /static/", "Allow: /favicon.ico", "Allow: /apple-touch-icon.png", "Allow: /sitemap.xml", "Sitemap: "+s.BaseURL+"/sitemap.xml")
	return []byte(strings.Join(lines, "\n") + "\n")
}

// sitemap returns a sitemap with the landing page in each language and its translations.
func (s *Server) sitemap() []byte {
	type link struct {
		Rel  string `xml:"rel,attr"`
		Lang string `xml:"hreflang,attr"`
		URL  string `xml:"href,attr"`
	}
	type place struct {
		URL   string `xml:"loc"`
		Links []link `xml:"xhtml:link"`
	}
	all := struct {
		XMLName xml.Name `xml:"urlset"`
		Space   string   `xml:"xmlns,attr"`
		XHTML   string   `xml:"xmlns:xhtml,attr"`
		Places  []place  `xml:"url"`
	}{Space: "http://www.sitemaps.org/schemas/sitemap/0.9", XHTML: "http://www.w3.org/1999/xhtml"}
	links := []link{{"alternate", "x-default", s.BaseURL + "/"}}
	for _, l := range i18n.Languages {
		links = append(links, link{"alternate", l.Tag(), s.BaseURL + localPath(l, "")})
	}
	for _, l := range i18n.Languages {
		all.Places = append(all.Places, place{s.BaseURL + localPath(l, ""), links})
	}
	body, _ := xml.Marshal(all) // cannot fail for strings
	return append([]byte(xml.Header), body...)
}

// manifest returns the web app manifest: the name, the icons and the colours of the site
// on the home screen of a phone.
func (s *Server) manifest(l i18n.Lang) []byte {
	type icon struct {
		Source  string `json:"src"`
		Sizes   string `json:"sizes"`
		Kind    string `json:"type"`
		Purpose string `json:"purpose,omitempty"`
	}
	body, _ := json.Marshal(map[string]any{ // cannot fail for strings
		"id": "/", "name": s.Name.In(l), "short_name": s.Name.In(l), "lang": l.Tag(),
		"start_url": localPath(l, ""), "scope": "/", "display": "minimal-ui",
		"theme_color": s.branding.Light, "background_color": s.Brand.Light.Paper.String(),
		"icons": []icon{
			{s.assetURL("icon.svg"), "any", "image/svg+xml", ""},
			{s.assetURL("icon-192.png"), "192x192", "image/png", ""},
			{s.assetURL("icon-512.png"), "512x512", "image/png", ""},
			{s.assetURL("icon-maskable-512.png"), "512x512", "image/png", "maskable"},
		},
	})
	return body
}
