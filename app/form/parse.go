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
// every fault at once, each with its place. Of text that is no JSON it reports
// the line.
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
	c.checkDecoded("definition", decodeStrict(source, d)) // what Source returns is what was read
	c.checkDefinition()
	if len(c.faults) > 0 {
		return nil, errors.Join(c.faults...)
	}
	return d, nil
}

// withLineNumber adds the line to an error in the syntax of data.
func withLineNumber(data []byte, err error) error {
	if syntax := (*json.SyntaxError)(nil); errors.As(err, &syntax) {
		return fmt.Errorf("line %d: %w", 1+bytes.Count(data[:syntax.Offset], []byte("\n")), err)
	}
	return err
}

// decodeStrict reads what it can of a part of a definition and returns the first
// thing that it cannot read.
func decodeStrict(data []byte, part any) error {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	err := decoder.Decode(part)
	if kind, ok := err.(*json.UnmarshalTypeError); ok {
		return fmt.Errorf("a JSON %s cannot stand at %q", kind.Value, kind.Field)
	}
	return err
}

// The parts of a definition keep what cannot be read of them for the checker,
// which knows their place and goes on to what else is wrong.

// UnmarshalJSON never fails: see [Parse].
func (s *Section) UnmarshalJSON(data []byte) error {
	type plain Section
	s.decodeErr = decodeStrict(data, (*plain)(s))
	return nil
}

// UnmarshalJSON never fails: see [Parse].
func (f *Field) UnmarshalJSON(data []byte) error {
	type plain Field
	f.decodeErr = decodeStrict(data, (*plain)(f))
	return nil
}

// UnmarshalJSON never fails: see [Parse].
func (o *Option) UnmarshalJSON(data []byte) error {
	type plain Option
	o.decodeErr = decodeStrict(data, (*plain)(o))
	return nil
}

// UnmarshalJSON never fails: see [Parse].
func (c *Consent) UnmarshalJSON(data []byte) error {
	type plain Consent
	c.decodeErr = decodeStrict(data, (*plain)(c))
	return nil
}
