package seal

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Masters returns the master keys of an installation: first the one that seals, then
// older ones that still open.
type Masters func() ([]Key, error)

// Given returns the master keys that text spells, one after the other with blanks or
// commas between them.
func Given(text string) Masters {
	return func() ([]Key, error) { return parseKeys(text) }
}

// FromFile returns the master keys in the file at path, one on each line.
func FromFile(path string) Masters {
	return func() ([]Key, error) {
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("seal: the master key cannot be read: put its file back from where you keep the copy, or set MASTER_KEY: %w", err)
		}
		keys, err := parseKeys(string(text))
		if err != nil {
			return nil, fmt.Errorf("%w (in %s)", err, path)
		}
		return keys, nil
	}
}

func parseKeys(text string) (keys []Key, err error) {
	for _, word := range strings.FieldsFunc(text, isBetweenKeys) {
		key, err := ParseKey(word)
		if err != nil {
			return nil, err
		}
		keys = append(keys, key)
	}
	if len(keys) == 0 {
		return nil, errors.New("seal: there is no master key")
	}
	return keys, nil
}

func isBetweenKeys(r rune) bool { return strings.ContainsRune(" \t\r\n,", r) }

// CreateFile writes a file with a new master key, which only this user can read, unless
// there is one. When it returns, the file is on the disk.
func CreateFile(path string) error {
	err := writeFile(path, []Key{NewKey()}, os.Link)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	return err
}

// AddToFile puts a new key before those in the file at path: it seals from now on.
func AddToFile(path string) error {
	keys, err := FromFile(path)()
	if err != nil {
		return err
	}
	return writeFile(path, append([]Key{NewKey()}, keys...), os.Rename)
}

// writeFile writes keys beside path, and has place put the file there when it is whole.
func writeFile(path string, keys []Key, place func(from, to string) error) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	file, err := os.CreateTemp(filepath.Dir(path), ".master-*") // its mode is 0600
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	var lines strings.Builder
	for _, key := range keys {
		fmt.Fprintln(&lines, key.Text())
	}
	_, err1 := file.WriteString(lines.String())
	if err := errors.Join(err1, file.Sync(), file.Close()); err != nil {
		return err
	}
	if err := place(file.Name(), path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

// syncFolder makes the names in a folder survive a power loss.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
