package db

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/mattn/go-sqlite3"
)

// ErrInUse reports a file that another program has open.
var ErrInUse = errors.New("db: another program uses the file: stop the site, and everything else that has it open")

// A Replacement puts the sound file at From, on the same disk, in the place of the file at
// Path, to which a link may lead, and keeps that one under the name Kept.
type Replacement struct{ Path, From, Kept string }

// Replace makes all of the replacements. It returns ErrInUse and changes nothing while
// another program has one of the files open: SQLite's locks say so, which end with their
// process.
//
// Whenever Replace is interrupted, also by a power loss, at each path is the file of before
// or the new one, whole, with no journal of the other.
func Replace(ctx context.Context, all ...Replacement) (err error) {
	for i := range all {
		r := &all[i]
		if r.Path, err = Resolve(r.Path); err != nil {
			return fmt.Errorf("db: replace: %w", err)
		}
		release, claimed := claim(ctx, r.Path)
		if claimed != nil {
			return claimed
		}
		defer func() { err = errors.Join(err, release()) }()
	}
	for _, r := range all {
		if err := r.place(); err != nil {
			return err
		}
	}
	return nil
}

// claim keeps other programs out of the file at path, if there is one, until release.
func claim(ctx context.Context, path string) (release func() error, err error) {
	err = refuseInUse(path)
	if errors.Is(err, fs.ErrNotExist) {
		return func() error { return nil }, nil
	}
	if err != nil {
		return nil, err
	}
	return settle(ctx, path)
}

// place makes the replacement of a file that is claimed.
func (r Replacement) place() error {
	err := os.Link(r.Path, r.Kept)
	if errors.Is(err, fs.ErrNotExist) {
		return place(r.From, r.Path)
	}
	if err != nil {
		return fmt.Errorf("db: replace: %w", err)
	}
	return errors.Join(keepJournal(r.Path, r.Kept), place(r.From, r.Path))
}

// place renames a file, and returns when the disk knows.
func place(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return fmt.Errorf("db: replace: %w", err)
	}
	return syncFolder(filepath.Dir(to))
}

// syncFolder makes the names in a folder survive a power loss.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// refuseInUse returns ErrInUse when another process has one of SQLite's locks on the file
// at path. With a journal, SQLite holds one as long as a connection is open. It works for
// a damaged file too. This process must have no connection to the file.
func refuseInUse(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return fmt.Errorf("db: replace: %w", err)
	}
	defer file.Close()
	const pending, bytes = 0x40000000, 512 // where SQLite locks a file
	lock := syscall.Flock_t{Type: syscall.F_WRLCK, Whence: 0, Start: pending, Len: bytes}
	if err := syscall.FcntlFlock(file.Fd(), syscall.F_GETLK, &lock); err != nil {
		return fmt.Errorf("db: replace: %w", err)
	}
	if lock.Type != syscall.F_UNLCK {
		return ErrInUse
	}
	return nil
}

// settle brings the file at path up to date with its journal, which goes, and keeps others
// out until release. A damaged file is left as it is.
func settle(ctx context.Context, path string) (release func() error, err error) {
	pool, err := open(path, "rw", "_busy_timeout", "0", "_locking_mode", "EXCLUSIVE")
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(1)
	for _, statement := range []string{`PRAGMA journal_mode = DELETE`, `BEGIN EXCLUSIVE`} {
		if _, err = pool.ExecContext(ctx, statement); err != nil {
			break
		}
	}
	said := sqlite3.Error{}
	switch {
	case errors.As(err, &said) && (said.Code == sqlite3.ErrBusy || said.Code == sqlite3.ErrLocked):
		return nil, errors.Join(ErrInUse, pool.Close())
	case errors.As(err, &said) && (said.Code == sqlite3.ErrCorrupt || said.Code == sqlite3.ErrNotADB):
		return func() error { return nil }, pool.Close()
	case err != nil:
		return nil, errors.Join(fmt.Errorf("db: replace: %w", err), pool.Close())
	}
	return pool.Close, nil
}

// keepJournal moves what settle has left of the journal of a damaged file beside the file
// that is kept.
func keepJournal(path, kept string) error {
	moved := os.Rename(path+"-wal", kept+"-wal")
	removed := os.Remove(path + "-shm") // SQLite makes it anew
	for _, err := range []error{moved, removed} {
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("db: replace: %w", err)
		}
	}
	return syncFolder(filepath.Dir(path))
}
