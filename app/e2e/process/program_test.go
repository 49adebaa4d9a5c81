//go:build e2e

package process

import (
	"bytes"
	"os/exec"
	"sync"
	"syscall"
	"testing"
	"time"

	"joinery/app/e2e/harness"
)

// root is the folder of the repository.
const root = "../../.."

// program builds the program: as its users do or, for tests with the race
// detector, with that.
var program = sync.OnceValues(func() (path string, err error) {
	if race {
		path = harness.ProgramPath
		return path, harness.Build("go", "build", "-race", "-buildvcs=false", "-o", path, "joinery")
	}
	return harness.Released()
})

// A process is the program, running on its own.
type process struct {
	*exec.Cmd
	out, err bytes.Buffer
}

// command returns the program with nothing but settings in its environment.
func command(t *testing.T, s harness.Settings, args ...string) *process {
	t.Helper()
	path, err := program()
	if err != nil {
		t.Fatal(err)
	}
	p := &process{Cmd: exec.Command(path, args...)}
	p.Env = []string{"GORACE=halt_on_error=1 atexit_sleep_ms=0"}
	for key, value := range s {
		p.Env = append(p.Env, key+"="+value)
	}
	p.Dir, p.Stdout, p.Stderr = t.TempDir(), &p.out, &p.err
	return p
}

// start starts the site and returns when it is ready.
func start(t *testing.T, s harness.Settings) *process {
	t.Helper()
	p := command(t, s)
	p.start(t, s)
	return p
}

// start starts a process that serves the site of s, and waits until it is ready.
func (p *process) start(t *testing.T, s harness.Settings) {
	t.Helper()
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.kill)
	harness.WaitUntilOK(t, s, "/readyz")
}

// kill ends p as a power cut would: it gets no chance to tidy up.
func (p *process) kill() {
	p.Process.Signal(syscall.SIGKILL) //nolint:errcheck // it may have ended already
	p.Wait()                          //nolint:errcheck // it says that it was killed
}

// stop ends p as an operator would.
func (p *process) stop(t *testing.T) {
	t.Helper()
	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := p.Wait(); err != nil {
		t.Errorf("after SIGTERM it ends with %v and says\n%s", err, p.err.String())
	}
}

// result runs a command to its end and returns its exit status, -1 if it had to
// be killed, and what it printed.
func result(t *testing.T, s harness.Settings, args ...string) (status int, out, errors string) {
	t.Helper()
	p := command(t, s, args...)
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	late := time.AfterFunc(20*time.Second, func() { p.Process.Kill() }) //nolint:errcheck // it has ended at last
	defer late.Stop()
	p.Wait() //nolint:errcheck // the status says it
	return p.ProcessState.ExitCode(), p.out.String(), p.err.String()
}
