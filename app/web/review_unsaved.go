package web

import (
	"cmp"
	"errors"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"joinery/app/i18n"
	"joinery/app/wizard"
)

// submit answers a button of the review page. When a store fails, it shows the page
// again, with the consents that were ticked.
func (s *Server) submit(c *fiber.Ctx) error {
	posted := readPost(c)
	err := s.submitPost(c, posted)
	if err != nil && (isUnavailable(err) || errors.Is(err, wizard.ErrNotSaved)) {
		return s.showReviewUnsaved(c, posted, err)
	}
	return err
}

// showReviewUnsaved shows the review page with what was ticked, in the language that the
// pressed button asks for. It shows the answers too if the draft can be read.
func (s *Server) showReviewUnsaved(c *fiber.Ctx, posted url.Values, err error) error {
	s.logFailure(c, "review not saved", err)
	s.apply.switchLanguage(c, nil, readAction(posted))
	progress, _ := s.visit(c).progress() // err says what failed
	if !progress.HasDraft() {
		progress = s.Wizard.Start()
	}
	p := s.reviewPage(c, progress, posted["given"], nil)
	p.Unsaved, p.Failed, p.Saving.Saved = i18n.T(p.Lang, "check.unsaved.text"), true, ""
	p.Version = cmp.Or(posted.Get(versionField), p.Version)
	if !progress.HasDraft() { // how many steps there are is not known
		p.Title, p.Step, p.Additions = p.Heading, 0, nil
		p.Unsaved += " " + i18n.T(p.Lang, "check.unsaved.answers")
	}
	return s.render(c.Status(failureStatus(c, err)), "review", p)
}
