package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"slices"
	"strings"
)

// fuzzTime is how long each fuzz target runs.
const fuzzTime = "30s"

func (t tests) fuzzing() bool {
	return slices.ContainsFunc(t.flags, func(flag string) bool { return strings.HasPrefix(flag, "-fuzz=") })
}

// fuzzTargets returns the row of all fuzz targets. It lists those that there are, so that
// none is forgotten.
func fuzzTargets(ctx context.Context) (row, error) {
	r := row{fault: "each parser that strangers reach, fuzzed for " + fuzzTime, mustHold: "no panic, and what the target wants"}
	out, err := exec.CommandContext(ctx, "go", "test", "-tags=e2e", "-list=^Fuzz", "./...").Output()
	var ended *exec.ExitError
	if errors.As(err, &ended) {
		return r, fmt.Errorf("cannot list fuzz targets: %w\n%s%s", err, out, ended.Stderr)
	}
	if err != nil {
		return r, err
	}
	r.tests = targetsIn(out)
	return r, nil
}

// targetsIn reads what go test -list prints: the targets of a package, then the package.
func targetsIn(list []byte) (all []tests) {
	var names []string
	for lines := bufio.NewScanner(bytes.NewReader(list)); lines.Scan(); {
		words := strings.Fields(lines.Text())
		switch {
		case len(words) == 1 && strings.HasPrefix(words[0], "Fuzz"):
			names = append(names, words[0])
		case len(words) > 1 && words[0] == "ok":
			for _, name := range names {
				flags := []string{"-run=^$", "-fuzz=^" + name + "$", "-fuzztime=" + fuzzTime, "-fuzzminimizetime=1x"}
				all = append(all, tests{strings.TrimPrefix(words[1], "joinery/app/"), []string{name}, flags})
			}
			names = nil
		}
	}
	return all
}
