package web

import (
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"joinery/app/i18n"
)

// The notes are the sentences that a redirect can show on its target page, by key in
// the catalogue. noteNone shows none.
const (
	noteNone         = ""
	noteAccepted     = "accepted"
	noteAgain        = "again"
	noteAnew         = "anew"
	noteAnswered     = "answered"
	noteAsked        = "asked"
	noteChanged      = "changed"
	noteClosedOther  = "closed_other"
	noteCookies      = "cookies"
	noteCorrect      = "correct"
	noteCrowded      = "crowded"
	noteDeleted      = "deleted"
	noteDeletedOther = "deleted_other"
	noteEnded        = "ended"
	noteFresh        = "fresh"
	noteLeft         = "left"
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
	noteAccepted, noteAgain, noteAnew, noteAnswered, noteAsked, noteChanged, noteClosedOther, noteCookies, noteCorrect, noteCrowded, noteDeleted, noteDeletedOther, noteEnded, noteFresh, noteLeft,
	noteMailed, noteMore, noteOnceMore, noteOrder, notePress, noteReaddressed, noteSame, noteSent, noteSwitched,
}

// focusedNotes are the notes that answer a button that is on the page again.
var focusedNotes = []string{notePress, noteCrowded, noteOnceMore, noteAccepted, noteAgain, noteReaddressed, noteSame}

// noteText returns the sentence of a note, or "".
func noteText(l i18n.Lang, name string) string {
	if !slices.Contains(noteKeys, name) {
		return ""
	}
	return i18n.T(l, "note."+name)
}

// noteLifetime is how long a browser carries a note to the page that shows it.
const noteLifetime = 2 * time.Minute

// noteCookie returns the name of the cookie that carries a note. The address of a page
// carries none: a reload would show it again, and a stranger could send it.
func (s *Server) noteCookie() string {
	if s.HTTPS {
		return "__Host-note"
	}
	return "note"
}

// redirectWithNote redirects as redirectAfresh does, and the page there shows the note,
// once.
func (s *Server) redirectWithNote(c *fiber.Ctx, l i18n.Lang, path, note string) error {
	switch note {
	case noteNone:
		return redirect(c, l, path)
	case noteCookies: // which no cookie can carry
		return redirect(c, l, withQuery(path, queryNoCookies, "1"))
	}
	page, _, _ := strings.Cut(localPath(l, path), "?")
	s.setNoteCookie(c, note+"."+pageDigest(page), int(noteLifetime.Seconds()))
	return s.redirectAfreshIn(c, l, path)
}

// pageDigest names a page. Its path may be a secret, or have signs that a cookie cannot.
func pageDigest(path string) string {
	sum := sha256.Sum256([]byte(path))
	return base64.RawURLEncoding.EncodeToString(sum[:12])
}

// note returns the note that this browser carries to the page of the request, or
// noteNone.
func (s *Server) note(c *fiber.Ctx) string {
	if c.Query(queryNoCookies) != "" && !s.keepsCookies(c) {
		return noteCookies
	}
	note, page, _ := strings.Cut(c.Cookies(s.noteCookie()), ".")
	if page != pageDigest(c.Path()) {
		return noteNone
	}
	return note
}

// takeNote does what note does, and the browser forgets the note. A whole page in answer
// to a script is not shown: the script goes there again, see joinery.js.
func (s *Server) takeNote(c *fiber.Ctx) string {
	note := s.note(c)
	unseen := c.Method() == fiber.MethodHead || !isFragment(c) && c.Get("Sec-Fetch-Dest") == "empty"
	if note != noteNone && !unseen {
		s.setNoteCookie(c, "", -1)
	}
	return note
}

func (s *Server) setNoteCookie(c *fiber.Ctx, value string, seconds int) {
	cookie := &fiber.Cookie{
		Name: s.noteCookie(), Value: value, Path: "/", MaxAge: seconds,
		HTTPOnly: true, Secure: s.HTTPS, SameSite: fiber.CookieSameSiteLaxMode,
	}
	if seconds < 0 {
		cookie.Expires = time.Unix(0, 0)
	}
	c.Cookie(cookie)
}
