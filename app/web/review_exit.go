package web

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/wizard"
)

// exitFromReview returns the language and the path to which a button of the review page
// leads, or "" for a button that submits.
func (s *Server) exitFromReview(c *fiber.Ctx, do action) (i18n.Lang, string) {
	l := langOf(c)
	if to, ok := do.language(); ok {
		return to, s.apply.path(nil)
	}
	switch do {
	case goBack:
		return l, s.apply.path(s.lastAsked(c))
	case saveForLater, handOff:
		return l, applyPath + "/" + string(do)
	}
	key, question, changing := do.changes()
	switch section, known := s.Wizard.Form.Section(key); {
	case changing && known:
		return l, s.apply.pathToChange(section, question)
	case changing:
		return l, s.apply.path(nil) // the present form has no such section
	}
	return l, ""
}

// lastAsked returns the last section that is asked of this browser.
func (s *Server) lastAsked(c *fiber.Ctx) *form.Section {
	p, _ := s.visit(c).progress() // the page to which the path leads will show a failure
	if len(p.Asked) == 0 {
		return &s.Wizard.Form.Sections[0]
	}
	return p.Asked[len(p.Asked)-1]
}

// leaveReview saves the given consents and redirects, with a note or noteNone.
func (s *Server) leaveReview(c *fiber.Ctx, given []string, to i18n.Lang, path, note string) error {
	if err := s.saveConsents(c, given, false); err != nil {
		return err
	}
	return s.redirectWithNote(c, to, path, note)
}

// refuseReview saves the given consents, and leads back to the review page, which says
// what is missing.
func (s *Server) refuseReview(c *fiber.Ctx, given []string) error {
	if err := s.saveConsents(c, given, true); err != nil {
		return err
	}
	return redirect(c, langOf(c), withQuery(s.apply.path(nil), queryWrong, "1"))
}

// saveConsents saves the given consents, and whether some are missing to submit. A draft
// that takes none just now is no error: the page that follows says what became of it.
func (s *Server) saveConsents(c *fiber.Ctx, given []string, refused bool) error {
	p, err := s.visit(c).openDraft()
	if err != nil || !p.HasDraft() {
		return err
	}
	s.apply.setSession(c, p.Session) // this save extends the life of the draft, and of the cookie
	err = s.Wizard.SaveConsents(c.UserContext(), p, given, refused)
	if errors.Is(err, wizard.ErrDraftGone) || errors.Is(err, wizard.ErrTooLarge) {
		return nil
	}
	return err
}

// acceptOnReview accepts a suggested address on the review page, and redirects to the
// review page.
func (s *Server) acceptOnReview(c *fiber.Ctx, p wizard.Progress, given []string, do action) error {
	back, note := s.apply.path(nil), noteNone // the page shows the problem if nothing was saved
	sub, accepted := s.withSuggestion(p, langOf(c), do)
	if p.Next != nil || !accepted {
		return s.leaveReview(c, given, langOf(c), back, note)
	}
	sub.Network = s.clientNetwork(c)
	switch result, err := s.Wizard.Save(c.UserContext(), p, sub); {
	case errors.Is(err, wizard.ErrSubmitted):
		return redirect(c, langOf(c), back) // which leads to what became of it
	case errors.Is(err, wizard.ErrTooLarge), errors.Is(err, wizard.ErrTooMany):
		return redirect(c, langOf(c), back) // a draft from when drafts could be larger, or one that was deleted just now
	case err == nil && result.NewDraft: // the draft was deleted just now
		s.apply.setSession(c, result.Session)
		return s.redirectWithNote(c, langOf(c), applyPath, s.apply.newDraftNote(c))
	case err == nil:
		note = noteAccepted
	case errors.Is(err, wizard.ErrConflict):
		note = noteChanged
	default:
		return err
	}
	return s.leaveReview(c, given, langOf(c), back, note)
}

// withSuggestion returns the section of the address that an action replaces, with the
// suggested address, and whether there is a suggestion.
func (s *Server) withSuggestion(p wizard.Progress, l i18n.Lang, do action) (wizard.Submission, bool) {
	typed := p.Draft.Typed(s.Wizard.Form)
	for i := range s.Wizard.Form.Sections {
		sub := wizard.Submission{Section: &s.Wizard.Form.Sections[i], Answers: make(form.Answers), Lang: l}
		for _, field := range sub.Section.Fields {
			sub.Answers[field.Key] = typed[field.Key]
		}
		if s.applySuggestion(sub, do) {
			sub.Snapshot = s.Wizard.Snapshot(p.Draft, sub.Section)
			return sub, true
		}
	}
	return wizard.Submission{}, false
}
