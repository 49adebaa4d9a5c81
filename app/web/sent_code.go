package web

import (
	"errors"
	"strings"

	"github.com/gofiber/fiber/v2"

	"joinery/app/i18n"
	"joinery/app/join"
	"joinery/app/member"
)

// A sentCode is where the code of the letter is typed.
type sentCode struct {
	Left  int    // how many tries
	Ended string // why no code works any more, or ""
	Wrong string // what is wrong with the one that was typed, or ""
}

func (s *Server) sentCode(c *fiber.Ctx, a member.Application) (sentCode, error) {
	left, late, err := s.Join.AttemptsLeft(c.UserContext(), a)
	code := sentCode{Left: left}
	switch {
	case late:
		code.Ended = i18n.T(langOf(c), "proof.over")
	case left == 0:
		code.Ended = i18n.T(langOf(c), "proof.spent")
	}
	return code, err
}

// postSentCode confirms by the code, and leads to the page that says what came of
// it.
func (s *Server) postSentCode(c *fiber.Ctx) error {
	l, typed := langOf(c), strings.TrimSpace(readPost(c).Get("code"))
	if typed == "" {
		return redirect(c, l, "/apply/sent?wrong=empty")
	}
	standing, _, err := s.Join.VerifyCode(c.UserContext(), s.session(c), typed)
	switch {
	case errors.Is(err, join.ErrNoDraft):
		return redirect(c, l, "/apply/sent")
	case err != nil:
		return err
	case standing == join.Used, standing == join.Gone:
		return redirect(c, l, "/apply/sent")
	}
	return redirect(c, l, withQuery("/apply/sent", "wrong", string(standing)))
}

// markCodeWrong says on the page what is wrong with the code that was typed, and reports
// whether there is anything to correct: where no code works any more, that is
// said instead. How it was is what the address of the page says, which anybody
// can make up: how many tries are left it does not say.
func (p *sentPage) markCodeWrong(how string) bool {
	switch join.LinkStatus(how) {
	case "empty":
		p.Code.Wrong = i18n.T(p.Lang, "proof.empty")
	case join.Mistyped, join.Spent:
		p.Code.Wrong = i18n.N(p.Lang, "proof.mistyped", p.Code.Left)
	case join.Late:
		p.Code.Wrong = i18n.T(p.Lang, "proof.late")
	case join.Superseded:
		p.Code.Wrong = i18n.T(p.Lang, "proof.superseded")
	default:
		return false
	}
	p.reloads(0)
	if p.Code.Ended != "" {
		p.Note, p.FocusNote = p.Code.Ended, true
		return false
	}
	p.Problems, p.Failed = []problem{{ID: "code", Text: p.Code.Wrong}}, true
	return true
}
