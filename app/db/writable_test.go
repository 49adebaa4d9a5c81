package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

var noon = time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC)

// TestCheckWritableFindsAFileThatCannotBeWritten breaks a sound file.
func TestCheckWritableFindsAFileThatCannotBeWritten(t *testing.T) {
	tests := []struct {
		name  string
		spoil func(t *testing.T, d *DB, path string)
		want  string
	}{
		{"zeroed", func(t *testing.T, _ *DB, path string) { overwrite(t, path, make([]byte, 8192)) }, "not a database"},
		{"overwritten with text", func(t *testing.T, _ *DB, path string) { overwrite(t, path, []byte("Dear diary,\n")) }, "not a database"},
		{"emptied", func(t *testing.T, _ *DB, path string) { must(t, os.Truncate(path, 0)) }, "is empty"},
		{"deleted", func(t *testing.T, _ *DB, path string) { must(t, os.Remove(path)) }, "no such file"},
		{"replaced", func(t *testing.T, _ *DB, path string) {
			other := filepath.Join(t.TempDir(), "x.db")
			must(t, openAt(t, other, steps).Close())
			must(t, os.Rename(other, path))
		}, "another file"},
		{"locked by another connection", func(t *testing.T, _ *DB, path string) {
			_, err := openAt(t, path, steps).Write().BeginTx(context.Background(), nil)
			must(t, err)
		}, "locked"},
		{"closed", func(t *testing.T, d *DB, _ string) { must(t, d.Close()) }, "closed"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "x.db")
			d := openAt(t, path, steps)
			must(t, d.CheckWritable(t.Context(), noon))
			tt.spoil(t, d, path)
			begun := time.Now()
			err := d.CheckWritable(t.Context(), noon.Add(time.Second))
			if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), path) {
				t.Errorf("CheckWritable: %v, want %q and the path", err, tt.want)
			}
			if took := time.Since(begun); took > 3*time.Second {
				t.Errorf("CheckWritable took %v, want less than the time of a request", took)
			}
		})
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// overwrite writes content over the beginning of the file at path, in place.
func overwrite(t *testing.T, path string, content []byte) {
	t.Helper()
	file, err := os.OpenFile(path, os.O_WRONLY, 0)
	must(t, err)
	_, err = file.WriteAt(content, 0)
	must(t, errors.Join(err, file.Close()))
}

func TestAnUnlockedFileIsWritableAgain(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "x.db")
	d := openAt(t, path, steps)
	tx, err := openAt(t, path, steps).Write().BeginTx(t.Context(), nil)
	must(t, err)
	if err := d.CheckWritable(t.Context(), noon); err == nil {
		t.Error("a locked file is writable")
	}
	must(t, tx.Rollback())
	must(t, d.CheckWritable(t.Context(), noon.Add(time.Second)))
	if got := pragma(t, d, "busy_timeout"); got != "1000" {
		t.Errorf("after it a writer waits %s ms for a lock, want 1000", got)
	}
}

func pragma(t *testing.T, d *DB, name string) (value string) {
	t.Helper()
	must(t, d.Write().QueryRowContext(t.Context(), "PRAGMA "+name).Scan(&value))
	return value
}

// TestChecksAtTheSameTimeWriteOnce in each second.
func TestChecksAtTheSameTimeWriteOnce(t *testing.T) {
	t.Parallel()
	d := openAt(t, filepath.Join(t.TempDir(), "x.db"), steps)
	for second := range 3 {
		var all sync.WaitGroup
		for i := range 100 {
			now := noon.Add(time.Duration(second)*time.Second + time.Duration(i)*time.Millisecond)
			all.Go(func() {
				if err := d.CheckWritable(t.Context(), now); err != nil {
					t.Error(err)
				}
			})
			if i == 0 {
				all.Wait()
			}
		}
		all.Wait()
		if got, want := values(t, d.Read(), `SELECT checks FROM readiness`), []string{fmt.Sprint(second + 1)}; !slices.Equal(got, want) {
			t.Errorf("in second %d there were %q writes, want %q", second, got, want)
		}
	}
}

// TestCheckWritableEndsWithItsContext while a transaction has the writing connection.
func TestCheckWritableEndsWithItsContext(t *testing.T) {
	t.Parallel()
	d := openAt(t, filepath.Join(t.TempDir(), "x.db"), steps)
	err := d.InTx(t.Context(), func(*sql.Tx) error {
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		return d.CheckWritable(ctx, noon)
	})
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("CheckWritable: %v, want the end of its time", err)
	}
}

// TestReadersCreateNoFile in the place of a deleted one.
func TestReadersCreateNoFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "x.db")
	d := openAt(t, path, steps)
	must(t, os.Remove(path))
	for range readers { // most are not connected yet
		conn, err := d.Read().Conn(t.Context())
		if err == nil {
			t.Cleanup(func() { conn.Close() })
		} else if !strings.Contains(err.Error(), "unable to open") {
			t.Errorf("a reader is told %v", err)
		} else {
			break
		}
	}
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("there is a file again: %v", err)
	}
}
