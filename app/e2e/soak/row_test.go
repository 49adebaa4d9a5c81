//go:build e2e

package soak

import (
	"fmt"
	"os"
	"sync"
	"testing"
	"text/tabwriter"
)

var rows struct {
	sync.Mutex
	lines []string
}

// row adds a row to the table: the fault, what must hold under it, and what was
// measured. The test says whether that is met: it fails where it is not.
func row(t *testing.T, fault, want, measured string) {
	t.Helper()
	t.Cleanup(func() {
		met := "yes"
		if t.Failed() {
			met = "NO"
		}
		rows.Lock()
		defer rows.Unlock()
		rows.lines = append(rows.lines, fmt.Sprintf("%s\t%s\t%s\t%s\t%s", t.Name(), fault, want, measured, met))
	})
}

// printRows prints the table, if it has a row.
func printRows() error {
	if len(rows.lines) == 0 {
		return nil
	}
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "\nname\tfault\tmust hold\tmeasured\tmet")
	for _, line := range rows.lines {
		fmt.Fprintln(w, line)
	}
	return w.Flush()
}
