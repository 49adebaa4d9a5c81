//go:build e2e

package soak

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"joinery/app/e2e/harness"
)

// A program runs on its own, under a fault.
type program struct {
	*exec.Cmd
	log bytes.Buffer
}

// start starts a site that may open so many files, and returns when it is ready.
func start(t *testing.T, s harness.Settings, files int) *program {
	t.Helper()
	path, err := harness.Released()
	if err != nil {
		t.Fatal(err)
	}
	p := &program{Cmd: exec.Command("sh", "-c", fmt.Sprintf("ulimit -n %d && exec %s", files, path))}
	for key, value := range s {
		p.Env = append(p.Env, key+"="+value)
	}
	p.Dir, p.Stderr = t.TempDir(), &p.log
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		p.Process.Signal(syscall.SIGKILL) //nolint:errcheck // it may have ended already
		p.Wait()                          //nolint:errcheck // it says that it was killed
	})
	harness.WaitUntilOK(t, s, "/readyz")
	return p
}

// stop ends the program as an operator would, and returns how long that took.
func (p *program) stop(t *testing.T) time.Duration {
	t.Helper()
	begun := time.Now()
	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := p.Wait(); err != nil {
		t.Errorf("after SIGTERM the program ends with %v and says\n%s", err, p.log.String())
	}
	return time.Since(begun)
}

// memory returns how many megabytes of memory the program has.
func (p *program) memory(t *testing.T) int {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.Process.Pid))
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(status), "VmRSS:")
	kilobytes, err := strconv.Atoi(strings.Fields(after)[0])
	if err != nil {
		t.Fatal(err)
	}
	return kilobytes >> 10
}
