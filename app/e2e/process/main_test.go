//go:build e2e

// Package process has only tests: the program runs on its own, or its parts in
// this process, and what it stands on fails, hangs, lies or is killed.
package process

import (
	"os"
	"path/filepath"
	"testing"

	"joinery/app/e2e/harness"
)

func TestMain(m *testing.M) {
	harness.Main(m, func() error { return os.RemoveAll(filepath.Dir(harness.ProgramPath)) })
}
