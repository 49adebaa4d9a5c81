package form

import (
	"bytes"
	"encoding/json"
)

// Source returns d as JSON from which [Parse] reads it again. The layout and the
// order of members have gone, so that definitions that differ in nothing else
// have the same source.
func (d *Definition) Source() string { return d.source }

// canonicalJSON returns the one way to write some JSON: without blanks, and with
// the members of each object in order of name.
func canonicalJSON(data []byte) ([]byte, error) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber() // a float64 cannot hold all of them
	var value any
	if err := decoder.Decode(&value); err != nil {
		return nil, err
	}
	return json.Marshal(value)
}
