package web

import (
	"bytes"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/template/html/v2"

	"joinery/app/assets"
	"joinery/app/i18n"
)

// views are the templates, loaded by the engine and executed directly: the
// engine's own Render locks and is not safe when layouts mix with fragments.
type views struct {
	*html.Engine
	reloading sync.Mutex // nobody executes templates that another request loads again
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

// templates are the folders with templates, and nothing beside them: the engine
// reads whatever it finds, for development in the whole working directory.
type templates struct{ http.FileSystem }

func (t templates) Open(name string) (http.File, error) {
	file, err := t.FileSystem.Open(name)
	if err == nil && name == "/" {
		file = folders{file}
	}
	return file, err
}

type folders struct{ http.File }

func (f folders) Readdir(int) ([]fs.FileInfo, error) {
	all, err := f.File.Readdir(-1)
	return slices.DeleteFunc(all, func(d fs.FileInfo) bool { return d.Name() != "views" && d.Name() != "partials" }), err
}

// withMailto returns words in which an address of mail is a link.
func withMailto(words, address string) template.HTML {
	link := `<a href="mailto:` + template.HTMLEscapeString(address) + `">` + template.HTMLEscapeString(address) + `</a>`
	return template.HTML(strings.Replace(template.HTMLEscapeString(words), template.HTMLEscapeString(address), link, 1)) //nolint:gosec // all of it is escaped
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

// A page is what every view is given, besides what is its own.
type page struct {
	Lang          i18n.Lang
	Title         string
	Failed        bool   // say "Error" before the title
	PagePath      string // the path after the language, for the way to the other one
	Note          string // a sentence about what has just happened, or ""
	FocusNote     bool   // the focus goes to it: it answers a press of what comes again
	OrgName       string // of the organization
	PostalAddress string // where post reaches it
	Contact       string
	Outbox        bool       // mail goes no further than this machine
	Scripts       bool       // the page does more with JavaScript
	Datalists     []datalist // suggested on this page, or on one that htmx puts in its place
	WideLayout    bool       // the page has more to see side by side than words to read

	Branding branding
	SEO      *seo // nil: no search engine is to know the page

	Refresh int // seconds after which a browser without JavaScript loads the page again; 0: never
}

// page returns the frame of a page with the given title.
func (s *Server) page(c *fiber.Ctx, title string) page {
	l := langOf(c)
	return page{
		Lang:          l,
		Title:         title,
		PagePath:      strings.TrimPrefix(c.Path(), "/"+string(l)),
		Note:          note(l, c.Query(queryNote)),
		FocusNote:     slices.Contains(focusedNotes, c.Query(queryNote)),
		OrgName:       s.Name.In(l),
		PostalAddress: s.Address,
		Contact:       s.Contact,
		Outbox:        s.Outbox != nil,
		Branding:      s.branding,
	}
}

// The notes are the sentences that a redirect can leave on the page it leads to,
// by key in the catalogue.
const (
	noteAccepted     = "accepted"
	noteAgain        = "again"
	noteAnew         = "anew"
	noteAsked        = "asked"
	noteChanged      = "changed"
	noteCorrect      = "correct"
	noteDeleted      = "deleted"
	noteDeletedOther = "deleted_other"
	noteEnded        = "ended"
	noteFresh        = "fresh"
	noteMailed       = "mailed"
	noteMore         = "more"
	noteOnceMore     = "once_more"
	noteOrder        = "order"
	notePress        = "press"
	noteReaddressed  = "readdressed"
	noteSame         = "same"
	noteSent         = "sent"
	noteSwitched     = "switched"
)

var noteKeys = []string{
	noteAccepted, noteAgain, noteAnew, noteAsked, noteChanged, noteCorrect, noteDeleted, noteDeletedOther, noteEnded, noteFresh,
	noteMailed, noteMore, noteOnceMore, noteOrder, notePress, noteReaddressed, noteSame, noteSent, noteSwitched,
}

// focusedNotes are those of the notes that answer a press of a button that comes
// again.
var focusedNotes = []string{notePress, noteOnceMore, noteAccepted, noteAgain, noteReaddressed, noteSame}

func note(l i18n.Lang, name string) string {
	if !slices.Contains(noteKeys, name) {
		return ""
	}
	return i18n.T(l, "note."+name)
}

// render answers with views/<name>.html or, when htmx asked, with the part of
// it that changes: partials/<name>.html. The view includes the partial, so the
// two can never disagree. It is the only place that renders pages.
func (s *Server) render(c *fiber.Ctx, name string, data any) error {
	files := []string{"views/" + name}
	if isFragment(c) {
		files = []string{"partials/title", "partials/" + name}
		if c.Method() != fiber.MethodGet {
			c.Set("HX-Push-Url", "false") // the answer to a post is no place to come back to
		}
	}
	c.Vary("HX-Request")
	return s.write(c, data, files...)
}

// renderError answers with a page that says what went wrong. Where htmx posted
// a form, only a message appears at its top, so that what was typed stays.
func (s *Server) renderError(c *fiber.Ctx, p errorPage) error {
	switch target := c.Get("HX-Target"); {
	case !isFragment(c), c.Method() == fiber.MethodGet:
		return s.render(c, "error", p)
	case target != "" && target != "main#main":
		return s.renderAutosaveProblem(c, savingLine{Lang: p.Lang, Problem: p.Text})
	}
	c.Set("HX-Retarget", "#trouble")
	c.Set("HX-Reswap", "innerHTML")
	c.Set("HX-Push-Url", "false")
	return s.write(c, p, "partials/form_error")
}

// renderAutosaveProblem says what went wrong with what htmx sent while somebody was
// typing. It leaves the focus with them, and says it where quiet saves do.
func (s *Server) renderAutosaveProblem(c *fiber.Ctx, p savingLine) error {
	c.Set("HX-Retarget", "#saving")
	c.Set("HX-Reswap", "innerHTML")
	c.Set("HX-Reselect", ".summary")
	return s.write(c, p, "partials/section_saving")
}

func (s *Server) write(c *fiber.Ctx, data any, files ...string) error {
	var body bytes.Buffer
	for _, file := range files {
		if err := s.views.execute(&body, file, data); err != nil {
			return fmt.Errorf("web: %s: %w", file, err)
		}
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Type("html", "utf-8")
	return c.Send(body.Bytes())
}

// isFragment reports whether htmx asks for a part of a page. When it restores
// a page from the history it needs the whole.
func isFragment(c *fiber.Ctx) bool {
	return c.Get("HX-Request") == "true" && c.Get("HX-History-Restore-Request") != "true"
}

// langOf returns the language of the path or, where the path has none, the one
// that the browser asks for.
func langOf(c *fiber.Ctx) i18n.Lang {
	first, _, _ := strings.Cut(strings.TrimPrefix(c.Path(), "/"), "/")
	if l, ok := i18n.Parse(first); ok {
		return l
	}
	return i18n.Match(c.Get(fiber.HeaderAcceptLanguage))
}

// redirect leads on to a path of the site, after a post or instead of a page
// that cannot come yet.
func redirect(c *fiber.Ctx, l i18n.Lang, path string) error {
	c.Set(fiber.HeaderCacheControl, "no-store") // caches on the way keep a .pdf of their own accord, even if it only leads on
	return c.Redirect(localPath(l, path), fiber.StatusSeeOther)
}
