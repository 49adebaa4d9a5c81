//go:build e2e

package browser

import (
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"

	"joinery/app/e2e/harness"
	"joinery/app/i18n"
)

// dropHX removes the headers of htmx.
func dropHX(h http.Header) {
	for name := range h {
		if strings.HasPrefix(strings.ToLower(name), "hx-") {
			delete(h, name)
		}
	}
}

// respellHX spells the names of the headers of htmx in another way.
func respellHX(spell func(string) string) func(http.Header) {
	return func(h http.Header) {
		for name, values := range h {
			if strings.HasPrefix(strings.ToLower(name), "hx-") {
				delete(h, name)
				h[spell(name)] = values
			}
		}
	}
}

func keep(http.Header) {}

// behindProxy starts a site that browsers reach by a proxy, which changes the headers of
// requests and of responses.
func behindProxy(t *testing.T, request, response func(http.Header)) harness.Settings {
	t.Helper()
	var site harness.Settings
	proxy := httptest.NewServer(&httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(&url.URL{Scheme: "http", Host: site["ADDR"]})
			r.Out.Host = r.In.Host
			request(r.Out.Header)
		},
		ErrorLog: log.New(io.Discard, "", 0), // until the site listens
		ModifyResponse: func(r *http.Response) error {
			response(r.Header)
			return nil
		},
	})
	t.Cleanup(proxy.Close)
	site = harness.NewSettings(t, harness.Settings{"BASE_URL": proxy.URL})
	harness.StartSite(t, site)
	return site
}

// TestAProxyThatChangesHeaders applies through proxies that drop the headers of htmx, or
// spell them in another way. Enhancement falls back, and never stops anybody.
func TestAProxyThatChangesHeaders(t *testing.T) {
	t.Parallel()
	proxies := []struct {
		name              string
		request, response func(http.Header)
		enhanced          bool
	}{
		{"drops those of requests", dropHX, keep, false},
		{"drops those of responses", keep, dropHX, false},
		{"drops both", dropHX, dropHX, false},
		{"in small letters", respellHX(strings.ToLower), respellHX(strings.ToLower), true},
		{"in capitals", respellHX(strings.ToUpper), respellHX(strings.ToUpper), true},
	}
	for i, tt := range proxies {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := harness.NewPerson(t, behindProxy(t, tt.request, tt.response), harness.Way{Lang: i18n.Languages[i%2], Script: true})
			p.Visit(p.Path("/apply"))
			p.ExpectSection("about")
			p.Continue()
			p.Expect(true, "document.activeElement === summary()")
			p.Expect(p.Path("/apply/about"), "location.pathname")
			markPage(p)
			p.AnswerAll(harness.Ada[0].Answers...)
			p.Continue()
			p.FillIn(harness.Ada[1:]...)
			p.ExpectSection("check")
			p.Expect(tt.enhanced, "window.marked === true")
			p.ExpectOffline(false)
			changeAnswer(p, "role", "roles", "manager")
			p.Follow(p.Words("nav.back"))
			p.ExpectSection("interests")
			p.Continue()
			p.Follow(p.Words("check.send"))
			p.ExpectErrors("check", 1)
			p.Click("box($0)", p.Consent(0))
			p.ReadPage()
			p.Follow(p.Words("check.send"))
			p.Expect(p.Path("/apply/sent"), "location.pathname")
			p.Expect(true, "title().startsWith($0)", p.Words("sent.waiting.title"))
			p.Visit(p.Path("/apply/about")) // which is over
			p.Expect(p.Path("/apply/sent"), "location.pathname")
			p.ExpectNote("note.sent")
			p.Expect(true, "!!document.getElementById('live')")
		})
	}
}
