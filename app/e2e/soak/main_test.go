//go:build e2e

// Package soak has only tests: what the program must hold under faults and attacks.
// Each test has a short form for every run of the tests and, with the build tag soak, a
// long one. It measures, and what it measured stands in the table that make soak prints:
// see table/rows.go.
package soak

import (
	"os"
	"path/filepath"
	"testing"

	"joinery/app/e2e/harness"
)

func TestMain(m *testing.M) {
	harness.Main(m, func() error { return os.RemoveAll(filepath.Dir(harness.ProgramPath)) })
}
