package web

import (
	"errors"
	"strings"

	"github.com/gofiber/fiber/v2"

	"joinery/app/i18n"
	"joinery/app/join"
)

// exitFromReview returns where a button of the check page leads that does not send.
func (s *Server) exitFromReview(l i18n.Lang, do string) (i18n.Lang, string) {
	if to, switching := i18n.Parse(do); switching {
		return to, withQuery(sectionPath(nil), "ticked", "1")
	}
	if do == "later" || do == "phone" {
		return l, "/apply/" + do
	}
	key, changing := strings.CutPrefix(do, "change:")
	switch section, known := s.Join.Form.Section(key); {
	case changing && known:
		return l, withQuery(sectionPath(section), "from", "check")
	case changing:
		return l, withQuery(sectionPath(nil), "ticked", "1") // the page is older than the form
	}
	return l, ""
}

// leaveReview keeps the consents that are ticked and leads on.
func (s *Server) leaveReview(c *fiber.Ctx, given []string, to i18n.Lang, path string) error {
	ctx, id := c.UserContext(), s.session(c)
	progress, err := s.Join.Progress(ctx, id)
	if err == nil && progress.Draft.Key != "" {
		s.setSession(c, id) // as long as the draft, which is saved now
		err = s.Join.SaveConsents(ctx, id, given, langOf(c))
	}
	if err != nil && !errors.Is(err, join.ErrSent) {
		return err
	}
	return redirect(c, to, path)
}
