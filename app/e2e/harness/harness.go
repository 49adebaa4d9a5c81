//go:build e2e

// Package harness is what the tests of the whole program share: sites, people
// at a browser, applicants without one, and a mail server. It is for tests
// alone: no part of the program uses it.
package harness

import (
	"flag"
	"fmt"
	"io/fs"
	"net"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"
)

// Files are the templates and static files that the program embeds, as seen
// from a package of tests.
var Files fs.FS = os.DirFS("../../..")

// Main runs the tests of a package and then ends what they have shared, also by
// the functions that a package has for that. It is called by TestMain.
func Main(m *testing.M, ends ...func() error) {
	// Tests wait for pages and servers: there is time for one more at once.
	flag.Set("test.parallel", strconv.Itoa(runtime.GOMAXPROCS(0)+1)) //nolint:errcheck // there is such a flag
	code := m.Run()
	closeBrowser()
	for _, end := range append(ends, closeSharedSite) {
		if err := end(); err != nil {
			fmt.Fprintln(os.Stderr, "after the tests:", err)
			code = 1
		}
	}
	os.Exit(code)
}

// FreeAddr returns an address of this machine at which nothing listens.
func FreeAddr(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// Eventually calls try until it returns nil, or fails the test after a time
// that is long enough on any machine.
func Eventually(t *testing.T, what string, try func() error) {
	t.Helper()
	pause, deadline := 10*time.Millisecond, time.After(time.Minute)
	for {
		err := try()
		if err == nil {
			return
		}
		select {
		case <-time.After(pause):
			pause = min(pause*3/2, 100*time.Millisecond) // what takes longer is asked for less often
		case <-deadline:
			t.Fatalf("waited in vain until %s: %v", what, err)
		}
	}
}

// NormalizeSpace replaces each run of white space in a text by one space.
func NormalizeSpace(text string) string { return strings.Join(strings.Fields(text), " ") }
