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
