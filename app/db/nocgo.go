//go:build !cgo

package db

// SQLite is written in C. Without a C compiler Go would build a program in which every
// query fails. This line makes the build fail instead, with the reason.
var _ = please_install_gcc_because_SQLite_needs_a_C_compiler
