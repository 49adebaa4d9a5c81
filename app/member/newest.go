package member

import "slices"

// Of the links of an application, the one in the newest letter counts. The link of a letter
// that still waits for its turn does not count yet.

// isNewest is the rule as a condition on the row l of links.
const isNewest = `l.letter <> '' AND NOT EXISTS (SELECT 1 FROM links n WHERE n.application = l.application AND n.letter <> '' AND n.id > l.id)`

// newestFirst is the rule as an order: links without a letter come last.
const newestFirst = `l.letter = '', l.id DESC`

// Newest returns the link that counts of those that [Store.Links] returns, and false if
// none has a letter.
func Newest(links []Link) (Link, bool) {
	i := slices.IndexFunc(links, func(l Link) bool { return l.Letter != "" })
	if i < 0 {
		return Link{}, false
	}
	return links[i], true
}
