//go:build e2e

package e2e

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"joinery/app/cli"
)

func TestMain(m *testing.M) {
	// People read and servers hesitate: there is time for one more test at once.
	flag.Set("test.parallel", strconv.Itoa(runtime.GOMAXPROCS(0)+1)) //nolint:errcheck // there is such a flag
	code := m.Run()
	closeBrowser()
	if err := closeTheSite(); err != nil {
		fmt.Fprintln(os.Stderr, "the site that tests share ended with", err)
		code = 1
	}
	os.RemoveAll(filepath.Dir(binaryPath)) //nolint:errcheck // nothing was built
	os.Exit(code)
}

// Files are what the program embeds.
var files = os.DirFS("../..")

// Settings are the environment of the program, and nothing else is in it.
type settings map[string]string

// freeAddr returns an address of this machine at which nobody listens.
func freeAddr(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// newSettings are those of a site of its own with nothing but a folder, and
// others as given.
func newSettings(t *testing.T, more settings) settings {
	t.Helper()
	addr := freeAddr(t)
	s := settings{"ADDR": addr, "BASE_URL": "http://" + addr, "DATA": t.TempDir(), "MX_CHECK": "0"}
	for key, value := range more {
		s[key] = value
	}
	return s
}

// newSite starts a site with nothing configured.
func newSite(t *testing.T) settings {
	t.Helper()
	s := newSettings(t, nil)
	startSite(t, s)
	return s
}

// startSite runs the site in this process until the test is over, and returns
// when it is ready.
func startSite(t *testing.T, s settings) {
	t.Helper()
	startSiteUnready(t, s)
	waitUntil(t, s, "/readyz")
}

// startSiteUnready does the same, but returns when the site answers, though its
// stores may not.
func startSiteUnready(t *testing.T, s settings) {
	t.Helper()
	end := begin(s)
	t.Cleanup(func() {
		if err := end(); err != nil {
			t.Errorf("the site ended with %v", err)
		}
	})
	waitUntil(t, s, "/healthz")
}

// begin runs the site in this process until it is called to end.
func begin(s settings) (end func() error) {
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() {
		ended <- cli.Run(ctx, files, nil, func(key string) string { return s[key] }, io.Discard, slog.New(slog.DiscardHandler))
	}()
	return func() error {
		stop()
		return <-ended
	}
}

// The site that tests share: that it compresses its files takes longer than many
// a test.
var (
	beginTheSite sync.Once
	sharedSite   settings
	closeTheSite = func() error { return nil }
)

func theSite(t *testing.T) settings {
	t.Helper()
	beginTheSite.Do(func() {
		sharedSite = newSettings(t, settings{"DATA": filepath.Join(filepath.Dir(binaryPath), "data")})
		closeTheSite = begin(sharedSite)
	})
	waitUntil(t, sharedSite, "/readyz")
	return sharedSite
}

func waitUntil(t *testing.T, s settings, path string) {
	t.Helper()
	eventually(t, path+" is fine", func() error {
		r, err := http.Get(s["BASE_URL"] + path)
		if err != nil {
			return err
		}
		defer r.Body.Close()
		if r.StatusCode != http.StatusOK {
			return errors.New(r.Status)
		}
		return nil
	})
}

// eventually tries try again and again, until it returns nil or a time is over
// that is long enough for any machine.
func eventually(t *testing.T, what string, try func() error) {
	t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	deadline := time.After(20 * time.Second)
	for {
		err := try()
		if err == nil {
			return
		}
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("waited in vain until %s: %v", what, err)
		}
	}
}

var binaryPath = filepath.Join(os.TempDir(), fmt.Sprintf("joinery-test-%d", os.Getpid()), "joinery")

// binary builds the program as a user would, and with the race detector, of
// which the tests have everything in Go's cache.
var binary = sync.OnceValues(func() (string, error) {
	out, err := exec.Command("go", "build", "-race", "-buildvcs=false", "-o", binaryPath, "joinery").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return binaryPath, nil
})

// A process is the program, running on its own.
type process struct {
	*exec.Cmd
	out, err bytes.Buffer
}

func command(t *testing.T, s settings, args ...string) *process {
	t.Helper()
	path, err := binary()
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

// startProcess starts the site and returns when it answers.
func startProcess(t *testing.T, s settings) *process {
	t.Helper()
	p := command(t, s)
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.kill)
	waitUntil(t, s, "/readyz")
	return p
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
func result(t *testing.T, s settings, args ...string) (status int, out, errors string) {
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
