package web

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/wizard"
)

// exitFromReview returns where a button of the check page leads that does not
// submit, or "".
func (s *Server) exitFromReview(l i18n.Lang, do action) (i18n.Lang, string) {
	if to, ok := do.language(); ok {
		return to, s.apply.reviewPath()
	}
	if do == saveForLater || do == handOff {
		return l, applyPath + "/" + string(do)
	}
	key, changing := do.changes()
	switch section, known := s.Wizard.Form.Section(key); {
	case changing && known:
		return l, withQuery(s.apply.path(section), queryFrom, fromReview)
	case changing:
		return l, s.apply.reviewPath() // the page is older than the form
	}
	return l, ""
}

// leaveReview keeps the consents that are ticked and leads on.
func (s *Server) leaveReview(c *fiber.Ctx, given []string, to i18n.Lang, path string) error {
	p, err := s.visit(c).openDraft()
	if err != nil {
		return err
	}
	if p.HasDraft() {
		s.apply.setSession(c, p.Session) // for as long as the draft, which is saved now
		if err := s.Wizard.SaveConsents(c.UserContext(), p, given); err != nil {
			return err
		}
	}
	return redirect(c, to, path)
}

// acceptOnReview follows the advice on an address on the check page, and comes
// back to it.
func (s *Server) acceptOnReview(c *fiber.Ctx, p wizard.Progress, given []string, do action) error {
	back := s.apply.reviewPath() // which says what is the matter if nothing could be done
	sub, accepted := s.withSuggestion(p, langOf(c), do)
	if p.Next != nil || !accepted {
		return s.leaveReview(c, given, langOf(c), back)
	}
	switch _, err := s.Wizard.Save(c.UserContext(), p, sub); {
	case err == nil:
		back = withQuery(back, queryNote, noteAccepted)
	case errors.Is(err, wizard.ErrConflict):
		back = withQuery(back, queryNote, noteChanged)
	case !errors.Is(err, wizard.ErrSubmitted):
		return err
	}
	return s.leaveReview(c, given, langOf(c), back)
}

// withSuggestion returns the section with the address of a draft that an action
// wants another for, and whether there is another.
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
