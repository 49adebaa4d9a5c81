package mail

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// ErrNotFound reports a letter that is not in the outbox.
var ErrNotFound = errors.New("mail: no such letter in the outbox")

// An Outbox keeps each letter as a file, <ID>.eml, which mail programs can open, and
// delivers none. It is for development. Its methods may be called concurrently.
type Outbox struct {
	Dir     string // created if missing
	From    string // an address; empty: joinery@localhost
	ReplyTo string // an address, or empty
	Org     Organization
}

// Send writes l to its file, or leaves no trace. A second call replaces the file.
func (o *Outbox) Send(_ context.Context, l Letter) error {
	if !isID(l.ID) {
		return notComposed(errors.New("its ID is no name for a file"))
	}
	m, err := letterhead{cmp.Or(o.From, "joinery@localhost"), o.ReplyTo, o.Org}.message(l)
	if err != nil {
		return notComposed(err)
	}
	if err := os.MkdirAll(o.Dir, 0o700); err != nil {
		return fmt.Errorf("mail: outbox: %w", err)
	}
	part, err := os.CreateTemp(o.Dir, l.ID+".*.part")
	if err != nil {
		return fmt.Errorf("mail: outbox: %w", err)
	}
	defer os.Remove(part.Name()) // after the renaming it does nothing
	_, err = m.WriteTo(part)
	if err := errors.Join(err, part.Close()); err != nil {
		return fmt.Errorf("mail: outbox: %w", err)
	}
	if err := os.Rename(part.Name(), o.path(l.ID)); err != nil {
		return fmt.Errorf("mail: outbox: %w", err)
	}
	return nil
}

// List returns the letters, the newest first.
func (o *Outbox) List() ([]StoredMail, error) {
	names, err := fs.Glob(os.DirFS(o.Dir), "*.eml")
	if err != nil {
		return nil, fmt.Errorf("mail: outbox: %w", err)
	}
	letters := make([]StoredMail, 0, len(names))
	for _, name := range names {
		r, err := o.Read(strings.TrimSuffix(name, ".eml"))
		if errors.Is(err, ErrNotFound) {
			continue // the file was deleted just now, or is none of the outbox
		}
		if err != nil {
			return nil, err
		}
		letters = append(letters, r)
	}
	slices.SortStableFunc(letters, func(a, b StoredMail) int { return cmp.Or(b.Date.Compare(a.Date), b.came.Compare(a.came)) })
	return letters, nil
}

// Read returns the letter with the given ID, or ErrNotFound. The ID may come from a
// request.
func (o *Outbox) Read(id string) (StoredMail, error) {
	if !isID(id) {
		return StoredMail{}, ErrNotFound
	}
	file, err := os.Open(o.path(id))
	if errors.Is(err, fs.ErrNotExist) {
		return StoredMail{}, ErrNotFound
	}
	if err != nil {
		return StoredMail{}, fmt.Errorf("mail: outbox: %w", err)
	}
	defer file.Close()
	r, err := receive(file)
	if err != nil {
		return StoredMail{}, fmt.Errorf("mail: outbox: %s: %w", filepath.Base(file.Name()), err)
	}
	info, err := file.Stat()
	if err != nil {
		return StoredMail{}, fmt.Errorf("mail: outbox: %w", err)
	}
	r.ID, r.came = id, info.ModTime()
	return r, nil
}

func (o *Outbox) path(id string) string { return filepath.Join(o.Dir, id+".eml") }

// isID reports whether id has the form of the ID of a letter: only letters and digits, so
// that it leads to no other folder.
func isID(id string) bool {
	return id != "" && len(id) <= 64 && !strings.ContainsFunc(id, func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	})
}
