package receipt

// A line is what stands on one line of a column.
type line struct {
	text string
	style
	element *element // that the text belongs to; nil: the line is blank
}

// breakLines returns text in lines no wider than width, where measure returns how
// wide a sign is. The blank at which a line is broken stays at its end: whoever
// reads the lines one after the other reads whole words. A word that is wider
// than a line is broken anywhere.
func breakLines(text string, width int, measure func(rune) int) []string {
	var lines []string
	for text != "" {
		end := fittingPrefix(text, width, measure)
		lines, text = append(lines, text[:end]), text[end:]
	}
	return lines
}

// fittingPrefix returns how many bytes of text go on one line, at least those of one
// sign. Blanks at the end may stand out of it.
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
