package assets

import (
	"regexp"
	"strings"
)

// The parts of a style sheet that mean nothing. Quoted strings are matched first,
// and stay.
var (
	commentsAndBlanks = regexp.MustCompile(`("[^"]*"|'[^']*')|(?:/\*(?s:.*?)\*/|\s)+`)
	needlessBlanks    = regexp.MustCompile(`("[^"]*"|'[^']*')| ?;? ?(\}) ?| ?([{;,]) ?|(:) `)
)

// commentLines matches the lines of a script that are comments, and the blanks before any
// line. No text in a script of ours goes over several lines.
var commentLines = regexp.MustCompile(`(?m)^[ \t]*(?://.*\n)?`)

// minify returns a style sheet without comments and needless blanks. It changes
// nothing else: compressed, the result is as small as that of a program that
// knows CSS.
func minify(sheet string) string {
	sheet = commentsAndBlanks.ReplaceAllStringFunc(sheet, func(s string) string {
		if s[0] == '"' || s[0] == '\'' {
			return s
		}
		return " "
	})
	return strings.TrimSpace(needlessBlanks.ReplaceAllString(sheet, "$1$2$3$4"))
}
