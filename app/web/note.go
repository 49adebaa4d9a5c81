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
	noteLostData     = "lost_data"
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
	noteLostData, noteMailed, noteMore, noteOnceMore, noteOrder, notePress, noteReaddressed, noteSame, noteSent, noteSwitched,
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
// once. A browser that sends no cookie gets that page in answer to its post.
func (s *Server) redirectWithNote(c *fiber.Ctx, l i18n.Lang, path, note string) error {
	if note == noteNone {
		return redirect(c, l, path)
	}
	if c.Method() == fiber.MethodPost && !s.keepsCookies(c) {
		if show := s.pageForPost(c, path); show != nil {
			return answerWithNote(c, l, path, note, show)
		}
	}
	page, _, _ := strings.Cut(localPath(l, path), "?")
	s.setNoteCookie(c, note+"."+pageDigest(page), int(noteLifetime.Seconds()))
	return s.redirectAfreshIn(c, l, path)
}

// pageForPost returns the handler of a page to which a post of a browser without cookies
// can lead, or nil.
func (s *Server) pageForPost(c *fiber.Ctx, path string) fiber.Handler {
	switch path {
	case "":
		return s.showLanding
	case resumeRequestPath:
		return s.showResumeRequest
	case resumePath(c):
		return s.showResumeLink
	case confirmPath(c):
		return s.showConfirmLink
	case declinePath(c):
		return s.showDecline
	}
	return nil
}

// noteLocal is the name of the local value with the note of a page that answers a post.
const noteLocal = "note"

// answerWithNote answers a post with a page and a note, as that page answers a GET.
func answerWithNote(c *fiber.Ctx, l i18n.Lang, path, note string, show fiber.Handler) error {
	method, posted := c.Method(), c.Path()
	defer func() { c.Method(method); c.Path(posted) }()
	c.Locals(noteLocal, note)
	c.Method(fiber.MethodGet)
	c.Path(localPath(l, path))
	c.Set("HX-Push-Url", "false")
	if note == noteCookies {
		c.Status(fiber.StatusUnprocessableEntity)
	}
	err := show(c)
	c.Set(robotsHeader, "noindex")
	return err
}

// pageDigest names a page. Its path may be a secret, or have signs that a cookie cannot.
func pageDigest(path string) string {
	sum := sha256.Sum256([]byte(path))
	return base64.RawURLEncoding.EncodeToString(sum[:12])
}

// note returns the note that the answer to a post has, or that this browser carries to
// the page of the request, or noteNone.
func (s *Server) note(c *fiber.Ctx) string {
	if note, ok := c.Locals(noteLocal).(string); ok {
		return note
	}
	note, page, _ := strings.Cut(c.Cookies(s.noteCookie()), ".")
	if page != pageDigest(c.Path()) {
		return noteNone
	}
	return note
}

// fragmentNoteLifetime is how long a browser keeps a note that a fragment has shown. Something on
// the way may drop the mark of the fragment: then the script goes to the page at once.
const fragmentNoteLifetime = 10 * time.Second

// takeNote does what note does, and the browser forgets the note. A whole page in answer
// to a script is not shown: the script goes there again, see joinery.js.
func (s *Server) takeNote(c *fiber.Ctx) string {
	note := s.note(c)
	unseen := c.Method() == fiber.MethodHead || !isFragment(c) && c.Get("Sec-Fetch-Dest") == "empty"
	switch {
	case note == noteNone, unseen, c.Locals(noteLocal) != nil:
	case isFragment(c):
		s.setNoteCookie(c, c.Cookies(s.noteCookie()), int(fragmentNoteLifetime.Seconds()))
	default:
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
