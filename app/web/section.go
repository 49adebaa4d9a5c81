package web

import (
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/join"
)

// A sectionPage is one page of questions.
type sectionPage struct {
	page
	Step, Steps int
	Heading     string
	Intro       string
	Action      string
	Back        string
	Fields      []field
	Problems    []problem
	AnyRequired bool
	Optional    bool   // every question of the section may be left open
	Kept        string // until when answers are kept
	Unsaved     bool
}

// A problem is a line of the summary of what is wrong.
type problem struct{ ID, Text string }

// sectionPage returns the page of a section with the questions that are asked
// of somebody who answered all, and with those shown in any case.
func (s *Server) sectionPage(c *fiber.Ctx, section *form.Section, all form.Answers, problems form.Problems, shown ...string) sectionPage {
	l, f := langOf(c), s.Join.Form
	at := slices.IndexFunc(f.Sections, func(other form.Section) bool { return other.Key == section.Key })
	steps := len(f.Sections) + 1
	p := sectionPage{
		page:     s.page(c, i18n.T(l, "section.title", section.Title, at+1, steps)),
		Step:     at + 1,
		Steps:    steps,
		Heading:  section.Title.In(l),
		Intro:    section.Intro.In(l),
		Action:   in(l, pathTo(section)) + returning(c),
		Back:     s.before(c, at),
		Optional: f.Optional(section, all),
	}
	p.Here = pathTo(section)
	w := &writer{lang: l, form: f, section: section, all: all, problems: problems, shown: shown, action: in(l, pathTo(section)) + "/"}
	p.Fields = w.fields("")
	p.Problems = w.summary()
	p.Failed = len(p.Problems) > 0
	p.AnyRequired = slices.ContainsFunc(p.Fields, func(f field) bool { return f.Required })
	return p
}

// before returns the path back from the section at the given place.
func (s *Server) before(c *fiber.Ctx, at int) string {
	home := "/" + string(langOf(c))
	switch {
	case returning(c) != "":
		return home + pathTo(nil)
	case at == 0:
		return home
	}
	return home + pathTo(&s.Join.Form.Sections[at-1])
}

// summary lists what is wrong, in the order of the page.
func (w *writer) summary() []problem {
	var lines []problem
	for _, f := range w.section.Fields {
		if p, ok := w.problems[f.Key]; ok {
			lines = append(lines, problem{ID: f.Key, Text: p.In(w.lang)})
		}
	}
	return lines
}

// kept notes on the page until when what was saved at a time is kept. For what
// was never saved, that is as if it were saved now.
func (p *sectionPage) kept(j *join.Service, saved time.Time) {
	if saved.IsZero() {
		saved = j.Now()
	}
	p.Kept = i18n.Date(p.Lang, j.Kept(saved).In(time.Local))
}
