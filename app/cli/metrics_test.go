package cli

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"joinery/app/journeytest"
)

// metrics returns what the site tells Prometheus.
func (s *site) metrics(t *testing.T) string {
	t.Helper()
	answer, err := visitor.Get("http://" + s.cfg.MetricsAddr + "/metrics")
	journeytest.Must(t, err)
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("the metrics are %s, %v", answer.Status, err)
	}
	return string(text)
}

// TestPrometheusIsToldHowTheSiteStands looks after a few requests.
func TestPrometheusIsToldHowTheSiteStands(t *testing.T) {
	t.Parallel()
	s := serving(t, "zoe@example.ca")
	stamp := s.stamp(t)
	s.requestLink(t, stamp, "zoe@example.ca")
	for _, path := range []string{"/en/confirm/SECRET", "/fr/nowhere?q=SECRET"} {
		answer, err := visitor.Get(s.url + path)
		journeytest.Must(t, err)
		answer.Body.Close()
	}
	told := s.metrics(t)
	for _, want := range []string{
		`joinery_requests_total{class="2xx",method="GET",route="/en/resume"} 1`,
		`joinery_requests_total{class="2xx",method="POST",route="/en/resume"} 1`,
		`joinery_request_seconds_count{method="GET",route="/en/resume"} 1`,
		`route="/en/confirm/:token"`, `class="4xx"`,
		`joinery_ready{store="drafts"} 1`, `joinery_ready{store="members"} 1`,
		`joinery_budget_limit{budget="mail_total"} 2000`, `joinery_budget_used{budget="drafts_total"} 1`,
		`joinery_budget_refusals_total{budget="mail_total"} 0`, `joinery_store_errors_total{store="sqlite"} 0`,
		`joinery_mail_overdue_seconds 0`, `joinery_disk_free_bytes `, `joinery_build_info{version="development"} 1`, `process_open_fds `,
	} {
		if !strings.Contains(told, want) {
			t.Errorf("Prometheus is not told %s", want)
		}
	}
	for _, private := range []string{"SECRET", "nowhere", "zoe", "127.0.0.1"} {
		if strings.Contains(told, private) {
			t.Errorf("Prometheus is told %q", private)
		}
	}
	s.stop()
	journeytest.Must(t, <-s.ended)
}

// TestOnlyTheMetricsAreAtTheirAddress keeps everything else away from there, and them away
// from the site.
func TestOnlyTheMetricsAreAtTheirAddress(t *testing.T) {
	t.Parallel()
	s := serving(t)
	base := "http://" + s.cfg.MetricsAddr
	for _, path := range []string{"/", "/metrics/x", "/debug/pprof/", "/en"} {
		wantStatus(t, base+path, http.StatusNotFound)
	}
	wantStatus(t, s.url+"/metrics", http.StatusNotFound)
	answer, err := visitor.PostForm(base+"/metrics", url.Values{})
	journeytest.Must(t, err)
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("a post is answered with %s", answer.Status)
	}
	s.stop()
	journeytest.Must(t, <-s.ended)
}

// wantStatus wants a page to be answered with a status.
func wantStatus(t *testing.T, url string, want int) {
	t.Helper()
	answer, err := visitor.Get(url)
	journeytest.Must(t, err)
	defer answer.Body.Close()
	if answer.StatusCode != want {
		t.Errorf("%s is answered with %s, want %d", url, answer.Status, want)
	}
}
