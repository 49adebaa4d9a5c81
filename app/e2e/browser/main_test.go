//go:build e2e

// Package browser has only tests: people use the site in a real browser, with
// and without JavaScript, by mouse and by keyboard.
package browser

import (
	"testing"

	"joinery/app/e2e/harness"
)

func TestMain(m *testing.M) { harness.Main(m) }
