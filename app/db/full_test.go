//go:build linux || darwin

package db

import (
	"math"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// TestAFullDiskIsNotWritable runs TestFull in another process: the limit of the size of
// files, which stands for a full disk, applies to a whole process.
func TestAFullDiskIsNotWritable(t *testing.T) {
	t.Parallel()
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestFull$", "-test.v")
	child.Env = append(os.Environ(), "JOINERY_TEST_FULL=yes")
	if out, err := child.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// TestFull is the part of TestAFullDiskIsNotWritable in the other process.
func TestFull(t *testing.T) {
	if os.Getenv("JOINERY_TEST_FULL") == "" {
		return
	}
	path := filepath.Join(t.TempDir(), "x.db")
	d := openAt(t, path, steps)
	must(t, d.CheckWritable(t.Context(), noon))
	info, err := os.Stat(path + "-wal")
	must(t, err)

	signal.Ignore(syscall.SIGXFSZ)
	limitFiles(t, uint64(info.Size()))
	if err := d.CheckWritable(t.Context(), noon.Add(time.Second)); err == nil {
		t.Error("the file is writable though no file can grow")
	}
	limitFiles(t, math.MaxInt64)
	must(t, d.CheckWritable(t.Context(), noon.Add(2*time.Second)))
}

// limitFiles sets how large files may become.
func limitFiles(t *testing.T, size uint64) {
	t.Helper()
	var limit syscall.Rlimit
	must(t, syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit))
	limit.Cur = min(size, limit.Max)
	must(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit))
}
