package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

// said is what go test -json says of three tests: one with parts that measure, one that
// holds without a figure, and one that fails.
const said = `{"Action":"start","Package":"joinery/app/x"}
{"Action":"run","Test":"TestStores"}
{"Action":"run","Test":"TestStores/it_is_down"}
{"Action":"attr","Test":"TestStores/it_is_down","Key":"measured","Value":"slowest answer 1.2s"}
{"Action":"pass","Test":"TestStores/it_is_down","Elapsed":2}
{"Action":"pass","Test":"TestStores","Elapsed":2}
{"Action":"run","Test":"TestQuiet"}
{"Action":"pass","Test":"TestQuiet","Elapsed":0}
{"Action":"run","Test":"FuzzWords"}
{"Action":"output","Test":"FuzzWords","Output":"fuzz: elapsed: 3s, execs: 120 (40/sec)\n"}
{"Action":"output","Test":"FuzzWords","Output":"fuzz: elapsed: 30s, execs: 4711 (50/sec)\n"}
{"Action":"pass","Test":"FuzzWords","Elapsed":30}
{"Action":"run","Test":"TestBroken"}
{"Action":"output","Test":"TestBroken","Output":"    x_test.go:1: it is broken\n"}
{"Action":"fail","Test":"TestBroken","Elapsed":0}
{"Action":"fail","Package":"joinery/app/x","Elapsed":3}
`

// table returns the table of one row, of which some tests had to run, and what was told
// meanwhile.
func table(t *testing.T, said string, passed bool, names ...string) (table, told string, met bool) {
	t.Helper()
	var out, progress bytes.Buffer
	r := newResult(row{fault: "a store fails", mustHold: "an answer"})
	if err := follow(strings.NewReader(said), r, &progress); err != nil {
		t.Fatal(err)
	}
	r.end(tests{pkg: "x", names: names}, passed)
	met = printTable(&out, []*result{r})
	return out.String(), progress.String(), met
}

func TestTheTableSaysWhatWasMeasuredAndWhatFailed(t *testing.T) {
	got, told, met := table(t, said, false, "TestStores", "TestQuiet", "TestBroken")
	for _, line := range []string{
		"MISSED: a store fails", "must hold: an answer", "yes  it is down              slowest answer 1.2s",
		"yes  FuzzWords               4711 executions", "NO   TestBroken", "cases without a figure  1 hold", "NOT every row is met",
	} {
		if !strings.Contains(got, line) {
			t.Errorf("the table has no %q:\n%s", line, got)
		}
	}
	if met || !strings.Contains(told, "it is broken") {
		t.Errorf("it is met: %t; it was told:\n%s", met, told)
	}
}

// TestATestThatFailsBesideItsPartsHasALine, and one that a part fails has only that of the part.
func TestATestThatFailsBesideItsPartsHasALine(t *testing.T) {
	for result, own := range map[string]bool{"pass": true, "fail": false} {
		said := `{"Action":"run","Test":"TestStores"}` + "\n" + `{"Action":"run","Test":"TestStores/down"}` + "\n" + `{"Action":"` + result + `","Test":"TestStores/down"}` + "\n" + `{"Action":"fail","Test":"TestStores"}` + "\n"
		got, _, _ := table(t, said, false)
		words := strings.Join(strings.Fields(got), " ")
		if strings.Contains(words, "NO TestStores") != own || strings.Contains(words, "NO down") == own {
			t.Errorf("of a test whose part ends with %s the table says\n%s", result, got)
		}
	}
}

func TestARowIsMetOnlyIfEachOfItsTestsRan(t *testing.T) {
	const quiet = `{"Action":"run","Test":"TestQuiet"}` + "\n" + `{"Action":"pass","Test":"TestQuiet"}` + "\n"
	if got, _, met := table(t, quiet, true, "TestQuiet"); !met {
		t.Errorf("it is missed:\n%s", got)
	}
	if got, _, met := table(t, quiet, true, "TestQuiet", "TestRenamed"); met || !strings.Contains(got, "TestRenamed") {
		t.Errorf("it is met:\n%s", got)
	}
}

func TestAFuzzTargetFailsOnlyOnAnInput(t *testing.T) {
	for said, want := range map[string]bool{`    context deadline exceeded\n`: true, `    x_test.go:1: wrong\n`: false, `    Failing input written to testdata\n    context deadline exceeded\n`: false} {
		r := newResult(row{})
		events := `{"Action":"run","Test":"FuzzWords"}` + "\n" + `{"Action":"output","Test":"FuzzWords","Output":"` + said + `"}` + "\n" + `{"Action":"fail","Test":"FuzzWords"}` + "\n" + `{"Action":"fail","Package":"joinery/app/x"}` + "\n"
		if err := follow(strings.NewReader(events), r, io.Discard); err != nil {
			t.Fatal(err)
		}
		if r.end(tests{names: []string{"FuzzWords"}, flags: []string{"-fuzz=^FuzzWords$"}}, false); r.failed == want {
			t.Errorf("a target that says %q passes: %t", said, !r.failed)
		}
	}
}

// TestTheTestsOfTheTableExist, so that one that is renamed is missed before an hour of make soak.
func TestTheTestsOfTheTableExist(t *testing.T) {
	for _, r := range rows {
		for _, of := range r.tests {
			source := sourceOf(t, filepath.Join("../../..", of.pkg))
			for _, name := range of.names {
				if !strings.Contains(source, "\nfunc "+name+"(t *testing.T)") {
					t.Errorf("%s: there is no %s in app/%s", r.fault, name, of.pkg)
				}
			}
		}
	}
}

// sourceOf returns all tests of a folder.
func sourceOf(t *testing.T, folder string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*_test.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s has no tests (%v)", folder, err)
	}
	var all strings.Builder
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(&all, string(content)) //nolint:errcheck // it is memory
	}
	return all.String()
}

func TestEachFuzzTargetIsRunInItsPackage(t *testing.T) {
	const target = "package x\n\nfunc %s(f *testing.F) {}\n"
	r, err := fuzzTargets(fstest.MapFS{
		"x/x.go":           {Data: []byte("package x\n\nfunc Fuzzy() {}\n")},
		"x/x_test.go":      {Data: []byte(fmt.Sprintf(target+target, "FuzzOne", "FuzzTwo"))},
		"y/y_fuzz_test.go": {Data: []byte(fmt.Sprintf(target, "FuzzThree"))},
	})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, of := range r.tests {
		got = append(got, of.pkg+" "+of.names[0])
		if line := strings.Join(of.arguments(), " "); !strings.Contains(line, "-fuzz=^"+of.names[0]+"$") || !strings.Contains(line, "./app/"+of.pkg) {
			t.Errorf("go is told %s", line)
		}
	}
	if want := "x FuzzOne, x FuzzTwo, y FuzzThree"; strings.Join(got, ", ") != want {
		t.Errorf("the targets are %v, want %s", got, want)
	}
}
