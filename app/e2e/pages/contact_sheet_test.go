//go:build e2e

package pages

import (
	"fmt"
	"html/template"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"

	"joinery/app/e2e/harness"
	"joinery/app/i18n"
)

// A chapter of the contact sheet is the states of one test.
type chapter struct {
	Name   string
	States []*state
}

// A row is the pictures of a state in one language, side by side.
type row struct {
	Lang  i18n.Lang
	Title string
	Shots []shot
}

// Rows returns the pictures of s, one row for each language, in the order of
// their columns.
func (s *state) Rows() []row {
	var rows []row
	for _, l := range i18n.Languages {
		r := row{Lang: l, Title: s.Titles[l]}
		for _, width := range append(slices.Clone(screens), paper.widths...) {
			for _, shot := range s.Shots {
				if shot.Lang == l && shot.Width == width {
					r.Shots = append(r.Shots, shot)
				}
			}
		}
		rows = append(rows, r)
	}
	return rows
}

// makeSheets makes the contact sheet, and the same as pictures.
func makeSheets(t *testing.T, all []*state) {
	t.Helper()
	templates, err := template.ParseFiles("testdata/contact.html")
	if err != nil {
		t.Fatal(err)
	}
	var chapters []chapter
	n := 0
	for _, s := range all {
		if len(chapters) == 0 || chapters[len(chapters)-1].Name != s.Chapter {
			chapters = append(chapters, chapter{Name: s.Chapter})
		}
		in := &chapters[len(chapters)-1]
		in.States = append(in.States, s)
		n += len(s.Shots)
	}
	write(t, templates, "index.html", "index", map[string]any{"Chapters": chapters, "States": len(all), "Shots": n})
	t.Logf("%d pictures of %d pages and states in %s/index.html", n, len(all), shots)

	parent, err := harness.Browser()
	if err != nil {
		t.Fatal(err)
	}
	ctx, leave := chromedp.NewContext(parent, chromedp.WithNewBrowserContext())
	t.Cleanup(leave)
	p := &harness.Person{T: t, Ctx: ctx} // with pages heavier than those of the site
	for _, l := range i18n.Languages {
		for _, look := range usual {
			drawSheets(p, templates, all, shot{Lang: l, Look: look.name, Width: 320}, 0.5)
			drawSheets(p, templates, all, shot{Lang: l, Look: look.name, Width: 1280}, 0.4)
		}
	}
}

// write writes a page of the contact sheet.
func write(t *testing.T, templates *template.Template, file, name string, data any) (path string) {
	t.Helper()
	path, err := filepath.Abs(filepath.Join(shots, file))
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := templates.ExecuteTemplate(f, name, data); err != nil {
		t.Fatal(err)
	}
	return path
}

// A thumb is a picture on a sheet.
type thumb struct {
	Name          string // of its state
	File          string
	Width, Height float64
}

// sheetSize is how large a picture can be that is looked at as a whole.
const sheetSize = 1568

// drawSheets makes as many pictures as it takes to show all states in small, in
// one language, one look and one width. Other looks stand among those in light.
func drawSheets(p *harness.Person, templates *template.Template, all []*state, like shot, scale float64) {
	p.Helper()
	var thumbs []thumb
	for _, s := range all {
		for _, of := range s.Shots {
			other := of.Look != usual[0].name && of.Look != usual[1].name
			narrow := of.Width < screens[1] || of.Width == paper.widths[0]
			if of.Lang != like.Lang || narrow != (like.Width < screens[1]) || of.Width == screens[1] {
				continue
			}
			if of.Look == like.Look || other && like.Look == usual[0].name {
				thumbs = append(thumbs, thumb{fmt.Sprint(s.Number, " ", s.Name), of.File, scale * float64(like.Width), scale * float64(like.Width) * float64(of.Height) / float64(of.Width)})
			}
		}
	}
	name := fmt.Sprintf("sheet-%s-%s-%d", like.Lang, like.Look, like.Width)
	path := write(p.T, templates, name+".html", "sheet", thumbs)
	defer os.Remove(path) //nolint:errcheck // what is left over does no harm

	// Without the time limit of other pages: this one has a hundred pictures.
	p.Must(chromedp.Do(p.Ctx, chromedp.EmulateViewport(sheetSize, sheetSize), chromedp.Navigate("file://"+path)))
	wide := harness.Ask[int](p, "document.documentElement.scrollWidth")
	for n := 0; n*sheetSize < wide; n++ {
		p.Execute("scrollTo($0, 0)", n*sheetSize)
		picture, err := chromedp.Run(p.Ctx, chromedp.CaptureScreenshot())
		p.Must(err)
		p.Must(os.WriteFile(filepath.Join(shots, fmt.Sprintf("%s-%02d.png", name, n+1)), picture, 0o644))
	}
}
