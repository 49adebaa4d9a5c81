package web

import (
	"net/url"
	"strings"

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
	resumeRequestPath = "/resume"
	handoffCodePath   = "/code"
)

// fromReview is the origin of a person who came from the check page to change
// something.
const fromReview = "check"

// origin returns fromReview, or "".
func origin(c *fiber.Ctx) string {
	if c.Query(queryFrom) == fromReview {
		return fromReview
	}
	return ""
}

// The names in the queries of pages.
const (
	queryNote   = "note"   // what has just happened, see noteKeys
	queryFrom   = "from"   // see origin
	queryWrong  = "wrong"  // show what is wrong; on the page about an application, with the code
	queryTicked = "ticked" // show the consents that were ticked before
	queryTyping = "typing" // the person types, so the page must not reload
)

// withQuery returns path, which may have a query, with the pairs of a name and a
// value that have a value.
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

// redirect leads on to a path of the site, after a post or instead of a page
// that cannot come yet.
func redirect(c *fiber.Ctx, l i18n.Lang, path string) error {
	c.Set(fiber.HeaderCacheControl, "no-store") // caches on the way keep a .pdf of their own accord, even if it only leads on
	return c.Redirect(localPath(l, path), fiber.StatusSeeOther)
}
