package web

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"joinery/app/confirm"
	"joinery/app/i18n"
	"joinery/app/member"
)

// A sentCode is the form for the code of the letter.
type sentCode struct {
	Left  int    // the number of attempts left
	Ended string // the reason why no code works any more, or ""
	Typed string // as typed, if it cannot be the code
	Wrong string // the problem with the typed code, or ""
	Late  bool   // only another letter has a code that works
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

// emptyCode stands for the result of an empty code.
const emptyCode = "empty"

// sentCodeProblems are the results of codes that do not confirm.
var sentCodeProblems = []string{
	emptyCode, string(confirm.CodeMistyped), string(confirm.CodeSpent), string(confirm.CodeLate), string(confirm.CodeSuperseded),
}

// codeNotePrefix begins the notes that carry the result of a typed code to the page.
const codeNotePrefix = "code_"

// codeNote returns the result that a note carries, or "".
func codeNote(note string) string {
	result, ok := strings.CutPrefix(note, codeNotePrefix)
	if !ok {
		return ""
	}
	return result
}

// postSentCode confirms the application by the code, and redirects to the page that
// shows the result.
func (s *Server) postSentCode(c *fiber.Ctx) error {
	posted, v := readPost(c), s.visit(c)
	if v.switched(posted) {
		return s.redirectSwitched(c)
	}
	if problem, _, ok := switchedProblem(posted); ok && slices.Contains(sentCodeProblems, problem) {
		return s.redirectWithNote(c, langOf(c), sentPath, codeNotePrefix+problem)
	}
	typed := strings.TrimSpace(posted.Get("code"))
	if typed == "" {
		return s.redirectWithNote(c, langOf(c), sentPath, codeNotePrefix+emptyCode)
	}
	a, err := v.application()
	if err != nil {
		return err
	}
	result, _, err := s.Confirm.VerifyCode(c.UserContext(), a, v.session, typed)
	switch {
	case err != nil:
		return err
	case result == confirm.CodeConfirmed, result == confirm.CodeHeld, result == confirm.CodeNotWaiting:
		return s.redirectToSent(c)
	case result == confirm.CodeMalformed, result == confirm.CodeForHandoff, result == confirm.CodeForMember:
		return s.refuseSentCode(c, a, typed, result)
	}
	return s.redirectWithNote(c, langOf(c), sentPath, codeNotePrefix+string(result))
}

// refuseSentCode shows the page again with what was typed, which cannot be the code. It
// answers the post without a redirect, because a second post costs no attempt either.
func (s *Server) refuseSentCode(c *fiber.Ctx, a member.Application, typed string, result confirm.CodeResult) error {
	p, err := s.sentPage(c, a)
	if err != nil {
		return err
	}
	p.Code.Typed = typed
	if p.markCodeWrong(string(result)) {
		c.Status(fiber.StatusUnprocessableEntity)
		p.Switch = switchByPost(p.Lang, sentPath+"/code", "code", typed, versionField, p.DraftID)
	}
	return s.render(c, "sent", p)
}

// markCodeWrong adds the problem of the typed code to the page, and reports whether the
// applicant can correct it: if no code works any more, the page says that instead. The
// note may be some time old, so the number of attempts left comes from the store.
func (p *sentPage) markCodeWrong(result string) bool {
	switch result {
	case emptyCode:
		p.Code.Wrong = i18n.T(p.Lang, "proof.empty")
	case string(confirm.CodeMistyped), string(confirm.CodeSpent):
		p.Code.Wrong = i18n.N(p.Lang, "proof.mistyped", p.Code.Left)
	case string(confirm.CodeLate), string(confirm.CodeSuperseded), string(confirm.CodeMalformed), string(confirm.CodeForHandoff), string(confirm.CodeForMember):
		p.Code.Wrong, p.Code.Late = i18n.T(p.Lang, "proof."+result), result == string(confirm.CodeLate)
	default:
		return false
	}
	p.Switch = switchByPost(p.Lang, sentPath+"/code", problemField, result, versionField, p.DraftID)
	if p.Code.Ended != "" {
		p.Note, p.FocusNote = p.Code.Ended, true
		return false
	}
	p.Problems, p.Failed = []problem{{ID: "code", Text: p.Code.Wrong}}, true
	return true
}
