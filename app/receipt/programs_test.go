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

// mustWritePDF returns the path of a receipt as a PDF.
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

// run returns what a program says of a PDF.
func run(t *testing.T, program string, args ...string) string {
	t.Helper()
	var said, failed bytes.Buffer
	cmd := exec.CommandContext(t.Context(), program, args...)
	cmd.Stdout, cmd.Stderr = &said, &failed
	if err := cmd.Run(); err != nil || failed.Len() > 0 {
		t.Fatalf("%s %q: %v\n%s%s", program, args, err, said.String(), failed.String())
	}
	return said.String()
}

// structureLines returns the structureLines of a PDF as poppler reads it, without indentation:
// elements by their kind, and what is said in them in quotes.
func structureLines(t *testing.T, path string) (lines []string) {
	t.Helper()
	for line := range strings.Lines(run(t, "pdfinfo", "-struct-text", path)) {
		lines = append(lines, strings.TrimSuffix(strings.TrimSpace(line), " (block)"))
	}
	return lines
}
