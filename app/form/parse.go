package form

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
)

// Parse reads a definition and refuses one that could not be asked: with an
// unknown member or kind, a key used twice, a missing translation, a choice
// without options or a condition on anything but an earlier choice. It reports
// every fault at once, each with its place.
func Parse(data []byte) (*Definition, error) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	d := new(Definition)
	if err := decoder.Decode(d); err != nil {
		return nil, fmt.Errorf("form: %w", located(data, decoder.InputOffset(), err))
	}
	c := checker{def: d, keys: make(map[string]bool)}
	c.definition()
	return d, errors.Join(c.faults...)
}

// located adds the line to an error of the decoder, which got as far as offset.
func located(data []byte, offset int64, err error) error {
	if syntax := (*json.SyntaxError)(nil); errors.As(err, &syntax) {
		offset = syntax.Offset
	}
	return fmt.Errorf("line %d: %w", 1+bytes.Count(data[:min(int(offset), len(data))], []byte("\n")), err)
}
