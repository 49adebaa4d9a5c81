//go:build e2e

package e2e

import (
	"fmt"
	"html/template"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"

	"joinery/app/i18n"
)

// A chapter of the contact sheet is what one walk has seen.
type chapter struct {
	Name   string
	States []*state
}

// A row is what the pictures of a state in one language look like side by side.
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

// makeSheets makes the contact sheet, and the same as pictures for those who
// want to run their eyes over the site.
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

	parent, err := theBrowser()
	if err != nil {
		t.Fatal(err)
	}
	ctx, leave := chromedp.NewContext(parent, chromedp.WithNewBrowserContext())
	t.Cleanup(leave)
	p := &person{T: t, ctx: ctx} // who may be shown heavier pages than visitors of the site
	for _, l := range i18n.Languages {
		for _, look := range usual {
			p.drawsSheets(templates, all, shot{Lang: l, Look: look.name, Width: 320}, 0.5)
			p.drawsSheets(templates, all, shot{Lang: l, Look: look.name, Width: 1280}, 0.4)
		}
	}
}

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

// The sheets are as large as a picture can be that is looked at as a whole.
const sheetSize = 1568

// drawsSheets makes as many pictures as it takes to show all states in small, in
// one language, one look and one width. Rare looks stand among those in light.
func (p *person) drawsSheets(templates *template.Template, all []*state, like shot, scale float64) {
	p.Helper()
	var thumbs []thumb
	for _, s := range all {
		for _, of := range s.Shots {
			rare := of.Look != usual[0].name && of.Look != usual[1].name
			narrow := of.Width < screens[1] || of.Width == paper.widths[0]
			if of.Lang != like.Lang || narrow != (like.Width < screens[1]) || of.Width == screens[1] {
				continue
			}
			if of.Look == like.Look || rare && like.Look == usual[0].name {
				thumbs = append(thumbs, thumb{fmt.Sprint(s.Number, " ", s.Name), of.File, scale * float64(like.Width), scale * float64(like.Width) * float64(of.Height) / float64(of.Width)})
			}
		}
	}
	name := fmt.Sprintf("sheet-%s-%s-%d", like.Lang, like.Look, like.Width)
	path := write(p.T, templates, name+".html", "sheet", thumbs)
	defer os.Remove(path) //nolint:errcheck // what is left over does no harm

	// Longer than anybody waits for a page of the site: it has a hundred pictures.
	p.must(chromedp.Do(p.ctx, chromedp.EmulateViewport(sheetSize, sheetSize), chromedp.Navigate("file://"+path)))
	wide, err := ask[int](p, "document.documentElement.scrollWidth")
	p.must(err)
	for n := 0; n*sheetSize < wide; n++ {
		_, err := ask[bool](p, "scrollTo($0, 0), true", n*sheetSize)
		p.must(err)
		picture, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
		p.must(err)
		p.must(os.WriteFile(filepath.Join(shots, fmt.Sprintf("%s-%02d.png", name, n+1)), picture, 0o644))
	}
}
