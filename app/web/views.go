package web

import (
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/gofiber/template/html/v2"

	"joinery/app/assets"
	"joinery/app/i18n"
)

// views are the templates. The engine loads them and views executes them itself: the
// engine's Render locks, and is not safe when layouts mix with fragments.
type views struct {
	*html.Engine
	reloading sync.Mutex // no request executes templates while another reloads them
}

func newViews(files fs.FS, reload bool, a *assets.Store, st *assets.Styles) (*views, error) {
	engine := html.NewFileSystem(templates{http.FS(files)}, ".html")
	engine.Reload(reload)
	engine.AddFunc("t", i18n.T).AddFunc("n", i18n.N).AddFunc("asset", a.URL).AddFunc("style", st.Text).AddFunc("withMailto", withMailto)
	if err := engine.Load(); err != nil {
		return nil, fmt.Errorf("web: templates: %w", err)
	}
	return &views{Engine: engine}, nil
}

// templates are the folders with templates of pages, and nothing else: the engine reads
// every file that it finds, in development those of the whole working directory. Letters
// have functions of their own.
type templates struct{ http.FileSystem }

func (t templates) Open(name string) (http.File, error) {
	file, err := t.FileSystem.Open(name)
	if err == nil {
		file = folder{file, name}
	}
	return file, err
}

type folder struct {
	http.File
	path string
}

func (f folder) Readdir(int) ([]fs.FileInfo, error) {
	all, err := f.File.Readdir(-1)
	return slices.DeleteFunc(all, func(d fs.FileInfo) bool {
		return f.path == "/" && d.Name() != "views" && d.Name() != "partials" || f.path == "/views" && d.Name() == "mail"
	}), err
}

// withMailto returns words in which an email address is a link.
func withMailto(words, address string) template.HTML {
	link := `<a href="mailto:` + template.HTMLEscapeString(address) + `">` + template.HTMLEscapeString(address) + `</a>`
	return template.HTML(strings.Replace(template.HTMLEscapeString(words), template.HTMLEscapeString(address), link, 1)) //nolint:gosec // all parts are escaped
}

func (v *views) execute(w io.Writer, name string, data any) error {
	if v.ShouldReload {
		v.reloading.Lock()
		defer v.reloading.Unlock()
		v.Loaded = false
		if err := v.Load(); err != nil {
			return err
		}
	}
	return v.Templates.ExecuteTemplate(w, name, data)
}
