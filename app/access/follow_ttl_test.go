package access

import (
	"database/sql"
	"path/filepath"
	"testing"
	"time"

	"joinery/app/db"
	"joinery/app/dbtest"
)

const day = 24 * time.Hour

// TestDraftsEndSoonerWhenTheyAreKeptForLess counted from the save of each, whatever TTLs
// there were between. What was submitted stays as it is.
func TestDraftsEndSoonerWhenTheyAreKeptForLess(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.begin(t, "short", "h1")
	h.begin(t, "long", "h2")
	h.begin(t, "sent", "h3")
	fine(t, h.SetExpiry(t.Context(), "short", noon, noon.Add(7*day))) // under a TTL of 7 days, and the others under one of 30
	fine(t, h.MarkSubmitted(t.Context(), "sent", later))
	for _, start := range []struct{ ttl, short, long time.Duration }{
		{30 * day, 7 * day, 30 * day}, {7 * day, 7 * day, 7 * day}, {7 * day, 7 * day, 7 * day}, {30 * day, 7 * day, 7 * day}, {6 * day, 6 * day, 6 * day},
	} {
		fine(t, h.FollowTTL(t.Context(), start.ttl))
		for draft, ends := range map[string]time.Duration{"short": start.short, "long": start.long} {
			want := infoOf(draft)
			want.ExpiresAt = noon.Add(ends)
			h.wantInfo(t, want)
		}
	}
	h.wantInfo(t, DraftInfo{Draft: "sent", Lang: infoOf("sent").Lang, ExpiresAt: later})
}

// TestADraftOfAnEarlierVersionEndsAsNoted since its save is not known.
func TestADraftOfAnEarlierVersionEndsAsNoted(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "members.db")
	file, err := db.Open(t.Context(), path, db.Crash, migrationsUntil(t, "0024_members_in_order.sql"))
	fine(t, err)
	_, err = file.Write().ExecContext(t.Context(), `INSERT INTO draft_access (draft, expires_at, sealed_key) VALUES ('d1', $1, 'sealed')`, later.Unix())
	fine(t, err)
	fine(t, file.Close())
	file = dbtest.Open(t, path)
	h := &harness{Store: NewStore(file, dbtest.Ring(t, file)), file: file}
	fine(t, h.FollowTTL(t.Context(), time.Hour))
	h.wantInfo(t, DraftInfo{Draft: "d1", ExpiresAt: later, MayBeClear: true})
}

// TestACorrectionCountsFromItsSave and an entry that leads to no answers from none.
func TestACorrectionCountsFromItsSave(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.begin(t, "sent", "h1")
	fine(t, h.MoveSessions(t.Context(), "sent", "none", later))
	h.wantInfo(t, DraftInfo{Draft: "none", ExpiresAt: later})
	fine(t, h.db.Tx(t.Context(), "move", func(tx *sql.Tx) error {
		return MoveSessions(t.Context(), tx, h.ring, "none", "correction", "", noon, later)
	}))
	h.wantInfo(t, DraftInfo{Draft: "correction", NotedAt: noon, ExpiresAt: later})
}
