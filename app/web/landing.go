package web

import (
	"errors"
	"time"

	"github.com/gofiber/fiber/v2"

	"joinery/app/i18n"
	"joinery/app/wizard"
)

// chooseLanguage leads from the bare address to the language that the browser
// asks for.
func (s *Server) chooseLanguage(c *fiber.Ctx) error {
	c.Vary(fiber.HeaderAcceptLanguage)
	c.Response().Header.Del(robotsHeader) // it is the address of the first page for whoever reads neither language
	return c.Redirect("/"+string(langOf(c)), fiber.StatusFound)
}

type landingPage struct {
	page
	Groups   []string // of the people who can join, by key in the catalogue
	Minutes  int
	Sections int
	Draft    *draftNotice // nil: this browser has none
	Waiting  bool         // this browser sent an application that waits
}

type draftNotice struct{ Saved, KeptUntil string }

// audienceKeys are the six kinds of people who can join, by key in the catalogue.
var audienceKeys = []string{"patients", "researchers", "trainees", "clinicians", "managers", "leaders"}

// minutesPerPage is what a section, or the page to check and send, is reckoned
// to take, for the page that says what to expect. It is an estimate until
// somebody measures it with real applicants.
const minutesPerPage = 2.5

func (s *Server) showLanding(c *fiber.Ctx) error {
	l, sections := langOf(c), len(s.Wizard.Form.Sections)
	p := landingPage{
		page:     s.page(c, i18n.T(l, "landing.title")),
		Groups:   audienceKeys,
		Minutes:  int(float64(sections+1) * minutesPerPage),
		Sections: sections,
	}
	p.WideLayout, p.SEO = true, s.seo(c, l)
	switch progress, err := s.visit(c).progress(); {
	case err == nil && progress.HasDraft():
		p.Draft = s.draftNotice(l, progress)
		if c.Query(queryNote) == noteDeleted { // one was, before this one
			p.Note = ""
		}
	case errors.Is(err, wizard.ErrSubmitted):
		p.Waiting = true
	case err != nil:
		s.Log.Error("landing without draft", "err", err) // the page has a use without it
	}
	return s.render(c, "landing", p)
}

func (s *Server) draftNotice(l i18n.Lang, p wizard.Progress) *draftNotice {
	return &draftNotice{
		Saved:     i18n.Time(l, p.Draft.Saved.In(time.Local)),
		KeptUntil: i18n.Date(l, s.Wizard.ExpiresAt(p.Draft.Saved).In(time.Local)),
	}
}
