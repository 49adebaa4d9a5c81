// Package assets serves static files and inline styles. Browsers keep the files;
// the styles stand in the pages, and the content security policy names them by
// their digests.
package assets

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
)

// ErrNotFound reports a URL at which no file is served.
var ErrNotFound = errors.New("assets: not found")

// A Store holds the files that are served. Find and URL may be called
// concurrently once all files are added.
type Store struct {
	fsys    fs.FS
	reload  bool
	files   map[string]*File    // by URL
	urls    map[string]string   // by name
	bundles map[string][]string // paths in fsys by URL; only with reload
}

// NewStore returns a store without files. Bundles are read from fsys: once or,
// with reload, at each request.
func NewStore(fsys fs.FS, reload bool) *Store {
	return &Store{fsys: fsys, reload: reload, files: make(map[string]*File), urls: make(map[string]string), bundles: make(map[string][]string)}
}

// AddBundle adds the scripts at paths as one file, without the lines that are comments. It
// returns an error if one of them cannot be read.
func (s *Store) AddBundle(name string, paths ...string) error {
	body, err := s.concatenate(paths)
	if err != nil {
		return fmt.Errorf("assets: static files: %w", err)
	}
	s.Add(name, body)
	if s.reload {
		s.urls[name] = "/static/" + name
		s.bundles[s.urls[name]] = paths
	}
	return nil
}

func (s *Store) concatenate(paths []string) ([]byte, error) {
	var all bytes.Buffer
	for _, name := range paths {
		part, err := fs.ReadFile(s.fsys, name)
		if err != nil {
			return nil, err
		}
		all.Write(commentLines.ReplaceAll(part, nil))
		all.WriteByte('\n')
	}
	return all.Bytes(), nil
}

// AddMatching adds each file whose path matches pattern, under its base name. The URL has
// the beginning of the fingerprint alone: a style sheet that names the file stands in every
// page. It returns an error if a file cannot be read.
func (s *Store) AddMatching(pattern string) error {
	paths, err := fs.Glob(s.fsys, pattern)
	if err != nil {
		return fmt.Errorf("assets: static files: %w", err)
	}
	for _, name := range paths {
		body, err := fs.ReadFile(s.fsys, name)
		if err != nil {
			return fmt.Errorf("assets: static files: %w", err)
		}
		s.addAt("/static/"+fingerprint(body)[:10]+path.Ext(name), path.Base(name), body)
	}
	return nil
}

// Add adds a file at a URL with its fingerprint. Browsers keep it for ever.
func (s *Store) Add(name string, body []byte) { s.addAt(fingerprinted(name, body), name, body) }

func (s *Store) addAt(url, name string, body []byte) {
	s.urls[name] = url
	s.files[url] = newFile(url, immutable, body)
}

// Publish adds a file at a URL that others choose, such as /robots.txt. Browsers
// keep it for a day.
func (s *Store) Publish(url string, body []byte) { s.files[url] = newFile(url, oneDay, body) }

// URL returns the URL of the file with the given name.
func (s *Store) URL(name string) (string, error) {
	url, ok := s.urls[name]
	if !ok {
		return "", fmt.Errorf("assets: there is no file %s", name)
	}
	return url, nil
}

// Find returns the file at url, or ErrNotFound.
func (s *Store) Find(url string) (*File, error) {
	if paths, ok := s.bundles[url]; ok {
		body, err := s.concatenate(paths)
		return newFile(url, noStore, body), err
	}
	file, ok := s.files[url]
	if !ok {
		return nil, ErrNotFound
	}
	return file, nil
}
