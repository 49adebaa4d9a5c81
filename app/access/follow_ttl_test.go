package access

import (
	"testing"
	"time"
)

// TestDraftsEndSoonerWhenTheyAreKeptForLess and no draft ends sooner at another start, or
// when drafts are kept for longer. What was submitted stays as it is.
func TestDraftsEndSoonerWhenTheyAreKeptForLess(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.begin(t, "d1", "h1")
	h.begin(t, "sent", "h2")
	fine(t, h.MarkSubmitted(t.Context(), "sent", later))
	const day = 24 * time.Hour
	for _, start := range []struct{ ttl, sooner time.Duration }{
		{30 * day, 0}, {30 * day, 0}, {7 * day, 23 * day}, {7 * day, 23 * day}, {9 * day, 23 * day}, {8 * day, 24 * day},
	} {
		fine(t, h.FollowTTL(t.Context(), start.ttl))
		want := infoOf("d1")
		want.ExpiresAt = later.Add(-start.sooner)
		h.wantInfo(t, want)
	}
	h.wantInfo(t, DraftInfo{Draft: "sent", Lang: infoOf("sent").Lang, ExpiresAt: later})
}
