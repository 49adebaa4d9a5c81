package brand

import "fmt"

// markSize is how many units the mark is wide and high.
const markSize = 32

// mark returns two boards, one above the other, that a dovetail joins: the tail
// of the upper one widens into the lower one. The line between them lets the
// mark be told on a dark ground, too. Its corners are round, or without roundness
// for systems that cut icons to a shape of their own: of a circle that is four
// fifths as wide as the mark, the tail touches no edge.
func mark(main, accent Colour, round int) []shape {
	end := markSize - round
	return []shape{
		{fmt.Sprintf("M %d 0 L %d 0 Q 32 0 32 %[1]d L 32 %[2]d Q 32 32 %[2]d 32 L %[1]d 32 Q 0 32 0 %[2]d L 0 %[1]d Q 0 0 %[1]d 0 Z", round, end), main},
		{fmt.Sprintf("M 0 11 L 11.35 11 L 7.75 23 L 24.25 23 L 20.65 11 L 32 11 L 32 %[2]d Q 32 32 %[2]d 32 L %[1]d 32 Q 0 32 0 %[2]d Z", round, end), accent},
		{"M 0 10 L 12.7 10 L 9.1 22 L 22.9 22 L 19.3 10 L 32 10 L 32 12 L 22 12 L 25.6 24 L 6.4 24 L 10 12 L 0 12 Z", white},
	}
}
