package form

import _ "embed"

//go:embed membership.json
var membership []byte

// Membership parses the definition that is embedded in the program: the
// application for membership that is asked unless the configuration names
// another file.
func Membership() (*Definition, error) { return Parse(membership) }
