package receipt

// A line is one line of a column.
type line struct {
	text string
	style
	element *element // the element whose content it is; nil: the line is blank
}

// breakLines breaks text into lines that are at most width wide. Measure returns
// the width of a character. The blank at which a line is broken stays at its end,
// so that a screen reader that joins the lines still reads whole words. A word
// that is wider than a line is broken anywhere.
func breakLines(text string, width int, measure func(rune) int) []string {
	var lines []string
	for text != "" {
		end := fittingPrefix(text, width, measure)
		lines, text = append(lines, text[:end]), text[end:]
	}
	return lines
}

// fittingPrefix returns the number of bytes of text that fit on one line, which has
// at least one character. Blanks at its end may stand beyond the width.
func fittingPrefix(text string, width int, measure func(rune) int) int {
	total, afterBlank := 0, 0
	for i, r := range text {
		total += measure(r)
		if r == ' ' {
			afterBlank = i + 1
			continue
		}
		if total > width && afterBlank > 0 {
			return afterBlank
		}
		if total > width && i > 0 {
			return i
		}
	}
	return len(text)
}
