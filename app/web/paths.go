package web

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"joinery/app/i18n"
)

// The paths of single pages, after the language. The table in routes.go spells them
// out, because it is read as a whole.
const (
	sentPath          = applyPath + "/sent"
	receiptPath       = applyPath + "/receipt"
	receiptPDFPath    = receiptPath + ".pdf"
	laterPath         = applyPath + "/later"
	handoffPath       = applyPath + "/phone"
	deletePath        = applyPath + "/delete"
	leavePath         = applyPath + "/leave"
	resumeRequestPath = "/resume"
	handoffCodePath   = "/code"
)

// fromReview is the origin of a request that comes from a change on the review page.
const fromReview = "check"

// origin returns the origin of a request: fromReview or "".
func origin(c *fiber.Ctx) string {
	if c.Query(queryFrom) == fromReview {
		return fromReview
	}
	return ""
}

// The names in the queries of pages.
const (
	queryFrom  = "from"  // see origin
	queryField = "field" // the question whose answer the applicant changes or has changed
	queryWrong = "wrong" // show the problems
	queryAt    = "at"    // when the page was asked for, see redirectAfresh
	queryPolls = "n"     // how often htmx has asked for the status of the letter
	queryStuck = "stuck" // why there is no letter that confirms, as the page has said
)

// withQuery returns path, which may have a query already, with pairs of a name and a
// value. It omits pairs without a value.
func withQuery(path string, pairs ...string) string {
	values := make(url.Values)
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			values.Set(pairs[i], pairs[i+1])
		}
	}
	if len(values) == 0 {
		return path
	}
	sign := "?"
	if strings.Contains(path, "?") {
		sign = "&"
	}
	return path + sign + values.Encode()
}

// localPath returns the path of a page in l.
func localPath(l i18n.Lang, path string) string { return "/" + string(l) + path }

// redirectAfresh redirects to a page that the browser may have shown before, with what a
// press has changed. After a post it gives the page a new address, because the browser
// links shows a page that it knows again, whatever the headers say.
func (s *Server) redirectAfresh(c *fiber.Ctx, path string) error {
	return s.redirectAfreshIn(c, langOf(c), path)
}

// redirectAfreshIn does what redirectAfresh does, in a language.
func (s *Server) redirectAfreshIn(c *fiber.Ctx, l i18n.Lang, path string) error {
	at := c.Query(queryAt) // of a page that redirects in its turn
	if c.Method() == fiber.MethodPost {
		at = seconds(s.Now())
	}
	return redirect(c, l, withQuery(path, queryAt, at))
}

// seconds returns a time as a value of queryAt.
func seconds(t time.Time) string { return strconv.FormatInt(t.Unix(), 10) }

// redirect sends the browser to a path of the site, after a post or in place of a page
// that is not available yet.
func redirect(c *fiber.Ctx, l i18n.Lang, path string) error {
	c.Set(fiber.HeaderCacheControl, notKept) // shared caches keep a .pdf by default, even a redirect
	return c.Redirect(localPath(l, path), fiber.StatusSeeOther)
}
