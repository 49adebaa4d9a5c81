package main

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
)

// fuzzTime is how long each fuzz target runs.
const fuzzTime = "30s"

func (t tests) fuzzing() bool {
	return slices.ContainsFunc(t.flags, func(flag string) bool { return strings.HasPrefix(flag, "-fuzz=") })
}

var fuzzTarget = regexp.MustCompile(`(?m)^func (Fuzz\w+)\(`)

// fuzzTargets returns the row of all fuzz targets below app. It looks for them, so that
// none is forgotten.
func fuzzTargets(app fs.FS) (row, error) {
	r := row{fault: "each parser that strangers reach, fuzzed for " + fuzzTime, mustHold: "no panic, and what the target wants"}
	err := fs.WalkDir(app, ".", func(file string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(file, "_test.go") {
			return err
		}
		source, err := fs.ReadFile(app, file)
		if err != nil {
			return err
		}
		for _, found := range fuzzTarget.FindAllSubmatch(source, -1) {
			name := string(found[1])
			flags := []string{"-run=^$", "-fuzz=^" + name + "$", "-fuzztime=" + fuzzTime, "-fuzzminimizetime=1x"}
			r.tests = append(r.tests, tests{path.Dir(file), []string{name}, flags})
		}
		return nil
	})
	return r, err
}
