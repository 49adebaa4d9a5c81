package web

import (
	"github.com/gofiber/fiber/v2"

	"joinery/app/confirm"
	"joinery/app/i18n"
)

// A newAddressPage shows the status of a link that confirms another address of a member.
type newAddressPage struct {
	page
	memberCodeField
	Status  confirm.AddressStatus
	Action  string
	Address string // masked
	DoneAt  string
	Ends    string
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

// postNewAddress confirms another address of a member by the code in the letter.
func (s *Server) postNewAddress(c *fiber.Ctx) error {
	link, err := s.Confirm.AddressLink(c.UserContext(), c.Params("token"))
	if err != nil {
		return err
	}
	return s.postMemberCode(c, memberCodeForm{
		path: newAddressPath(c),
		open: link.Status == confirm.AddressOpen,
		check: func(typed string) (bool, confirm.CodeResult, int, error) {
			after, result, left, err := s.Confirm.ConfirmAddress(c.UserContext(), link, typed)
			return after.Status == confirm.AddressOpen, result, left, err
		},
		show: func(field memberCodeField, change *languageSwitch) error {
			p := s.newAddressPage(c, link)
			p.memberCodeField, p.Failed, p.Switch = field, true, change
			return s.render(c, "new_address", p)
		},
	})
}
