package web

import (
	"errors"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"joinery/app/confirm"
	"joinery/app/token"
)

// heldID returns the ID of the draft that this browser holds, also of one that was
// submitted, or "". It is no secret: pages carry it in the forms that are about the draft.
func (v *visit) heldID() string {
	key, err := v.draftKey()
	if err != nil {
		return ""
	}
	return token.ShortID(key)
}

// switched reports whether this browser now holds another draft than the page was about,
// perhaps that of another person. A version begins with the ID of its draft.
func (v *visit) switched(posted url.Values) bool {
	shown, _, _ := strings.Cut(posted.Get(versionField), "-")
	held := v.heldID()
	return posted.Has(versionField) && held != "" && shown != held
}

// redirectSwitched redirects a post about another draft to what this browser holds now,
// with a note.
func (s *Server) redirectSwitched(c *fiber.Ctx) error {
	path := sentPath
	if _, err := s.visit(c).application(); errors.Is(err, confirm.ErrNoApplication) {
		path = applyPath
	}
	return s.redirectWithNote(c, langOf(c), path, noteSwitched)
}
