package web

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"joinery/app/confirm"
	"joinery/app/i18n"
)

// A newAddressPage shows the status of a link that confirms another address of a member.
type newAddressPage struct {
	page
	Problems  []problem
	Status    confirm.AddressStatus
	Action    string
	Address   string // masked
	DoneAt    string
	Ends      string
	Typed     string // the code
	WrongCode string // the problem with the code, or ""
}

// addressStatuses are the HTTP statuses of links that confirm nothing.
var addressStatuses = map[confirm.AddressStatus]int{
	confirm.AddressMistyped: fiber.StatusNotFound, confirm.AddressCut: fiber.StatusNotFound,
	confirm.AddressLate: fiber.StatusGone, confirm.AddressSuperseded: fiber.StatusGone, confirm.AddressWithdrawn: fiber.StatusGone,
}

// showAddressLink shows the status of a link. It changes nothing in any browser.
func (s *Server) showAddressLink(c *fiber.Ctx) error {
	link, err := s.Confirm.AddressLink(c.UserContext(), c.Params("token"))
	if err != nil {
		return err
	}
	if status, ok := addressStatuses[link.Status]; ok {
		c.Status(status)
	}
	return s.render(c, "new_address", s.newAddressPage(c, link))
}

func newAddressPath(c *fiber.Ctx) string { return "/address/" + c.Params("token") }

func (s *Server) newAddressPage(c *fiber.Ctx, link confirm.AddressLink) newAddressPage {
	l := langOf(c)
	return newAddressPage{
		page:    s.page(c, i18n.T(l, "new_address."+string(link.Status)+".title")),
		Status:  link.Status,
		Action:  localPath(l, newAddressPath(c)),
		Address: link.Address,
		DoneAt:  i18n.When(l, link.DoneAt.In(s.Zone), s.Now()),
		Ends:    i18n.Until(l, link.Ends.In(s.Zone), s.Now()),
	}
}

// postNewAddress confirms another address of a member by the code in the letter. It answers
// a wrong code without a redirect, because checking a code costs an attempt.
func (s *Server) postNewAddress(c *fiber.Ctx) error {
	link, err := s.Confirm.AddressLink(c.UserContext(), c.Params("token"))
	if err != nil {
		return err
	}
	posted := readPost(c)
	typed := strings.TrimSpace(posted.Get("code"))
	if link.Status != confirm.AddressOpen {
		return s.redirectAfresh(c, newAddressPath(c))
	}
	if problem, left, ok := switchedProblem(posted); ok {
		return s.refuseAddressCode(c, link, typed, problem, left)
	}
	if typed == "" {
		return s.refuseAddressCode(c, link, typed, emptyCode, 0)
	}
	switch after, code, left, err := s.Confirm.ConfirmAddress(c.UserContext(), link, typed); {
	case err != nil:
		return err
	case code == confirm.CodeMalformed, code == confirm.CodeForConfirm, code == confirm.CodeForHandoff,
		code == confirm.CodeMistyped && after.Status == confirm.AddressOpen:
		return s.refuseAddressCode(c, link, typed, string(code), left)
	}
	return s.redirectAfresh(c, newAddressPath(c))
}

// refuseAddressCode shows the page again, with the problem: emptyCode or a result.
func (s *Server) refuseAddressCode(c *fiber.Ctx, link confirm.AddressLink, typed, result string, left int) error {
	p := s.newAddressPage(c, link)
	p.Typed, p.WrongCode, p.Failed = typed, memberCodeProblem(p.Lang, result, left), true
	p.Problems = []problem{{ID: "code", Text: p.WrongCode}}
	p.Switch = switchByPost(p.Lang, newAddressPath(c), "code", typed, problemField, result, leftField, strconv.Itoa(left))
	return s.render(c.Status(fiber.StatusUnprocessableEntity), "new_address", p)
}
