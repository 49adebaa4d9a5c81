package cli

import (
	"encoding/json"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"joinery/app/journeytest"
)

// TestALogForAProgramIsJSON writes to a file, as systemd and containers read it.
func TestALogForAProgramIsJSON(t *testing.T) {
	t.Parallel()
	file, err := os.Create(filepath.Join(t.TempDir(), "log"))
	journeytest.Must(t, err)
	defer file.Close()
	NewLog(file).Error("not ready", "request", "K7WX4MPA")
	written, err := os.ReadFile(file.Name())
	journeytest.Must(t, err)
	var line map[string]string
	journeytest.Must(t, json.Unmarshal(written, &line))
	if line["level"] != "ERROR" || line["msg"] != "not ready" || line["request"] != "K7WX4MPA" {
		t.Errorf("the line is %s", written)
	}
}

// TestALogForAPersonIsShort looks at what a terminal shows.
func TestALogForAPersonIsShort(t *testing.T) {
	t.Parallel()
	var shown strings.Builder
	slog.New(readable(&shown, true)).Info("request", "route", "/en", "status", 200)
	if !regexp.MustCompile(`^\d\d:\d\d:\d\d INF request route=/en status=200\n$`).MatchString(shown.String()) {
		t.Errorf("a terminal shows %q", shown.String())
	}
}
