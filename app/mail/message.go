package mail

import (
	"bytes"
	"errors"
	"net/mail"
	"strings"

	gomail "github.com/wneessen/go-mail"
)

// A letterhead is what all letters have in common.
type letterhead struct {
	from    string // an address
	replyTo string // an address, or empty
	org     Organization
}

var errNoAddress = errors.New("the recipient is no address")

// message returns l as a mail.
func (h letterhead) message(l Letter) (*gomail.Msg, error) {
	m := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	m.FromMailAddress(&mail.Address{Name: oneLine(h.org.Name.In(l.Lang)), Address: h.from})
	if !isBare(l.To) || m.To(l.To) != nil {
		return nil, errNoAddress // the error of go-mail would quote it
	}
	if h.replyTo != "" {
		m.ReplyToMailAddress(&mail.Address{Address: h.replyTo})
	}
	m.SetMessageIDWithValue(l.ID + "@" + domain(h.from))
	m.SetDateWithValue(l.Written.UTC()) // the same in any time zone
	m.Subject(oneLine(l.Subject))
	m.SetGenHeader(gomail.HeaderContentLang, l.Lang.Tag())
	m.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: no program should answer,
	m.SetGenHeader("X-Auto-Response-Suppress", "All")  // and the same for Exchange
	m.SetBodyString(gomail.TypeTextPlain, l.Text)
	m.AddAlternativeString(gomail.TypeTextHTML, l.HTML)
	return m, h.embedLogo(m)
}

// logoID names the logo in the letters, which show it by cid:logo@letter: mail programs
// hide pictures that come from elsewhere until their reader asks for them.
const logoID = "logo@letter"

// embedLogo adds the logo, if there is one, to m.
func (h letterhead) embedLogo(m *gomail.Msg) error {
	if len(h.org.Logo.PNG) == 0 {
		return nil
	}
	return m.EmbedReader("logo.png", bytes.NewReader(h.org.Logo.PNG), gomail.WithFileContentID("<"+logoID+">"), gomail.WithFileContentType("image/png"))
}

// isBare reports whether s is an address without a name, a comment or quotes, and no
// longer than servers must accept (RFC 5321, 4.5.3.1.3).
func isBare(s string) bool {
	a, err := mail.ParseAddress(s)
	return err == nil && a.Address == s && len(s) <= 254
}

// oneLine returns s with one space for each run of spaces and control characters, which
// could break a header or leave a line of it blank.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r <= ' ' || r == 0x7f }), " ")
}

// domain returns the part of an address after the @.
func domain(address string) string { return address[strings.LastIndexByte(address, '@')+1:] }

// isASCII reports whether an address needs no SMTPUTF8.
func isASCII(address string) bool {
	return !strings.ContainsFunc(address, func(r rune) bool { return r >= 0x80 })
}
