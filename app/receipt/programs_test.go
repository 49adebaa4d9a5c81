//go:build e2e

package receipt

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// mustWritePDF writes r as a PDF and returns its path.
func mustWritePDF(t *testing.T, r Receipt) string {
	t.Helper()
	pdf, err := r.PDF()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "receipt.pdf")
	if err := os.WriteFile(path, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// run returns the output of a program. A failure or a warning ends the test.
func run(t *testing.T, program string, args ...string) string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(t.Context(), program, args...)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil || stderr.Len() > 0 {
		t.Fatalf("%s %q: %v\n%s%s", program, args, err, stdout.String(), stderr.String())
	}
	return stdout.String()
}

// structureLines returns the structure of a PDF as poppler reads it, without
// indentation: elements by their type, and their text in quotes.
func structureLines(t *testing.T, path string) (lines []string) {
	t.Helper()
	for line := range strings.Lines(run(t, "pdfinfo", "-struct-text", path)) {
		lines = append(lines, strings.TrimSuffix(strings.TrimSpace(line), " (block)"))
	}
	return lines
}
