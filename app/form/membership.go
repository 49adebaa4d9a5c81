package form

import _ "embed"

//go:embed membership.json
var membership []byte

// Membership returns the definition that is part of the program.
func Membership() (*Definition, error) { return Parse(membership) }
