package redistest

import (
	"bytes"
	"strconv"
)

// commands counts what a client sends. Its arguments may hold any bytes.
type commands struct{ left []byte } // of a command that is not whole yet

// add takes the next piece, and returns how many commands became whole with it.
func (c *commands) add(piece []byte) (whole int) {
	c.left = append(c.left, piece...)
	for {
		after, ok := afterCommand(c.left)
		if !ok {
			return whole
		}
		c.left = after
		whole++
	}
}

// afterCommand returns what follows the first command in text: an array of strings, as
// clients send it. It reports whether that is whole.
func afterCommand(text []byte) (after []byte, ok bool) {
	n, text, ok := number(text, '*')
	for ; ok && n > 0; n-- {
		var size int
		if size, text, ok = number(text, '$'); !ok || len(text) < size+2 {
			return nil, false
		}
		text = text[size+2:] // with the end of the line
	}
	return text, ok
}

// number returns the number in a line of text that begins with a sign, and what follows.
func number(text []byte, sign byte) (n int, after []byte, ok bool) {
	line, after, ok := bytes.Cut(text, []byte("\r\n"))
	if !ok || len(line) == 0 || line[0] != sign {
		return 0, nil, false
	}
	n, err := strconv.Atoi(string(line[1:]))
	return n, after, err == nil && n >= 0
}
