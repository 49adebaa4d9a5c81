package assets

import (
	"regexp"
	"strings"
)

// entityTag is the first tag of a list, weak or strong, up to the next one. A tag
// may contain commas.
var entityTag = regexp.MustCompile(`^[ \t,]*(?:W/)?("[^"]*")[ \t]*(?:,|$)`)

// ifNoneMatchNames reports whether a header If-None-Match names etag. As RFC 9110, 13.1.2
// requires, the comparison is weak: it ignores W/. A malformed header matches
// only by the tags before the mistake.
func ifNoneMatchNames(ifNoneMatch, etag string) bool {
	if strings.Trim(ifNoneMatch, " \t") == "*" {
		return true
	}
	for {
		tag := entityTag.FindStringSubmatch(ifNoneMatch)
		if tag == nil || tag[1] == etag {
			return tag != nil
		}
		ifNoneMatch = ifNoneMatch[len(tag[0]):]
	}
}
