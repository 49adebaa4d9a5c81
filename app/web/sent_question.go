package web

import (
	"github.com/gofiber/fiber/v2"

	"joinery/app/confirm"
	"joinery/app/member"
)

// sentQuestionPage returns the question on the page about the application, for a browser
// that has proven the mailbox.
func (s *Server) sentQuestionPage(c *fiber.Ctx, a member.Application) (questionPage, confirm.Question, error) {
	q, err := s.Confirm.Question(c.UserContext(), a)
	p := s.questionPage(c, q, s.Confirm.EndsAt(a))
	p.PagePath, p.Action = sentPath, localPath(p.Lang, sentPath)+"/who"
	p.DraftID = s.visit(c).heldID()
	return p, q, err
}

func (s *Server) showSentQuestion(c *fiber.Ctx, a member.Application) error {
	p, _, err := s.sentQuestionPage(c, a)
	if err != nil {
		return err
	}
	return s.render(c, "confirm_question", p)
}

// postSentAnswer takes the answer on the page about the application. From a browser that
// has not proven the mailbox it takes none, and tells nothing.
func (s *Server) postSentAnswer(c *fiber.Ctx) error {
	if s.visit(c).switched(readPost(c)) {
		return s.redirectSwitched(c)
	}
	a, err := s.visit(c).application()
	if err != nil {
		return err
	}
	asked, err := s.Confirm.Asked(c.UserContext(), a, s.visit(c).session)
	if err != nil {
		return err
	}
	if !asked {
		proven, err := s.Confirm.Proven(c.UserContext(), a, s.visit(c).session)
		if err != nil {
			return err
		}
		return s.redirectAnswered(c, proven && a.State == member.Confirmed, sentPath)
	}
	p, q, err := s.sentQuestionPage(c, a)
	switch p.read(c, q); {
	case err != nil:
		return err
	case len(p.Problems) > 0:
		return s.refuseAnswer(c, p)
	case p.Switched:
		return s.showAnswer(c, p)
	}
	return s.answerOwn(c, p.Chosen, sentPath)
}
