package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
)

// printTable prints what was measured under each fault or attack, and reports whether
// every row is met.
func printTable(out io.Writer, results []*result) (met bool) {
	met = true
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, r := range results {
		fmt.Fprintf(out, "\n%s: %s\n    must hold: %s\n", map[bool]string{true: "MISSED", false: "met"}[r.failed], r.fault, r.mustHold)
		r.print(w)
		w.Flush() //nolint:errcheck // there is nobody else to tell
		met = met && !r.failed
	}
	fmt.Fprintf(out, "\n%s\n", map[bool]string{true: "every row is met", false: "NOT every row is met"}[met])
	return met
}

// print prints a line for each figure, and one for all tests without.
func (r *result) print(w io.Writer) {
	others := 0
	for _, t := range r.tests {
		switch {
		case t.measured != "" || r.failedByItself(t):
			fmt.Fprintf(w, "    %s\t%s\t%s\n", yes(t.passed), t.title(), t.measured)
		case t.whole:
			others++
		}
	}
	if others > 0 {
		fmt.Fprintf(w, "    yes\tcases without a figure\t%d hold\n", others)
	}
}

// failedByItself reports whether a test failed, and none of its parts.
func (r *result) failedByItself(t *test) bool {
	return !t.passed && !slices.ContainsFunc(r.tests, func(part *test) bool {
		return strings.HasPrefix(part.name, t.name+"/") && !part.passed
	})
}

func yes(passed bool) string {
	if passed {
		return "yes"
	}
	return "NO"
}

// title returns the name of a test as words: of a part, its own name.
func (t *test) title() string {
	_, part, ok := strings.Cut(t.name, "/")
	if !ok {
		return t.name
	}
	return strings.ReplaceAll(part, "_", " ")
}
