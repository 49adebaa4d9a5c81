// Command table runs the tests of faults and attacks in their long forms, and every fuzz
// target, and prints a table: what must hold under each, what was measured, and whether
// it held. A test says what it measured with [testing.T.Attr] and the key "measured".
// With an argument it makes only the rows of faults that contain it.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	met, err := makeTable(ctx, strings.Join(os.Args[1:], " "))
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "table:", err)
	}
	if !met || err != nil {
		os.Exit(1)
	}
}

// makeTable runs the tests of all rows with words in their fault, one row after the other
// so that none disturbs what another measures, and prints the table. It reports whether
// every row is met.
func makeTable(ctx context.Context, words string) (met bool, err error) {
	targets, err := fuzzTargets(os.DirFS("app"))
	if err != nil {
		return false, err
	}
	var results []*result
	for _, r := range append(rows, targets) {
		if !strings.Contains(r.fault, words) {
			continue
		}
		result := newResult(r)
		for _, t := range r.tests {
			if err := run(ctx, t, result, os.Stderr); err != nil {
				return false, err
			}
		}
		results = append(results, result)
	}
	return printTable(os.Stdout, results), nil
}
