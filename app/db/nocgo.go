//go:build !cgo

package db

// SQLite is C. Without a C compiler Go would quietly build a program whose
// every query fails; this line makes it fail to build instead, and say why.
var _ = please_install_gcc_because_SQLite_needs_a_C_compiler
