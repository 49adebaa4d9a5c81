// Command table runs the tests of faults and attacks in their long forms, and every fuzz
// target, and prints a table: what must hold under each, what was measured, and whether
// it held. A test says what it measured with [testing.T.Attr] and the key "measured".
// With an argument it makes only the rows with it in their fault, in capitals or not.
package main

import (
	"context"
	"fmt"
	"io"
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

// makeTable runs the tests of all rows with words in their fault and prints the table. It
// reports whether every row is met. After an error the table ends with the row that was
// under way, which is missed.
func makeTable(ctx context.Context, words string) (met bool, err error) {
	targets, err := fuzzTargets(os.DirFS("app"))
	if err != nil {
		return false, err
	}
	chosen, err := rowsWith(append(rows, targets), words)
	if err != nil {
		return false, err
	}
	results, err := measure(ctx, chosen, os.Stderr)
	return printTable(os.Stdout, results), err
}

// rowsWith returns the rows with words in their fault, in capitals or not. That there is
// none is an error: a table without rows shows nothing.
func rowsWith(all []row, words string) (chosen []row, err error) {
	for _, r := range all {
		if strings.Contains(strings.ToLower(r.fault), strings.ToLower(words)) {
			chosen = append(chosen, r)
		}
	}
	if len(chosen) == 0 {
		return nil, fmt.Errorf("no row has %q", words)
	}
	return chosen, nil
}

// measure runs the tests of some rows, one row after the other so that none disturbs what
// another measures. It ends with the first row whose tests cannot be run to their end.
func measure(ctx context.Context, chosen []row, progress io.Writer) (results []*result, err error) {
	for _, r := range chosen {
		result := newResult(r)
		results = append(results, result)
		for _, t := range r.tests {
			if err := run(ctx, t, result, progress); err != nil {
				result.failed = true
				return results, err
			}
		}
	}
	return results, nil
}
