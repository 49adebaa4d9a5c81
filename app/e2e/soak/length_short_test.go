//go:build e2e && !soak

package soak

// length returns the short one of two lengths of a test.
func length[T any](short, _ T) T { return short }
