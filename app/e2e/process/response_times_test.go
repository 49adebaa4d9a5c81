//go:build e2e

package process

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"joinery/app/e2e/harness"
)

// A stopwatch takes the times of requests.
type stopwatch struct {
	http.RoundTripper
	took map[string][]time.Duration
}

func (s *stopwatch) RoundTrip(r *http.Request) (*http.Response, error) {
	begun := time.Now()
	res, err := s.RoundTripper.RoundTrip(r)
	page := r.Method + " " + r.URL.Path
	s.took[page] = append(s.took[page], time.Since(begun))
	return res, err
}

// Times are how long pages take.
type times map[string]time.Duration

// timePages applies and opens pages, and returns the medians of how long they
// take.
func timePages(a *harness.Applicant, address string) times {
	a.Helper()
	watch := &stopwatch{a.Transport, make(map[string][]time.Duration)}
	a.Transport = watch
	for range 3 {
		a.Open("/en")
		a.Open("/en/resume")
	}
	a.ApplyAs(address)
	for range 5 {
		a.Open("/en/apply/sent")
	}
	medians := make(times)
	for page, took := range watch.took {
		slices.Sort(took)
		medians[page] = took[len(took)/2]
	}
	return medians
}

// fastest returns the shorter time of each page: what else a machine does makes
// times longer, and never shorter.
func (ts times) fastest(others times) times {
	for page, took := range ts {
		others[page] = min(others[page], took)
	}
	return others
}

// expectAbout checks that no page takes much longer than usual.
func (ts times) expectAbout(t *testing.T, usual times) {
	t.Helper()
	for page, took := range ts {
		if took > usual[page]+100*time.Millisecond {
			t.Errorf("%s takes %v, usually %v", page, took, usual[page])
		}
	}
}
