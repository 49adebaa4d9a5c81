package access

import (
	"testing"
	"time"
)

// TestFullBudgetsOfDraftsAreCounted has one network use up what it has, and then all.
func TestFullBudgetsOfDraftsAreCounted(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	l, _ := newBeginLimits(2, 3)
	full := make(map[string]int)
	l.Full = func(budget string) { full[budget]++ }
	for _, network := range []string{"net", "net", "net", "another", "another"} {
		h.beginIn(t, l, network, noon)
	}
	n, err := h.Store.BegunInTotal(t.Context(), l, noon.Add(time.Minute))
	if err != nil || n != 3 || full["network"] != 1 || full["total"] != 1 {
		t.Errorf("%d drafts count (%v), and the budgets were full %v times", n, err, full)
	}
	if n, err := h.Store.BegunInTotal(t.Context(), l, noon.Add(2*time.Hour)); err != nil || n != 0 {
		t.Errorf("two hours later %d drafts count (%v)", n, err)
	}
}
