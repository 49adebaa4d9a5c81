package access

import "testing"

// TestOnlyDraftsOfAnEarlierVersionMayBeClear and those that correct them.
func TestOnlyDraftsOfAnEarlierVersionMayBeClear(t *testing.T) {
	t.Parallel()
	h := newEarlierHarness(t)
	fine(t, h.SealEarlier(t.Context()))
	h.begin(t, "new", "h1")
	fine(t, h.MoveSessions(t.Context(), "two", "correction of two", later))
	fine(t, h.MoveSessions(t.Context(), "new", "correction of new", later))
	h.begin(t, "newer", "h2")
	for draft, want := range map[string]bool{"one": true, "correction of two": true, "correction of new": false, "newer": false} {
		if info, err := h.ByDraft(t.Context(), draft); err != nil || info.MayBeClear != want {
			t.Errorf("that %q may be clear is %t, %v", draft, info.MayBeClear, err)
		}
	}
}
