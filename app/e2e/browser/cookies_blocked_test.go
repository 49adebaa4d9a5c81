//go:build e2e

package browser

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"testing"

	"joinery/app/e2e/harness"
	"joinery/app/i18n"
)

// newSiteWithoutCookies starts a site behind a proxy that drops cookies both ways: the
// site and the page see what they see with a browser that blocks them, for which the
// Chromium without windows has no setting.
func newSiteWithoutCookies(t *testing.T) harness.Settings {
	t.Helper()
	target := new(url.URL)
	proxy := httptest.NewServer(&httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(target)
			r.Out.Host = r.In.Host
			r.Out.Header.Del("Cookie")
		},
		ModifyResponse: func(r *http.Response) error {
			r.Header.Del("Set-Cookie")
			return nil
		},
	})
	t.Cleanup(proxy.Close)
	s := harness.NewSettings(t, harness.Settings{"BASE_URL": proxy.URL})
	target.Scheme, target.Host = "http", s["ADDR"]
	harness.StartSite(t, s)
	return s
}

// TestABrowserWithoutCookiesIsToldBeforeItsAnswersAreLost presses Continue twice. The
// page says why nothing is saved, keeps the answers and never says that they are saved.
func TestABrowserWithoutCookiesIsToldBeforeItsAnswersAreLost(t *testing.T) {
	t.Parallel()
	for _, way := range harness.BothScripts {
		t.Run(way.Name, func(t *testing.T) {
			t.Parallel()
			p := harness.NewPerson(t, newSiteWithoutCookies(t), way)
			p.Tolerate = "422"
			p.Visit(p.Path("/apply/about"))
			answers := []harness.Answer{harness.To("first_name", "Zoë"), harness.To("email", "zoe@example.org"), harness.To("region", "qc")}
			p.AnswerAll(answers...)
			if p.Script {
				p.Expect(true, "words(document.getElementById('saving')).includes($0)", harness.NormalizeSpace(i18n.T(p.Lang, "saving.cookies")))
			}
			for range 2 {
				p.Follow(p.Words("nav.continue"))
				p.Expect(true, "words(document.body).includes($0)", harness.NormalizeSpace(i18n.T(p.Lang, "cookies.section")))
				p.Expect(true, "document.activeElement === summary()")
				p.Expect(p.Path("/apply/about"), "location.pathname")
				p.Expect(0, "document.querySelectorAll('#saving .kept').length")
				p.ExpectAnswers(answers...)
			}
		})
	}
}
