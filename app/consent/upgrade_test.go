package consent

import (
	"strings"
	"testing"
)

// TestRowsOfAnEarlierVersionAreChained in their order, each with the address of its
// member, also after an interruption.
func TestRowsOfAnEarlierVersionAreChained(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.addMember(t, "m1", "Zoe@example.ca")
	h.addMember(t, "m2", "ann@example.ca")
	h.exec(t, `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500)
		INSERT INTO consents (id, member, key, version, purpose, wording, lang, given, at)
		SELECT i * 7, 'm' || (i % 2 + 1), 'k' || i % 3, '1', 'p', 'w' || i, 'fr', i % 2, i FROM n`)
	h.exec(t, `CREATE TRIGGER later BEFORE UPDATE ON consents WHEN OLD.id = 8400 BEGIN SELECT RAISE(ABORT, 'no'); END`)
	if err := h.Upgrade(t.Context()); err == nil {
		t.Fatal("the upgrade was not interrupted")
	}
	h.wantFault(t, Head{}, "interrupted after a transaction", 7*(chainedAtOnce+1))
	h.exec(t, `DROP TRIGGER later`)
	for range 2 { // the second time does nothing
		if err := h.Upgrade(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	first := h.mustVerify(t)
	if first.Rows != 2500 || first.Head.Row != 17500 {
		t.Errorf("the chain has %+v, want all rows under their numbers", first)
	}
	n := 0
	err := h.EachOf(t.Context(), "zoe@example.ca", func(r Record) error {
		if n++; r.Member != "m1" {
			t.Errorf("row %d is of %s", r.Row, r.Member)
		}
		return nil
	})
	if err != nil || n != 1250 {
		t.Errorf("the address finds %d rows, %v", n, err)
	}
	h.append(t, "m2", "ann@example.ca", "", news(true))
	if got := h.mustVerify(t); got.Head.Row != 17501 {
		t.Errorf("the row behind them is %d", got.Head.Row)
	}
}

// TestTheHeadIsFoundWithoutReadingTheRowsThatAreNotChained keeps a large upgrade linear.
func TestTheHeadIsFoundWithoutReadingTheRowsThatAreNotChained(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	var id, parent, unused int
	var plan string
	err := h.file.Read().QueryRowContext(t.Context(), `EXPLAIN QUERY PLAN `+headQuery).Scan(&id, &parent, &unused, &plan)
	if err != nil || !strings.Contains(plan, "consents_chained") {
		t.Errorf("the head is found by %q, %v, want the index of chained rows", plan, err)
	}
}
