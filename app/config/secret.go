package config

// A Secret is a setting that may hold a password. Printing, logging and encoding it
// show only whether it is set; string(s) is the setting itself.
type Secret string

// String hides s from fmt and, as text, from slog.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return "(hidden)"
}

// GoString hides s from %#v.
func (s Secret) GoString() string { return s.String() }

// MarshalText hides s from JSON.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }
