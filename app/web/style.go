package web

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html/template"
	"io/fs"
	"regexp"
	"strings"
)

// styles are the style sheets. They stand in the pages: nothing is drawn before
// its style is there, and no browser has to ask for it. The policy names them by
// their digests and allows no other.
type styles struct {
	files   fs.FS
	reload  bool
	sheets  []sheet
	texts   map[string]template.CSS // by the name of the file
	allowed string                  // the sources of styles, as a policy writes them
}

// A sheet is a file with styles in the folder static, and the styles that go
// before it.
type sheet struct{ name, before string }

func newStyles(files fs.FS, reload bool, sheets ...sheet) (*styles, error) {
	s := &styles{files: files, reload: reload, sheets: sheets}
	if err := s.load(); err != nil {
		return nil, fmt.Errorf("web: styles: %w", err)
	}
	return s, nil
}

func (s *styles) load() error {
	s.texts = make(map[string]template.CSS)
	var digests []string
	for _, sheet := range s.sheets {
		text, err := s.read(sheet)
		if err != nil {
			return err
		}
		sum := sha256.Sum256([]byte(text))
		digests = append(digests, "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'")
		s.texts[sheet.name] = template.CSS(text)
	}
	s.allowed = strings.Join(digests, " ")
	return nil
}

// read returns a sheet as browsers get it.
func (s *styles) read(sheet sheet) (string, error) {
	text, err := fs.ReadFile(s.files, "static/"+sheet.name)
	if err != nil {
		return "", err
	}
	return sheet.before + minified(string(text)), nil
}

// current returns s or, for development, the sheets as they are now.
func (s *styles) current() (*styles, error) {
	if s.reload {
		return newStyles(s.files, s.reload, s.sheets...)
	}
	return s, nil
}

// text returns the sheet with that name.
func (s *styles) text(name string) (template.CSS, error) {
	now, err := s.current()
	if err != nil {
		return "", err
	}
	return now.texts[name], nil
}

// sources returns the styles that pages may have.
func (s *styles) sources() string {
	now, err := s.current()
	if err != nil {
		return "'none'"
	}
	return now.allowed
}

// What a style sheet means the same without. What is quoted is matched first,
// and stays.
var (
	idle  = regexp.MustCompile(`("[^"]*"|'[^']*')|(?:/\*(?s:.*?)\*/|\s)+`)
	loose = regexp.MustCompile(`("[^"]*"|'[^']*')| ?;? ?(\}) ?| ?([{;,]) ?|(:) `)
)

// minified returns a style sheet without comments and needless blanks. It knows
// no more of CSS than what cannot go wrong: compressed, the result is as small
// as that of a program that does.
func minified(sheet string) string {
	sheet = idle.ReplaceAllStringFunc(sheet, func(s string) string {
		if s[0] == '"' || s[0] == '\'' {
			return s
		}
		return " "
	})
	return strings.TrimSpace(loose.ReplaceAllString(sheet, "$1$2$3$4"))
}
