//go:build e2e

package cli

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"joinery/app/redistest"
)

// TestCheckSaysHowSafeDraftsAreInRedis has Redis set up in one way after the other.
func TestCheckSaysHowSafeDraftsAreInRedis(t *testing.T) {
	tests := []struct {
		name    string
		options []string   // of the server
		ask     [][]string // commands that it gets
		says    []string
		fails   string // words of the error; "": there is none
	}{
		{"neither file", nil, nil, []string{"ok: Redis removes no drafts", "warning: Redis writes drafts to no file: a restart loses all of them"}, ""},
		{"an append-only file", []string{"--appendonly", "yes"}, nil, []string{"ok: Redis writes drafts to an append-only file, appendfsync everysec"}, ""},
		{"snapshots", []string{"--save", "900 1"}, nil, []string{"warning: Redis writes drafts to snapshots alone, save 900 1"}, ""},
		{"eviction", []string{"--maxmemory-policy", "volatile-lru"}, nil, []string{"warning: maxmemory-policy is volatile-lru"}, ""},
		{"without CONFIG", []string{"--rename-command", "CONFIG", ""}, nil, []string{"CONFIG GET", "could not be looked at"}, ""},
		{"without INFO", []string{"--rename-command", "INFO", ""}, nil, []string{"INFO", "could not be looked at"}, ""},
		{"a replica that takes writes", nil, [][]string{{"CONFIG", "SET", "replica-read-only", "no"}, {"REPLICAOF", "127.0.0.1", "1"}}, nil, "is a replica"},
		{"a replica", nil, [][]string{{"REPLICAOF", "127.0.0.1", "1"}}, nil, "is a replica"},
		{"out of memory", nil, [][]string{{"CONFIG", "SET", "maxmemory", "1"}}, nil, "out of memory"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			server := redistest.New(t, tt.options...)
			for _, command := range tt.ask {
				server.Ask(t, command...)
			}
			cfg := configured(t, map[string]string{"REDIS_URL": server.URL})
			p, err := Open(t.Context(), cfg, templates, time.Now, slog.New(slog.DiscardHandler))
			if err != nil {
				t.Fatal(err)
			}
			defer p.Close()
			var out strings.Builder
			err = p.checkStores(t.Context(), cfg, &out)
			if tt.fails == "" && err != nil || tt.fails != "" && (err == nil || !strings.Contains(err.Error(), tt.fails)) {
				t.Errorf("checkStores: %v, want words with %q", err, tt.fails)
			}
			for _, words := range tt.says {
				if !strings.Contains(out.String(), words) {
					t.Errorf("it prints\n%swant words with %q", out.String(), words)
				}
			}
		})
	}
}
