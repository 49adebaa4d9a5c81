package form

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
)

// Parse reads a definition and refuses one that could not be asked: one with an
// unknown member or kind, a duplicate or reserved key, a missing translation, a
// choice without options, or a condition on anything but an earlier choice. The
// error joins every fault, one a line, each with its place in the definition.
// For data that is not JSON, the error gives the line of the first mistake.
func Parse(data []byte) (*Definition, error) {
	if err := json.Unmarshal(data, new(json.RawMessage)); err != nil {
		return nil, fmt.Errorf("form: %w", withLineNumber(data, err))
	}
	source, err := canonicalJSON(data)
	if err != nil {
		return nil, fmt.Errorf("form: %w", err)
	}
	d := &Definition{source: string(source)}
	c := definitionChecker{def: d, keys: make(map[string]bool)}
	c.checkDecoded("definition", decodeStrict(source, d)) // decoded from the source, so that both always agree
	c.checkDefinition()
	if len(c.faults) > 0 {
		return nil, errors.Join(c.faults...)
	}
	return d, nil
}

// withLineNumber adds the line of data to a JSON syntax error.
func withLineNumber(data []byte, err error) error {
	if syntax := (*json.SyntaxError)(nil); errors.As(err, &syntax) {
		return fmt.Errorf("line %d: %w", 1+bytes.Count(data[:syntax.Offset], []byte("\n")), err)
	}
	return err
}

// decodeStrict decodes as much of part as it can. It returns an error for the
// first value of a wrong type or unknown member.
func decodeStrict(data []byte, part any) error {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	err := decoder.Decode(part)
	if kind, ok := err.(*json.UnmarshalTypeError); ok {
		return fmt.Errorf("a JSON %s cannot stand at %q", kind.Value, kind.Field)
	}
	return err
}

// The UnmarshalJSON methods keep their error in the part itself. The decoder
// therefore goes on to the next part, and the checker, which knows the place of
// each part, reports all of them.

// UnmarshalJSON decodes a section and never fails: [Parse] reports its errors.
func (s *Section) UnmarshalJSON(data []byte) error {
	type plain Section
	s.decodeErr = decodeStrict(data, (*plain)(s))
	return nil
}

// UnmarshalJSON decodes a field and never fails: [Parse] reports its errors.
func (f *Field) UnmarshalJSON(data []byte) error {
	type plain Field
	f.decodeErr = decodeStrict(data, (*plain)(f))
	return nil
}

// UnmarshalJSON decodes an option and never fails: [Parse] reports its errors.
func (o *Option) UnmarshalJSON(data []byte) error {
	type plain Option
	o.decodeErr = decodeStrict(data, (*plain)(o))
	return nil
}

// UnmarshalJSON decodes a consent and never fails: [Parse] reports its errors.
func (c *Consent) UnmarshalJSON(data []byte) error {
	type plain Consent
	c.decodeErr = decodeStrict(data, (*plain)(c))
	return nil
}
