//go:build e2e && !race

package process

// race is whether the program is built with the race detector, as the tests are.
const race = false
