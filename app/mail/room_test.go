package mail

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestNoTimeHasMoreThanTheBudget plans letters at any times, some of which are taken out
// again, and counts them in each time of the length of the budget.
func TestNoTimeHasMoreThanTheBudget(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := Budget{Max: rapid.IntRange(1, 4).Draw(t, "max"), Per: 10 * time.Second}
		var planned []int64
		now := int64(1000)
		for range rapid.IntRange(1, 40).Draw(t, "letters") {
			now += rapid.Int64Range(0, 4).Draw(t, "pause")
			if n := len(planned); n > 0 && rapid.Bool().Draw(t, "one is confirmed") {
				i := rapid.IntRange(0, n-1).Draw(t, "which")
				planned = slices.Delete(planned, i, i+1)
			}
			for at := now; ; at++ {
				if b.fits(planned, at) {
					planned = append(planned, at)
					break
				}
			}
			slices.Sort(planned)
			for i := range planned {
				if i >= b.Max && planned[i]-planned[i-b.Max] <= b.seconds() {
					t.Fatalf("%d letters go out within %v: %v", b.Max+1, b.Per, planned)
				}
			}
		}
	})
}
