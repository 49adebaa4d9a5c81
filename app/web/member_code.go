package web

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"joinery/app/confirm"
	"joinery/app/i18n"
)

// A memberCodeField is the field for the code of a letter to a member.
type memberCodeField struct {
	Problems  []problem
	Typed     string
	WrongCode string // the problem with what was typed, or ""
}

// A memberCodeForm is the form of a link in a letter to a member, which takes the code of the
// letter.
type memberCodeForm struct {
	path  string // of the link
	open  bool   // the link takes a code
	check func(typed string) (open bool, result confirm.CodeResult, left int, err error)
	show  func(field memberCodeField, change *languageSwitch) error
}

// postMemberCode checks the code that was typed. It answers a wrong one without a redirect,
// because checking a code costs an attempt.
func (s *Server) postMemberCode(c *fiber.Ctx, f memberCodeForm) error {
	posted := readPost(c)
	typed := strings.TrimSpace(posted.Get("code"))
	if !f.open {
		return s.redirectAfresh(c, f.path)
	}
	if problem, left, ok := switchedProblem(posted); ok {
		return f.refuse(c, typed, problem, left)
	}
	if typed == "" {
		return f.refuse(c, typed, emptyCode, 0)
	}
	switch open, result, left, err := f.check(typed); {
	case err != nil:
		return err
	case result == confirm.CodeMalformed, result == confirm.CodeForConfirm, result == confirm.CodeForHandoff,
		result == confirm.CodeMistyped && open:
		return f.refuse(c, typed, string(result), left)
	}
	return s.redirectAfresh(c, f.path)
}

// refuse shows the page again, with the problem: emptyCode or a result.
func (f memberCodeForm) refuse(c *fiber.Ctx, typed, result string, left int) error {
	l := langOf(c)
	field := memberCodeField{Typed: typed, WrongCode: memberCodeProblem(l, result, left)}
	field.Problems = []problem{{ID: "code", Text: field.WrongCode}}
	c.Status(fiber.StatusUnprocessableEntity)
	return f.show(field, switchByPost(l, f.path, "code", typed, problemField, result, leftField, strconv.Itoa(left)))
}

// memberCodeProblem returns the problem with a code of a letter to a member: emptyCode or a
// result.
func memberCodeProblem(l i18n.Lang, problem string, left int) string {
	switch problem {
	case string(confirm.CodeMistyped):
		return i18n.N(l, "restore.wrong", left)
	case string(confirm.CodeMalformed), string(confirm.CodeForConfirm), string(confirm.CodeForHandoff):
		return i18n.T(l, "restore.refused."+problem)
	}
	return i18n.T(l, "proof.empty")
}
