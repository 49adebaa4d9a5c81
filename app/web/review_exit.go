package web

import (
	"errors"
	"strings"

	"github.com/gofiber/fiber/v2"

	"joinery/app/i18n"
	"joinery/app/join"
)

// leaving returns where a button of the check page leads that does not send.
func (s *Server) leaving(l i18n.Lang, do string) (i18n.Lang, string) {
	if to, switching := i18n.Parse(do); switching {
		return to, query(pathTo(nil), "ticked", "1")
	}
	if do == "later" || do == "phone" {
		return l, "/apply/" + do
	}
	key, changing := strings.CutPrefix(do, "change:")
	switch section, known := s.Join.Form.Section(key); {
	case changing && known:
		return l, query(pathTo(section), "from", "check")
	case changing:
		return l, query(pathTo(nil), "ticked", "1") // the page is older than the form
	}
	return l, ""
}

// leaveCheck keeps the consents that are ticked and leads on.
func (s *Server) leaveCheck(c *fiber.Ctx, given []string, to i18n.Lang, path string) error {
	ctx, id := c.UserContext(), s.draftID(c)
	progress, err := s.Join.Progress(ctx, id)
	if err == nil && progress.Draft.Key != "" {
		s.keepDraft(c, id) // as long as the draft, which is saved now
		err = s.Join.SaveConsents(ctx, id, given, langOf(c))
	}
	if err != nil && !errors.Is(err, join.ErrSent) {
		return err
	}
	return redirect(c, to, path)
}
