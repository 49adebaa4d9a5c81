package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// A result is what the tests of a row have shown.
type result struct {
	row
	tests  []*test // in the order in which they began
	failed bool    // a test failed, or was not there
	output strings.Builder
	late   bool // a fuzz target failed only because its time was over
}

// A test is a test or a part of one.
type test struct {
	name     string
	measured string // "": it holds without a figure
	passed   bool
	whole    bool // it has no parts
}

func newResult(r row) *result { return &result{row: r} }

// executions finds how often a fuzz target was executed, in what go test says.
var executions = regexp.MustCompile(`execs: (\d+)`)

// add adds an event, and returns what is worth telling at once.
func (r *result) add(e event) (told string) {
	switch e.Action {
	case "run":
		r.begin(e.Test)
	case "attr":
		if e.Key == "measured" {
			r.find(e.Test).measured = e.Value
		}
	case "output", "build-output":
		r.output.WriteString(e.Output)
		if found := executions.FindStringSubmatch(e.Output); found != nil && e.Test != "" {
			r.find(e.Test).measured = found[1] + " executions"
		}
	case "pass", "fail", "skip":
		return r.finish(e)
	}
	return ""
}

func (r *result) begin(name string) {
	if at := strings.LastIndex(name, "/"); at >= 0 {
		r.find(name[:at]).whole = false
	}
	r.tests = append(r.tests, &test{name: name, whole: true})
}

// find returns a test that has begun.
func (r *result) find(name string) *test {
	for _, t := range r.tests {
		if t.name == name {
			return t
		}
	}
	r.begin(name)
	return r.find(name)
}

// finish notes how a test ended, or a package, and tells that of whole tests. Of a package
// that failed it tells all that was said.
func (r *result) finish(e event) (told string) {
	switch {
	case e.Test != "":
		r.find(e.Test).passed = e.Action == "pass"
		if !strings.Contains(e.Test, "/") {
			told = fmt.Sprintf("    %s %s (%.1f s)\n", e.Action, e.Test, e.Elapsed)
		}
	default:
		if e.Action == "fail" {
			told = r.output.String()
		}
		r.late = strings.Contains(told, "    context deadline exceeded\n") && !strings.Contains(told, "Failing input")
		r.output.Reset()
	}
	return told
}

// end notes how go test ended: what was to run must have run and passed. A fuzz target may
// fail when its time is over, without an input that it fails on: that is a fault of Go,
// mended in 1.27 (go.dev/issue/75804).
func (r *result) end(of tests, passed bool) {
	if of.fuzzing() && r.late {
		passed, r.find(of.names[0]).passed = true, true
	}
	if of.fuzzing() && r.find(of.names[0]).measured == "" {
		r.find(of.names[0]).measured = "no more than the cases that it begins with"
	}
	r.late, r.failed = false, r.failed || !passed
	for _, name := range of.names {
		if !slices.ContainsFunc(r.tests, func(t *test) bool { return t.name == name && t.passed }) {
			r.find(name).measured = "did not pass"
			r.failed = true
		}
	}
}
