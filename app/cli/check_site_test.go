package cli

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"

	"joinery/app/journeytest"
)

// TestCheckTriesTheWayToTheSite behind web servers that are set up well and badly.
func TestCheckTriesTheWayToTheSite(t *testing.T) {
	s := serving(t)
	defer func() { s.stop(); <-s.ended }()
	site, err := url.Parse(s.url)
	journeytest.Must(t, err)
	for name, tt := range map[string]struct {
		rewrite func(*httputil.ProxyRequest)
		want    string
	}{
		"well":         {func(r *httputil.ProxyRequest) { r.SetURL(site); r.Out.Host = r.In.Host }, "ok: a form sent to BASE_URL"},
		"without Host": {func(r *httputil.ProxyRequest) { r.SetURL(site) }, "pass on Host and Origin"},
		"without the headers of htmx": {func(r *httputil.ProxyRequest) {
			r.SetURL(site)
			r.Out.Host = r.In.Host
			r.Out.Header.Del("HX-Request")
		}, "must pass on HX-Request"},
		"to another program": {func(r *httputil.ProxyRequest) { r.SetURL(site); r.Out.Host, r.Out.URL.Path = r.In.Host, "/healthz" }, "another program"},
	} {
		front := httptest.NewServer(&httputil.ReverseProxy{Rewrite: tt.rewrite})
		var out strings.Builder
		err := checkSite(t.Context(), front.URL, &out)
		front.Close()
		if said := out.String(); err != nil && !strings.Contains(err.Error(), tt.want) || err == nil && !strings.Contains(said, tt.want) {
			t.Errorf("%s: check prints %q and ends with %v, want a word about %q", name, said, err, tt.want)
		}
	}
	elsewhere := httptest.NewServer(http.RedirectHandler("https://join.example.org/", http.StatusMovedPermanently))
	defer elsewhere.Close()
	if err := checkSite(t.Context(), elsewhere.URL, new(strings.Builder)); err == nil || !strings.Contains(err.Error(), "leads to https://join.example.org/") {
		t.Errorf("where it is led on, check ends with %v", err)
	}
	var out strings.Builder
	if err := checkSite(t.Context(), "http://"+freeAddress(t), &out); err != nil || !strings.Contains(out.String(), "nothing answers at BASE_URL") {
		t.Errorf("where no site runs, check prints %q and ends with %v", out.String(), err)
	}
}
