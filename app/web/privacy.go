package web

import (
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"joinery/app/confirm"
	"joinery/app/form"
	"joinery/app/i18n"
)

// A Notice is what the privacy notice tells of an installation besides what the site knows.
type Notice struct {
	RemindBefore time.Duration // from the reminder to the end of a draft; 0: there is no reminder
	ConsentKeep  time.Duration // how long the proof of consents outlives the member; 0: it ends with the member
	MailHost     string        // the server to which letters are handed; "": none, or one nearby
	CountsBegun  bool          // the drafts that begin in a network are counted
}

// A privacyPage is the privacy notice: what it says follows from the definition of the form
// and from the settings.
type privacyPage struct {
	page
	Sections                                         string // the titles of the sections of the form
	Required, Optional                               []string
	Draft, Waiting, Former, Address, Consent, Remind string // times
	MailHost                                         string
	CountsBegun, LooksUp                             bool
}

func (s *Server) showPrivacy(c *fiber.Ctx) error {
	l := langOf(c)
	p := privacyPage{
		page:        s.page(c, i18n.T(l, "privacy.title")),
		Sections:    sectionTitles(l, s.Wizard.Form),
		Draft:       span(l, s.DraftTTL),
		Waiting:     span(l, s.WaitingTTL),
		Former:      span(l, confirm.KeepFormer),
		Address:     span(l, confirm.AddressTTL),
		Consent:     span(l, s.Notice.ConsentKeep),
		Remind:      span(l, s.Notice.RemindBefore),
		MailHost:    s.Notice.MailHost,
		CountsBegun: s.Notice.CountsBegun,
		LooksUp:     s.MX != nil,
	}
	for i := range s.Wizard.Form.Consents {
		consent := &s.Wizard.Form.Consents[i]
		if consent.Required {
			p.Required = append(p.Required, consent.In(l, s.Name))
		} else {
			p.Optional = append(p.Optional, consent.In(l, s.Name))
		}
	}
	p.ShowAddress = true
	return s.render(c, "privacy", p)
}

// sectionTitles returns the titles of the sections of a form, in one text.
func sectionTitles(l i18n.Lang, d *form.Definition) string {
	var titles []string
	for i := range d.Sections {
		titles = append(titles, d.Sections[i].Title.In(l))
	}
	return strings.Join(titles, " · ")
}

// The units in which span tells a time.
const (
	day  = 24 * time.Hour
	year = 365 * day
)

// span tells a length of time: in years if it is so many, otherwise in days or, below two
// days, in hours, rounded up. No time is "".
func span(l i18n.Lang, d time.Duration) string {
	switch {
	case d <= 0:
		return ""
	case d%year == 0:
		return i18n.N(l, "privacy.years", int(d/year))
	case d >= 2*day:
		return i18n.N(l, "privacy.days", int((d+day-1)/day))
	}
	return i18n.N(l, "privacy.hours", int((d+time.Hour-1)/time.Hour))
}
