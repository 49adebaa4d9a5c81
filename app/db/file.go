package db

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// Resolve returns the path of the file that a symbolic link at path leads to, in the folder
// where SQLite keeps its journal. Without a file there, it returns path.
func Resolve(path string) (string, error) {
	file, err := filepath.EvalSymlinks(path)
	if errors.Is(err, fs.ErrNotExist) {
		return path, nil
	}
	return file, err
}

var creating sync.Mutex

// create creates the file at path and its folder if they are missing. Only this user can
// read them: the data is personal. SQLite gives the files beside it the same mode.
//
// create never opens an existing file: closing it would release the locks that this
// process has on it. The mutex lets no other call of Open lock a new file before create
// has closed it.
func create(path string) error {
	creating.Lock()
	defer creating.Unlock()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return file.Close()
}
