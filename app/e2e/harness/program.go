//go:build e2e

package harness

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
)

// ProgramPath is where the tests of a package build the program. Its folder is theirs to
// remove.
var ProgramPath = filepath.Join(os.TempDir(), fmt.Sprintf("joinery-test-%d", os.Getpid()), "joinery")

// Released builds the program once, as its users do, and returns its path.
var Released = sync.OnceValues(func() (path string, err error) {
	path = ProgramPath + "-released"
	return path, Build("make", "--silent", "-C", "../../..", "build", "program="+path)
})

// Build runs a command that builds the program.
func Build(name string, args ...string) error {
	c := exec.Command(name, args...)
	c.Env = append(os.Environ(), "MAKEFLAGS=") // not those of make test
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("%v: %w\n%s", c.Args, err, out)
	}
	return nil
}
