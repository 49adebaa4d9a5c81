package web

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"joinery/app/confirm"
	"joinery/app/i18n"
)

// A sentCode is where the code of the letter is typed.
type sentCode struct {
	Left  int    // how many attempts
	Ended string // why no code works any more, or ""
	Wrong string // what is wrong with the one that was typed, or ""
}

func newSentCode(l i18n.Lang, state confirm.Confirmation) sentCode {
	code := sentCode{Left: state.AttemptsLeft}
	switch {
	case state.NewestCodeIsLate:
		code.Ended = i18n.T(l, "proof.over")
	case code.Left == 0:
		code.Ended = i18n.T(l, "proof.spent")
	}
	return code
}

// emptyCode is what the page about an application is told of a code that was left
// out; of others it is told the result.
const emptyCode = "empty"

// postSentCode confirms by the code, and leads to the page that says what came of
// it.
func (s *Server) postSentCode(c *fiber.Ctx) error {
	typed := strings.TrimSpace(readPost(c).Get("code"))
	if typed == "" {
		return redirect(c, langOf(c), withQuery(sentPath, queryWrong, emptyCode))
	}
	a, err := s.visit(c).application()
	if err != nil {
		return err
	}
	result, _, err := s.Confirm.VerifyCode(c.UserContext(), a, typed)
	switch {
	case err != nil:
		return err
	case result == confirm.CodeConfirmed, result == confirm.CodeNotWaiting:
		return s.redirectToSent(c)
	}
	return redirect(c, langOf(c), withQuery(sentPath, queryWrong, string(result)))
}

// markCodeWrong says on the page what is wrong with the code that was typed, and
// reports whether there is anything to correct: where no code works any more, the
// page says that instead. The result stands in the address of the page, which
// anybody can make up, so it does not say how many attempts are left.
func (p *sentPage) markCodeWrong(result string) bool {
	switch result {
	case emptyCode:
		p.Code.Wrong = i18n.T(p.Lang, "proof.empty")
	case string(confirm.CodeMistyped), string(confirm.CodeSpent):
		p.Code.Wrong = i18n.N(p.Lang, "proof.mistyped", p.Code.Left)
	case string(confirm.CodeLate):
		p.Code.Wrong = i18n.T(p.Lang, "proof.late")
	case string(confirm.CodeSuperseded):
		p.Code.Wrong = i18n.T(p.Lang, "proof.superseded")
	default:
		return false
	}
	p.Refresh = 0
	if p.Code.Ended != "" {
		p.Note, p.FocusNote = p.Code.Ended, true
		return false
	}
	p.Problems, p.Failed = []problem{{ID: "code", Text: p.Code.Wrong}}, true
	return true
}
