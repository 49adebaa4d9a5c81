package assets

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html/template"
	"io/fs"
	"regexp"
	"strings"
)

// Styles are the style sheets that stand in the pages, so that a browser draws
// nothing without style and requests no file for it. The methods may be called
// concurrently.
type Styles struct {
	fsys    fs.FS
	reload  bool
	files   *Store
	sheets  []Sheet
	texts   map[string]template.CSS // by the name of the sheet
	sources string                  // the digests, as a policy lists them
}

// A Sheet is a CSS file in the folder static, and the CSS that precedes it in
// the page.
type Sheet struct{ Name, Prefix string }

// NewStyles reads the sheets from fsys: once or, with reload, for each page. The files
// that they name, such as fonts, are those of files. It returns an error if a sheet
// cannot be read, or names a file that is not there.
func NewStyles(fsys fs.FS, reload bool, files *Store, sheets ...Sheet) (*Styles, error) {
	s := &Styles{fsys: fsys, reload: reload, files: files, sheets: sheets}
	if err := s.load(); err != nil {
		return nil, fmt.Errorf("assets: styles: %w", err)
	}
	return s, nil
}

func (s *Styles) load() error {
	s.texts = make(map[string]template.CSS)
	var sources []string
	for _, sheet := range s.sheets {
		text, err := s.read(sheet)
		if err != nil {
			return err
		}
		sum := sha256.Sum256([]byte(text))
		sources = append(sources, "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'")
		s.texts[sheet.Name] = template.CSS(text)
	}
	s.sources = strings.Join(sources, " ")
	return nil
}

// read returns the text of a sheet as it stands in a page.
func (s *Styles) read(sheet Sheet) (string, error) {
	text, err := fs.ReadFile(s.fsys, "static/"+sheet.Name)
	if err != nil {
		return "", err
	}
	linked, err := s.link(minify(string(text)))
	return sheet.Prefix + linked, err
}

var fileName = regexp.MustCompile(`url\(([^)]*)\)`)

// link returns a sheet with the URLs of files in place of their names.
func (s *Styles) link(sheet string) (_ string, err error) {
	linked := fileName.ReplaceAllStringFunc(sheet, func(named string) string {
		url, notFound := s.files.URL(fileName.FindStringSubmatch(named)[1])
		if notFound != nil {
			err = notFound
		}
		return "url(" + url + ")"
	})
	return linked, err
}

// current returns s or, with reload, the sheets as they are now.
func (s *Styles) current() (*Styles, error) {
	if s.reload {
		return NewStyles(s.fsys, s.reload, s.files, s.sheets...)
	}
	return s, nil
}

// Text returns the sheet with the given name as it stands in a page.
func (s *Styles) Text(name string) (template.CSS, error) {
	now, err := s.current()
	if err != nil {
		return "", err
	}
	return now.texts[name], nil
}

// Sources returns the sources of style-src in a content security policy: the
// sheets and no other style.
func (s *Styles) Sources() string {
	now, err := s.current()
	if err != nil {
		return "'none'"
	}
	return now.sources
}
