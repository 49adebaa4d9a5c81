package web

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"joinery/app/confirm"
	"joinery/app/i18n"
)

// A restorePage shows the status of a link that puts the former answers of a member back.
type restorePage struct {
	page
	Problems   []problem
	Status     confirm.RestoreStatus
	Action     string
	Name       string // of the member, or ""
	ReplacedAt string
	RestoredAt string
	Ends       string
	Typed      string // the code
	WrongCode  string // the problem with the code, or ""
}

// restoreStatuses are the HTTP statuses of links that put nothing back.
var restoreStatuses = map[confirm.RestoreStatus]int{
	confirm.RestoreMistyped: fiber.StatusNotFound, confirm.RestoreCut: fiber.StatusNotFound,
	confirm.RestoreLate: fiber.StatusGone, confirm.RestoreMoved: fiber.StatusGone, confirm.RestoreSuperseded: fiber.StatusGone,
}

// showRestoreLink shows the status of a link. It changes nothing in any browser.
func (s *Server) showRestoreLink(c *fiber.Ctx) error {
	link, err := s.Confirm.RestoreLink(c.UserContext(), c.Params("token"))
	if err != nil {
		return err
	}
	if status, ok := restoreStatuses[link.Status]; ok {
		c.Status(status)
	}
	return s.render(c, "restore", s.restorePage(c, link))
}

func restorePath(c *fiber.Ctx) string { return "/restore/" + c.Params("token") }

func (s *Server) restorePage(c *fiber.Ctx, link confirm.RestoreLink) restorePage {
	l := langOf(c)
	return restorePage{
		page:       s.page(c, i18n.T(l, "restore."+string(link.Status)+".title")),
		Status:     link.Status,
		Action:     localPath(l, restorePath(c)),
		Name:       link.Name,
		ReplacedAt: i18n.When(l, link.ReplacedAt.In(s.Zone), s.Now()),
		RestoredAt: i18n.When(l, link.RestoredAt.In(s.Zone), s.Now()),
		Ends:       i18n.Until(l, link.Ends.In(s.Zone), s.Now()),
	}
}

// postRestore puts former answers back by the code in the letter. It answers a wrong code
// without a redirect, because checking a code costs an attempt.
func (s *Server) postRestore(c *fiber.Ctx) error {
	link, err := s.Confirm.RestoreLink(c.UserContext(), c.Params("token"))
	if err != nil {
		return err
	}
	posted := readPost(c)
	typed := strings.TrimSpace(posted.Get("code"))
	if link.Status != confirm.RestoreOpen {
		return s.redirectAfresh(c, restorePath(c))
	}
	if problem, left, ok := switchedProblem(posted); ok {
		return s.refuseRestoreCode(c, link, typed, problem, left)
	}
	if typed == "" {
		return s.refuseRestoreCode(c, link, typed, emptyCode, 0)
	}
	switch after, code, left, err := s.Confirm.Restore(c.UserContext(), link, typed); {
	case err != nil:
		return err
	case code == confirm.CodeMalformed, code == confirm.CodeForConfirm, code == confirm.CodeForHandoff,
		code == confirm.CodeMistyped && after.Status == confirm.RestoreOpen:
		return s.refuseRestoreCode(c, link, typed, string(code), left)
	}
	return s.redirectAfresh(c, restorePath(c))
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

// refuseRestoreCode shows the page again, with the problem: emptyCode or a result.
func (s *Server) refuseRestoreCode(c *fiber.Ctx, link confirm.RestoreLink, typed, result string, left int) error {
	p := s.restorePage(c, link)
	p.Typed, p.WrongCode, p.Failed = typed, memberCodeProblem(p.Lang, result, left), true
	p.Problems = []problem{{ID: "code", Text: p.WrongCode}}
	p.Switch = switchByPost(p.Lang, restorePath(c), "code", typed, problemField, result, leftField, strconv.Itoa(left))
	return s.render(c.Status(fiber.StatusUnprocessableEntity), "restore", p)
}
