package draft

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"joinery/app/form"
)

// openRedis opens a store in Redis, which need not be there yet.
func openRedis(t *testing.T, url string, now func() time.Time) *Redis {
	t.Helper()
	r, err := NewRedis(url, ttl, now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}

func TestRedisDownFailsSoon(t *testing.T) {
	tests := []struct {
		name    string
		address string
		timeout time.Duration // of the caller; 0: none
		within  time.Duration
	}{
		{"no server is there", "unix:///nowhere/socket", 0, time.Second},
		{"the server accepts and does not answer", "unix://" + silence(t), 0, patience + time.Second},
		{"the server does not answer and the caller has little time", "unix://" + silence(t), 50 * time.Millisecond, time.Second},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := openRedis(t, tt.address, time.Now)
			for call, do := range map[string]func(context.Context) error{
				"Load": func(ctx context.Context) error { _, err := s.Load(ctx, idOf(key)); return err },
				"Save": func(ctx context.Context) error {
					_, err := s.Save(ctx, idOf(key), newSave(time.Now(), "about", form.Answers{"name": {"Ann-Sophie"}}))
					return err
				},
				"Delete": func(ctx context.Context) error { return s.Delete(ctx, key) },
				"Ping":   s.Ping,
			} {
				t.Run(call, func(t *testing.T) {
					t.Parallel()
					ctx := t.Context()
					if tt.timeout > 0 {
						var cancel context.CancelFunc
						ctx, cancel = context.WithTimeout(ctx, tt.timeout)
						defer cancel()
					}
					start := time.Now()
					wantDiscreet(t, call, do(ctx))
					if took := time.Since(start); took > tt.within {
						t.Errorf("%s took %v to fail, want no more than %v", call, took, tt.within)
					}
				})
			}
		})
	}
}

// silence returns a socket that accepts connections and never answers.
func silence(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "silence")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	listener, err := net.Listen("unix", filepath.Join(dir, "socket"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	return listener.Addr().String()
}

func TestNewRedisRefuses(t *testing.T) {
	tests := []struct{ name, address string }{
		{"another protocol", "http://localhost"},
		{"a bare host", "localhost:6379"},
		{"a database without a number", "redis://localhost/drafts"},
		{"an unknown option", "redis://localhost?colour=red"},
		{"a password that is not escaped", "redis://:se/cret@localhost"},
		{"a password with a stray per cent", "redis://:secret%@localhost"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, err := NewRedis(tt.address, ttl, time.Now)
			if err == nil {
				s.Close()
				t.Fatalf("NewRedis accepts %s", tt.address)
			}
			if text := err.Error(); !strings.HasPrefix(text, "draft: ") || strings.Contains(text, "se") && strings.Contains(text, "cret") {
				t.Errorf("NewRedis: %q, want it to begin with draft: and not to show the password", text)
			}
		})
	}
}
