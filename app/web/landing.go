package web

import (
	"bytes"
	"errors"

	"github.com/gofiber/fiber/v2"

	"joinery/app/i18n"
	"joinery/app/wizard"
)

// chooseLanguage redirects from the root of the site to the language that the browser
// prefers.
func (s *Server) chooseLanguage(c *fiber.Ctx) error {
	c.Vary(fiber.HeaderAcceptLanguage)
	c.Response().Header.Del(robotsHeader) // search engines list it for readers of other languages
	return c.Redirect("/"+string(langOf(c)), fiber.StatusFound)
}

type landingPage struct {
	page
	Groups  []string // the groups of people that can join, by key in the catalogue
	Minutes int
	Draft   *draftNotice // nil: this browser has none
	Waiting bool         // an application from this browser waits for confirmation
	Lost    string       // that the answers of its draft were lost, or ""
	Closed  bool         // the draft was closed in this browser
	Holds   bool         // this browser holds something that another person must not see
}

type draftNotice struct{ Saved, KeptUntil string }

// audienceKeys are the six groups of people that can join, by key in the catalogue.
var audienceKeys = []string{"patients", "researchers", "trainees", "clinicians", "managers", "leaders"}

// minutes is how long applicants need from the landing page to the welcome, by the language
// in which they read. Texts in French have more words, which are read more slowly. A test
// measures the pages (patient_way_test.go); change the numbers when it says so.
var minutes = map[i18n.Lang]int{i18n.English: 6, i18n.French: 7}

// showLanding shows the landing page. Of a visitor without cookies nothing is known, so that
// all of them get one page in each language, which is made once, unless templates are
// reloaded.
func (s *Server) showLanding(c *fiber.Ctx) error {
	l := langOf(c)
	c.Response().Header.Del(robotsHeader) // search engines list it
	known := s.Reload || len(c.Request().Header.Peek(fiber.HeaderCookie)) > 0 || len(c.Request().URI().QueryString()) > 0 || isFragment(c)
	if known {
		return s.renderLanding(c, l)
	}
	if made, ok := s.landings.Load(l); ok {
		return s.send(c, made.([]byte))
	}
	if err := s.renderLanding(c, l); err != nil {
		return err
	}
	s.landings.Store(l, bytes.Clone(c.Response().Body()))
	return nil
}

func (s *Server) renderLanding(c *fiber.Ctx, l i18n.Lang) error {
	p := landingPage{
		page:    s.page(c, i18n.T(l, "landing.title")),
		Groups:  audienceKeys,
		Minutes: minutes[l],
	}
	p.WideLayout, p.ShowAddress, p.SEO = true, true, s.seo(l)
	progress, err := s.visit(c).progress()
	p.Holds = progress.Info.Draft != ""
	switch {
	case err == nil && progress.HasDraft():
		p.Draft = s.draftNotice(l, progress)
		if note := s.note(c); note == noteDeleted || note == noteLeft { // the note is about an earlier draft
			p.Note = ""
		}
	case err == nil:
		p.Lost = s.apply.lostData(l, "lost_data.landing", progress)
	case errors.Is(err, wizard.ErrClosed):
		p.Closed = true
	case errors.Is(err, wizard.ErrSubmitted):
		p.Waiting = true
	case err != nil:
		s.logFailure(c, "landing without draft", err) // the page is useful without the draft
	}
	return s.render(c, "landing", p)
}

func (s *Server) draftNotice(l i18n.Lang, p wizard.Progress) *draftNotice {
	return &draftNotice{
		Saved:     i18n.When(l, p.Draft.Saved.In(s.Zone), s.Now()),
		KeptUntil: i18n.Until(l, s.Wizard.ExpiresAt(p.Draft.Saved).In(s.Zone), s.Now()),
	}
}
