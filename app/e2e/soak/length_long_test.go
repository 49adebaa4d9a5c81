//go:build e2e && soak

package soak

// length returns the long one of two lengths of a test.
func length[T any](_, long T) T { return long }
