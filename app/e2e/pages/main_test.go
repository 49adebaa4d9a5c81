//go:build e2e

// Package pages has only tests: each page in each of its states is valid, free
// of barriers, light and fast, and can be looked at in pictures.
package pages

import (
	"testing"

	"joinery/app/e2e/harness"
)

func TestMain(m *testing.M) { harness.Main(m, checkKeptPages) }
