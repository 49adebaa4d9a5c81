package web

import (
	"encoding/json"
	"encoding/xml"
	"strings"

	"github.com/gofiber/fiber/v2"

	"joinery/app/i18n"
)

// robotsHeader tells search engines what to do with a page.
const robotsHeader = "X-Robots-Tag"

// A seo is what search engines are told of a page, and those who pass on
// its address. Only the first page has one, in each language.
type seo struct {
	Base        string // how people reach the site, whatever a request says
	Description string
	Picture     string // the path of one of 1200 by 630
	Locale      string // of the page, and of the same in the other language, as Open Graph writes them
	OtherLocale string
}

// seo says on the page of l what it is, and lets search engines keep it.
func (s *Server) seo(c *fiber.Ctx, l i18n.Lang) *seo {
	c.Response().Header.Del(robotsHeader)
	locale := func(l i18n.Lang) string { return strings.ReplaceAll(l.Tag(), "-", "_") }
	return &seo{
		Base:        s.BaseURL,
		Description: i18n.T(l, "landing.description"),
		Picture:     s.assetURL("social-" + string(l) + ".png"),
		Locale:      locale(l),
		OtherLocale: locale(l.Other()),
	}
}

// publishFiles has everything served that browsers and search engines look for at an
// address of their own choice, and returns these addresses.
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

// robots lets search engines come to the first page and to what it is made of:
// every other is about one person, or of use only to them.
func (s *Server) robots() []byte {
	lines := []string{"User-agent: *", "Disallow: /", "Allow: /$"}
	for _, l := range i18n.Languages {
		lines = append(lines, "Allow: "+localPath(l, "$"), "Allow: "+localPath(l, "/manifest.webmanifest"))
	}
	lines = append(lines, "Allow: /static/", "Allow: /favicon.ico", "Allow: /apple-touch-icon.png", "Allow: /sitemap.xml", "Sitemap: "+s.BaseURL+"/sitemap.xml")
	return []byte(strings.Join(lines, "\n") + "\n")
}

// sitemap lists the first page in each language, and says of each where the
// others are.
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
	body, _ := xml.Marshal(all) // fails for no string
	return append([]byte(xml.Header), body...)
}

// manifest says how the site looks among other programs of a phone.
func (s *Server) manifest(l i18n.Lang) []byte {
	type icon struct {
		Source  string `json:"src"`
		Sizes   string `json:"sizes"`
		Kind    string `json:"type"`
		Purpose string `json:"purpose,omitempty"`
	}
	body, _ := json.Marshal(map[string]any{ // fails for no string
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
