package form

// Keep returns what is kept of the values of f, right or wrong, and whether it is all of
// them. All of an answer that is right is kept, and also of one that is a little too
// long, to be shortened.
func (f *Field) Keep(values []string) (kept []string, all bool) {
	if f.Kind.Choice() || len(values) == 0 {
		return values, true
	}
	text, limit := values[0], f.keptLength()
	if len(text) <= f.keptBytes() && Length(text) <= limit {
		return values, true
	}
	characters := []rune(text)
	return []string{string(characters[:min(len(characters), limit)])}, false
}

// keptLength returns how many characters of a text are kept: twice as many as are right,
// or 100.
func (f *Field) keptLength() int { return max(2*f.Limit(), 100) }

// keptBytes returns how many bytes a text may have that is kept. No text that is right
// has more than 12 for each character, however its accents are typed.
func (f *Field) keptBytes() int { return 6 * f.keptLength() }

// MaxBytes returns how many bytes the key of f and an answer to it have in a store, at
// most.
func (f *Field) MaxBytes() int {
	const punctuation = 8
	size := len(f.Key) + punctuation
	if !f.Kind.Choice() {
		return size + f.keptBytes()
	}
	for _, o := range f.Options {
		size += len(o.Code) + punctuation
	}
	return size
}
