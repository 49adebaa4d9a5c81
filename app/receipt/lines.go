package receipt

// A line is what stands on one line of a column.
type line struct {
	text string
	style
	of *element // that the text belongs to; nil: the line is blank
}

// broken returns text in lines no wider than width, where measure returns how
// wide a sign is. The blank at which a line is broken stays at its end: whoever
// reads the lines one after the other reads whole words. A word that is wider
// than a line is broken anywhere.
func broken(text string, width int, measure func(rune) int) []string {
	var lines []string
	for text != "" {
		end := fitting(text, width, measure)
		lines, text = append(lines, text[:end]), text[end:]
	}
	return lines
}

// fitting returns how many bytes of text go on one line, at least those of one
// sign. Blanks at the end may stand out of it.
func fitting(text string, width int, measure func(rune) int) int {
	wide, behindBlank := 0, 0
	for i, r := range text {
		wide += measure(r)
		if r == ' ' {
			behindBlank = i + 1
			continue
		}
		if wide > width && behindBlank > 0 {
			return behindBlank
		}
		if wide > width && i > 0 {
			return i
		}
	}
	return len(text)
}
