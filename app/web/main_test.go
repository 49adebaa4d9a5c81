package web

import (
	"os"
	"runtime/debug"
	"testing"
)

// TestMain collects garbage less often than a site does: a test makes many sites, each
// of which leaves its templates behind.
func TestMain(m *testing.M) {
	debug.SetGCPercent(400)
	os.Exit(m.Run())
}
