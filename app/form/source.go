package form

import (
	"bytes"
	"encoding/json"
)

// Source returns d as canonical JSON, which [Parse] reads again. Definitions
// whose documents differ only in layout or in the order of members have the same
// source.
func (d *Definition) Source() string { return d.source }

// canonicalJSON rewrites data without blanks and with the members of each object
// in order of name.
func canonicalJSON(data []byte) ([]byte, error) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber() // a float64 cannot hold every number
	var value any
	if err := decoder.Decode(&value); err != nil {
		return nil, err
	}
	return json.Marshal(value)
}
