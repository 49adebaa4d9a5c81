package cli

import (
	"log/slog"
	"strings"
	"testing"
)

// ranOn runs a command on a site with these settings.
func ranOn(t *testing.T, env map[string]string, args ...string) (out string, err error) {
	t.Helper()
	var b strings.Builder
	err = Run(t.Context(), templates, args, func(key string) string { return env[key] }, &b, slog.New(slog.DiscardHandler))
	return b.String(), err
}

// wantWords runs a command on a site, and wants these words in what it prints.
func wantWords(t *testing.T, env map[string]string, line string, words ...string) string {
	t.Helper()
	out, err := ranOn(t, env, strings.Split(line, " ")...)
	if err != nil {
		t.Fatalf("joinery %s ends with %v", line, err)
	}
	for _, w := range words {
		if !strings.Contains(out, w) {
			t.Errorf("joinery %s prints\n%swant %q in it", line, out, w)
		}
	}
	return out
}
