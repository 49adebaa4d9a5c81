package web

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"joinery/app/i18n"
)

// A page is what every view is given, besides what is its own.
type page struct {
	Lang          i18n.Lang
	Title         string
	Failed        bool   // say "Error" before the title
	PagePath      string // the path after the language, for the way to the other one
	Note          string // a sentence about what has just happened, or ""
	FocusNote     bool   // the focus goes to it: it answers a press of what comes again
	OrgName       string // of the organization
	PostalAddress string // where post reaches it
	Contact       string
	Outbox        bool       // mail goes no further than this machine
	Scripts       bool       // the page does more with JavaScript
	Datalists     []datalist // suggested on this page, or on one that htmx puts in its place
	WideLayout    bool       // the page has more to see side by side than words to read

	Branding branding
	SEO      *seo // nil: no search engine is to know the page

	Refresh int // seconds after which a browser without JavaScript loads the page again; 0: never
}

// page returns the frame of a page with the given title.
func (s *Server) page(c *fiber.Ctx, title string) page {
	l := langOf(c)
	return page{
		Lang:          l,
		Title:         title,
		PagePath:      strings.TrimPrefix(c.Path(), "/"+string(l)),
		Note:          note(l, c.Query(queryNote)),
		FocusNote:     slices.Contains(focusedNotes, c.Query(queryNote)),
		OrgName:       s.Name.In(l),
		PostalAddress: s.Address,
		Contact:       s.Contact,
		Outbox:        s.Outbox != nil,
		Branding:      s.branding,
	}
}

// The notes are the sentences that a redirect can leave on the page it leads to,
// by key in the catalogue.
const (
	noteAccepted     = "accepted"
	noteAgain        = "again"
	noteAnew         = "anew"
	noteAsked        = "asked"
	noteChanged      = "changed"
	noteCorrect      = "correct"
	noteDeleted      = "deleted"
	noteDeletedOther = "deleted_other"
	noteEnded        = "ended"
	noteFresh        = "fresh"
	noteMailed       = "mailed"
	noteMore         = "more"
	noteOnceMore     = "once_more"
	noteOrder        = "order"
	notePress        = "press"
	noteReaddressed  = "readdressed"
	noteSame         = "same"
	noteSent         = "sent"
	noteSwitched     = "switched"
)

var noteKeys = []string{
	noteAccepted, noteAgain, noteAnew, noteAsked, noteChanged, noteCorrect, noteDeleted, noteDeletedOther, noteEnded, noteFresh,
	noteMailed, noteMore, noteOnceMore, noteOrder, notePress, noteReaddressed, noteSame, noteSent, noteSwitched,
}

// focusedNotes are those of the notes that answer a press of a button that comes
// again.
var focusedNotes = []string{notePress, noteOnceMore, noteAccepted, noteAgain, noteReaddressed, noteSame}

func note(l i18n.Lang, name string) string {
	if !slices.Contains(noteKeys, name) {
		return ""
	}
	return i18n.T(l, "note."+name)
}
