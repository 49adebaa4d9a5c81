//go:build !e2e

package journeytest

// stores are the draft stores that need no other program.
var stores = map[string]opener{"embedded": openEmbedded}
