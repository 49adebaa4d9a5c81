package backup

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// scratch makes a folder in dir, which it makes if it is missing, for files that are not
// whole yet. Only this user can read it. It first removes what others have left there.
func scratch(dir, prefix string) (path string, remove func(), err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", nil, err
	}
	if err := RemoveUnfinished(dir); err != nil {
		return "", nil, err
	}
	path, err = os.MkdirTemp(dir, prefix) // its mode is 0700
	if err != nil {
		return "", nil, err
	}
	lock, err := locked(path)
	if err != nil {
		return "", nil, errors.Join(err, os.RemoveAll(path))
	}
	return path, func() { os.RemoveAll(path); lock.Close() }, nil
}

// RemoveUnfinished removes what backups and restores have left in a folder that were
// killed: copies of all that is stored. It leaves those that go on.
func RemoveUnfinished(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("backup: %w", err)
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".backup-") && !strings.HasPrefix(e.Name(), ".restore-") {
			continue
		}
		path := filepath.Join(dir, e.Name())
		lock, err := locked(path)
		if err != nil {
			continue // in use, or gone meanwhile
		}
		if err := errors.Join(os.RemoveAll(path), lock.Close()); err != nil {
			return fmt.Errorf("backup: %w", err)
		}
	}
	return nil
}

// locked locks a folder until it is closed or the process ends. A folder that another
// process has locked is an error.
func locked(path string) (*os.File, error) {
	folder, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(folder.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil, errors.Join(err, folder.Close())
	}
	return folder, nil
}
