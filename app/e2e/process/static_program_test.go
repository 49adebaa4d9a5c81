//go:build e2e

package process

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"joinery/app/e2e/harness"
)

// maxProgram is how many bytes the program may have.
const maxProgram = 38_000_000

// TestTheProgramIsOneStaticFile runs the program of make build in a root folder
// with nothing else but a folder for its data.
func TestTheProgramIsOneStaticFile(t *testing.T) {
	t.Parallel()
	path, err := harness.Released()
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Size() > maxProgram {
		t.Errorf("the program is %v (%v), want at most %d bytes", info, err, maxProgram)
	}
	if out, err := exec.Command("ldd", path).CombinedOutput(); err == nil || !strings.Contains(string(out), "not a dynamic executable") {
		t.Errorf("ldd says %s (%v)", out, err)
	}
	folder := t.TempDir()
	for _, err := range []error{os.Link(path, filepath.Join(folder, "joinery")), os.Mkdir(filepath.Join(folder, "data"), 0o700)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	t.Run("version", func(t *testing.T) { expectVersion(t, folder) })
	t.Run("serve", func(t *testing.T) { expectServed(t, folder) })
}

// expectVersion checks what the version command prints.
func expectVersion(t *testing.T, folder string) {
	version := "development"
	if out, err := exec.Command("git", "-C", root, "describe", "--tags", "--always", "--dirty").Output(); err == nil {
		version = strings.TrimSpace(string(out))
	}
	want := fmt.Sprintf("joinery %s (%s, %s/%s)\n", version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	if out, err := confined(folder, nil, "version").CombinedOutput(); err != nil || string(out) != want {
		t.Errorf("it prints %q (%v), want %q", out, err, want)
	}
}

// expectServed checks that the site runs and has pages.
func expectServed(t *testing.T, folder string) {
	s := harness.NewSettings(t, harness.Settings{"DATA": "/data"})
	p := &process{Cmd: confined(folder, s, "serve")}
	p.Stdout, p.Stderr = &p.out, &p.err
	p.start(t, s)
	a := harness.NewApplicant(t, s)
	a.Apply()
	if r, err := http.Get(s["BASE_URL"] + "/outbox"); err != nil || r.StatusCode != http.StatusOK {
		t.Errorf("the outbox is %v (%v)", r, err)
	}
	p.stop(t)
}

// confined returns a command of the program in a folder, for which that folder
// is the root of all files.
func confined(folder string, s harness.Settings, args ...string) *exec.Cmd {
	c := exec.Command("/joinery", args...)
	c.Dir = "/"
	for key, value := range s {
		c.Env = append(c.Env, key+"="+value)
	}
	c.SysProcAttr = &syscall.SysProcAttr{Chroot: folder}
	if os.Geteuid() != 0 { // a user namespace lets others change their root
		c.SysProcAttr.Cloneflags = syscall.CLONE_NEWUSER
		c.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}}
		c.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}
	}
	return c
}
