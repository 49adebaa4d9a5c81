// Package assets holds what browsers keep and what stands in pages: files under
// names with digests, and styles that the policy for content allows.
package assets

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// ErrNotFound reports a URL at which no file is served.
var ErrNotFound = errors.New("assets: not found")

// A Store holds what browsers keep: files under names that change with their
// content, so that a browser needs to ask for each only once, and some files at
// the addresses at which others look for them.
type Store struct {
	files   fs.FS
	reload  bool
	byURL   map[string]*File
	urls    map[string]string   // by name
	bundles map[string][]string // by URL, for development: what they are made of
}

// NewStore returns a store without files. AddBundle reads its own from files.
func NewStore(files fs.FS, reload bool) *Store {
	return &Store{files: files, reload: reload, byURL: make(map[string]*File), urls: make(map[string]string), bundles: make(map[string][]string)}
}

// AddBundle has the files at paths served as one, under a name with its digest
// or, for development, as they are at each request.
func (a *Store) AddBundle(name string, paths ...string) error {
	body, err := a.joined(paths)
	if err != nil {
		return fmt.Errorf("assets: static files: %w", err)
	}
	a.Add(name, body)
	if a.reload {
		a.urls[name] = "/static/" + name
		a.bundles[a.urls[name]] = paths
	}
	return nil
}

func (a *Store) joined(paths []string) ([]byte, error) {
	var all bytes.Buffer
	for _, name := range paths {
		part, err := fs.ReadFile(a.files, name)
		if err != nil {
			return nil, err
		}
		all.Write(part)
		all.WriteByte('\n')
	}
	return all.Bytes(), nil
}

// Add has a file served under a name with its digest.
func (a *Store) Add(name string, raw []byte) {
	sum := sha256.Sum256(raw)
	ext := path.Ext(name)
	a.urls[name] = "/static/" + strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:6]) + ext
	a.byURL[a.urls[name]] = newFile(a.urls[name], forGood, raw)
}

// Publish has a file served at an address.
func (a *Store) Publish(url string, raw []byte) { a.byURL[url] = newFile(url, forADay, raw) }

// URL returns where the file with that name is served.
func (a *Store) URL(name string) (string, error) {
	url, ok := a.urls[name]
	if !ok {
		return "", fmt.Errorf("there is no file %s", name)
	}
	return url, nil
}

// Find returns the file that is served at url, or ErrNotFound.
func (a *Store) Find(url string) (*File, error) {
	if paths, ok := a.bundles[url]; ok {
		body, err := a.joined(paths)
		return newFile(url, forOnce, body), err
	}
	file, ok := a.byURL[url]
	if !ok {
		return nil, ErrNotFound
	}
	return file, nil
}
