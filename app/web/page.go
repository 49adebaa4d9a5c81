package web

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"joinery/app/i18n"
)

// A page is the data that every view has in common.
type page struct {
	Lang          i18n.Lang
	Title         string
	Failed        bool            // the title begins with "Error"
	PagePath      string          // the path after the language, for the link to the other language
	Switch        *languageSwitch // nil: there is that link
	Note          string          // a sentence about what has just happened, or ""
	FocusNote     bool            // the note has the focus: it answers a button that is on the page again
	FocusBelow    bool            // something below the heading has the focus
	OrgName       string          // the name of the organization
	PostalAddress string          // of the organization
	Contact       string
	Outbox        bool // mail stays on this machine
	Scripts       bool // the page loads the script
	WideLayout    bool // the page uses the full width
	ShowAddress   bool // the page ends with the postal address

	Branding branding
	SEO      *seo // nil: search engines must not list the page

	Refresh      int    // the seconds after which a browser without JavaScript reloads the page; 0: never
	RefreshQuery string // the query with which it reloads the page, or ""
}

// page returns the common data of a page with the given title.
func (s *Server) page(c *fiber.Ctx, title string) page {
	l, note := langOf(c), s.takeNote(c)
	return page{
		Lang:          l,
		Title:         title,
		PagePath:      pathAfter(l, c),
		Note:          noteText(l, note),
		FocusNote:     slices.Contains(focusedNotes, note),
		OrgName:       s.Name.In(l),
		PostalAddress: s.Address,
		Contact:       s.Contact,
		Outbox:        s.Outbox != nil,
		Branding:      s.branding,
	}
}
