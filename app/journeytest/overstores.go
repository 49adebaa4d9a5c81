package journeytest

import "testing"

// OverStores runs a test on a journey with each of the draft stores: the embedded
// one and, with the build tag e2e, Redis too. The journeys run beside each other.
func OverStores(t *testing.T, test func(t *testing.T, j *Journey), edits ...func(*Setup)) {
	t.Helper()
	for name, open := range stores {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, newJourney(t, open, edits...))
		})
	}
}
