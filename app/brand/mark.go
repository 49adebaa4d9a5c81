package brand

import "fmt"

// markSize is the width and height of the mark in units of its paths.
const markSize = 32

// mark returns the mark of the site: two boards, one above the other, joined by a
// dovetail. The tail of the upper board widens into the lower one. The white line
// between them keeps the mark recognizable on a dark background.
//
// Round is the radius of its corners. It is 0 for systems that cut icons to a
// shape of their own: the dovetail lies within a circle that is four fifths as
// wide as the mark.
func mark(main, accent Colour, round int) []shape {
	end := markSize - round
	return []shape{
		{fmt.Sprintf("M %d 0 L %d 0 Q 32 0 32 %[1]d L 32 %[2]d Q 32 32 %[2]d 32 L %[1]d 32 Q 0 32 0 %[2]d L 0 %[1]d Q 0 0 %[1]d 0 Z", round, end), main},
		{fmt.Sprintf("M 0 11 L 11.35 11 L 7.75 23 L 24.25 23 L 20.65 11 L 32 11 L 32 %[2]d Q 32 32 %[2]d 32 L %[1]d 32 Q 0 32 0 %[2]d Z", round, end), accent},
		{"M 0 10 L 12.7 10 L 9.1 22 L 22.9 22 L 19.3 10 L 32 10 L 32 12 L 22 12 L 25.6 24 L 6.4 24 L 10 12 L 0 12 Z", white},
	}
}
