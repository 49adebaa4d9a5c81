package assets

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html/template"
	"io/fs"
	"strings"
)

// Styles are the style sheets. They stand in the pages: nothing is drawn before
// its style is there, and no browser has to ask for it. The policy names them by
// their digests and allows no other.
type Styles struct {
	files   fs.FS
	reload  bool
	sheets  []Sheet
	texts   map[string]template.CSS // by the name of the file
	allowed string                  // the sources of styles, as a policy writes them
}

// A sheet is a file with styles in the folder static, and the styles that go
// before it.
type Sheet struct{ Name, Before string }

// NewStyles reads the sheets or, for development, reads them again for each page.
func NewStyles(files fs.FS, reload bool, sheets ...Sheet) (*Styles, error) {
	s := &Styles{files: files, reload: reload, sheets: sheets}
	if err := s.load(); err != nil {
		return nil, fmt.Errorf("assets: styles: %w", err)
	}
	return s, nil
}

func (s *Styles) load() error {
	s.texts = make(map[string]template.CSS)
	var digests []string
	for _, sheet := range s.sheets {
		text, err := s.read(sheet)
		if err != nil {
			return err
		}
		sum := sha256.Sum256([]byte(text))
		digests = append(digests, "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'")
		s.texts[sheet.Name] = template.CSS(text)
	}
	s.allowed = strings.Join(digests, " ")
	return nil
}

// read returns a sheet as browsers get it.
func (s *Styles) read(sheet Sheet) (string, error) {
	text, err := fs.ReadFile(s.files, "static/"+sheet.Name)
	if err != nil {
		return "", err
	}
	return sheet.Before + minified(string(text)), nil
}

// current returns s or, for development, the sheets as they are now.
func (s *Styles) current() (*Styles, error) {
	if s.reload {
		return NewStyles(s.files, s.reload, s.sheets...)
	}
	return s, nil
}

// Text returns the sheet with that name.
func (s *Styles) Text(name string) (template.CSS, error) {
	now, err := s.current()
	if err != nil {
		return "", err
	}
	return now.texts[name], nil
}

// Sources returns the styles that pages may have.
func (s *Styles) Sources() string {
	now, err := s.current()
	if err != nil {
		return "'none'"
	}
	return now.allowed
}
