package web

import (
	"net/http"
	"testing"
)

// TestTheOutboxIsForThisMachine asks for it as a page does whose host a stranger has given
// the address of this machine, and through a proxy.
func TestTheOutboxIsForThisMachine(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	tests := []struct {
		host, forwarded string
		want            int
	}{
		{"localhost", "", 200},
		{"LOCALHOST:3000", "", 200},
		{"127.0.0.1:3000", "", 200},
		{"127.8.8.8", "", 200},
		{"[::1]:3000", "", 200},
		{"[::1]", "", 200},
		{"evil.example", "", 404},
		{"evil.example:3000", "", 404},
		{"localhost.evil.example", "", 404},
		{"127.0.0.1.evil.example", "", 404},
		{"192.0.2.1", "", 404},
		{"0.0.0.0:3000", "", 404},
		{"localhost", "192.0.2.1", 404},
	}
	for _, tt := range tests {
		for _, path := range []string{"/outbox", "/outbox/none/html"} {
			if got := s.statusFor(t, path, tt.host, tt.forwarded); got != tt.want && (path == "/outbox" || got != http.StatusNotFound) {
				t.Errorf("%s at the host %s is %d, want %d", path, tt.host, got, tt.want)
			}
		}
	}
}

// statusFor asks for a path at a host, as a proxy does if the request is forwarded.
func (s *site) statusFor(t *testing.T, path, host, forwarded string) int {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.url+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Host = host
	if forwarded != "" {
		req.Header.Set("X-Forwarded-For", forwarded)
	}
	res, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	return res.StatusCode
}
