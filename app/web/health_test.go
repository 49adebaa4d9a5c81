package web

import (
	"net/http"
	"os"
	"testing"
)

// TestReadyzTriesWhatSavingNeeds deletes the file of the members while the site has it
// open.
func TestReadyzTriesWhatSavingNeeds(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	v := s.visitor(t)
	if p := v.request(http.MethodGet, "/readyz", nil); p.status != http.StatusOK {
		t.Errorf("/readyz is %d, want 200", p.status)
	}
	if err := os.Remove(s.membersPath); err != nil {
		t.Fatal(err)
	}
	if p := v.request(http.MethodGet, "/readyz", nil); p.status != http.StatusServiceUnavailable {
		t.Errorf("without its file of members /readyz is %d, want 503", p.status)
	}
}

func TestADrainingSiteAnswersAndEndsItsConnections(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	for path, status := range map[string]int{"/healthz": 200, "/readyz": 200, "/en": 200, "/en/nowhere": 404} {
		s.wantConnection(t, path, status, false)
	}
	s.server.Drain()
	for path, status := range map[string]int{"/healthz": 200, "/readyz": 503, "/en": 200, "/en/nowhere": 404} {
		s.wantConnection(t, path, status, true)
	}
}

// wantConnection wants an answer with a status, and whether it ends its connection.
func (s *site) wantConnection(t *testing.T, path string, status int, ends bool) {
	t.Helper()
	res, err := http.Get(s.url + path)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode != status || res.Close != ends {
		t.Errorf("%s is %d and ends its connection: %v, want %d and %v", path, res.StatusCode, res.Close, status, ends)
	}
	if status == http.StatusServiceUnavailable && res.Header.Get("Retry-After") == "" {
		t.Errorf("%s does not say when to try again", path)
	}
}
