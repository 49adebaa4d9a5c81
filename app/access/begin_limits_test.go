package access

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// beginIn begins a draft in a network and returns from when the next one can begin, or
// the zero time if this one has.
func (h *harness) beginIn(t *testing.T, l *BeginLimits, network string, at time.Time) time.Time {
	t.Helper()
	before := h.count(t, `SELECT count(*) FROM draft_access`)
	key := fmt.Sprint("draft ", before)
	_, err := h.Store.Begin(t.Context(), Beginning{Draft: key, Session: "session of " + key, ExpiresAt: later, Network: network, At: at}, l)
	limit := LimitError{}
	if errors.As(err, &limit) {
		h.wantCount(t, "draft_access", before)
		h.wantCount(t, "sessions", before)
		return limit.Until
	}
	fine(t, err)
	return time.Time{}
}

func newBeginLimits(network, total int) (*BeginLimits, *bytes.Buffer) {
	log := new(bytes.Buffer)
	return &BeginLimits{
		PerNetwork: Budget{Max: network, Per: time.Hour}, Total: Budget{Max: total, Per: time.Hour},
		Log: slog.New(slog.NewJSONHandler(log, nil)),
	}, log
}

// TestANetworkBeginsSoManyDrafts wants the next one when the first is an hour old.
func TestANetworkBeginsSoManyDrafts(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	l, _ := newBeginLimits(3, 0)
	for i := range 3 {
		if until := h.beginIn(t, l, "net", noon.Add(time.Duration(i)*10*time.Minute)); !until.IsZero() {
			t.Fatalf("draft %d has to wait until %v", i, until)
		}
	}
	var until time.Time
	for _, at := range []time.Duration{20 * time.Minute, time.Hour - time.Second} {
		if until = h.beginIn(t, l, "net", noon.Add(at)); until.Before(noon.Add(time.Hour)) || until.After(noon.Add(time.Hour+time.Second)) {
			t.Errorf("after %v the next can begin at %v, want an hour after the first", at, until)
		}
	}
	for _, network := range []string{"another", ""} {
		if until := h.beginIn(t, l, network, noon.Add(20*time.Minute)); !until.IsZero() {
			t.Errorf("in the network %q one has to wait until %v", network, until)
		}
	}
	if again := h.beginIn(t, l, "net", until); !again.IsZero() {
		t.Errorf("at the time that was named, it has to wait until %v", again)
	}
	if next := h.beginIn(t, l, "net", until); next.Before(noon.Add(70*time.Minute)) || next.After(noon.Add(70*time.Minute+time.Second)) {
		t.Errorf("the next can begin at %v, want an hour after the second", next)
	}
}

func TestAllNetworksTogetherBeginSoManyDrafts(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	l, log := newBeginLimits(2, 3)
	for _, network := range []string{"one", "one", ""} {
		if until := h.beginIn(t, l, network, noon); !until.IsZero() {
			t.Fatalf("in %q one has to wait until %v", network, until)
		}
	}
	for at := range 100 { // within a minute
		for _, network := range []string{"one", "two", ""} {
			if until := h.beginIn(t, l, network, noon.Add(time.Duration(at)*500*time.Millisecond)); until.IsZero() {
				t.Fatalf("a fourth draft began in %q", network)
			}
		}
	}
	if lines := strings.Split(strings.TrimSpace(log.String()), "\n"); len(lines) != 2 || strings.Contains(log.String(), `"one"`) {
		t.Errorf("the log has\n%s\nwant a line for each budget", log)
	}
	h.beginIn(t, l, "two", noon.Add(61*time.Second))
	if lines := strings.Count(log.String(), "\n"); lines != 3 {
		t.Errorf("after a minute the log has %d lines, want one more", lines)
	}
}

// TestNoMoreDraftsBeginAtTheSameTime counts in the transaction that begins a draft.
func TestNoMoreDraftsBeginAtTheSameTime(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	l, _ := newBeginLimits(10, 0)
	var begun atomic.Int32
	var all sync.WaitGroup
	for i := range 50 {
		all.Go(func() {
			key := fmt.Sprint("draft ", i)
			_, err := h.Store.Begin(t.Context(), Beginning{Draft: key, Session: "s" + key, ExpiresAt: later, Network: "net", At: noon}, l)
			switch limit := (LimitError{}); {
			case err == nil:
				begun.Add(1)
			case !errors.As(err, &limit):
				t.Errorf("Begin: %v", err)
			}
		})
	}
	all.Wait()
	if n := begun.Load(); n != 10 {
		t.Errorf("%d drafts have begun, want 10", n)
	}
	h.wantCount(t, "draft_access", 10)
}

// TestCountsAreSweptAndBounded has one row for many drafts of one second, refused ones
// leave none, and what no budget looks at goes.
func TestCountsAreSweptAndBounded(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	l, _ := newBeginLimits(50, 1000)
	for i := range 100 {
		h.beginIn(t, l, "net", noon.Add(time.Duration(i)*time.Millisecond))
	}
	h.wantCount(t, "begun_drafts", 2)
	for _, at := range []time.Time{noon.Add(time.Hour), noon.Add(-time.Hour), noon.Add(-48 * time.Hour)} { // also by a clock that is put back
		fine(t, h.SweepBegun(t.Context(), l, at))
	}
	h.wantCount(t, "begun_drafts", 0)
	h.beginIn(t, l, "net", noon)
	fine(t, h.SweepBegun(t.Context(), l, noon.Add(time.Hour+2*time.Second)))
	h.wantCount(t, "begun_drafts", 0)
	h.beginIn(t, l, "net", noon)
	fine(t, h.SweepBegun(t.Context(), nil, noon.Add(time.Second)))
	h.wantCount(t, "begun_drafts", 0)
}

// TestAClockThatWasWrongStopsNoDraft begins many drafts in what is then the future.
func TestAClockThatWasWrongStopsNoDraft(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	l, _ := newBeginLimits(3, 3)
	for range 3 {
		h.beginIn(t, l, "net", noon.Add(24*time.Hour))
	}
	if until := h.beginIn(t, l, "net", noon); !until.IsZero() {
		t.Errorf("a draft has to wait until %v", until)
	}
}

// TestALongBudgetHasFewRows counts a week in parts.
func TestALongBudgetHasFewRows(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	l, _ := newBeginLimits(500, 0)
	l.PerNetwork.Per = 7 * 24 * time.Hour
	for i := range 300 {
		h.beginIn(t, l, "net", noon.Add(time.Duration(i)*time.Second))
	}
	if rows := h.count(t, `SELECT count(*) FROM begun_drafts`); rows > 3 {
		t.Errorf("five minutes have %d rows", rows)
	}
}

// TestADraftThatTheStoreRefusesDoesNotCount until too many drafts are to be cleared.
func TestADraftThatTheStoreRefusesDoesNotCount(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	l, _ := newBeginLimits(2, 2)
	cancel := func(key string) {
		b := Beginning{Draft: key, Session: "session of " + key, ExpiresAt: later, Network: "net", At: noon}
		_, err := h.Store.Begin(t.Context(), b, l)
		fine(t, err)
		fine(t, h.CancelBegin(t.Context(), b, l))
	}
	if until := h.beginIn(t, l, "net", noon); !until.IsZero() {
		t.Fatal("the first draft has to wait")
	}
	for i := range 5 {
		cancel(fmt.Sprint("refused ", i))
	}
	h.wantCount(t, "draft_access", 1)
	h.wantCount(t, "discarded_drafts", 5)
	for _, network := range []string{"net", ""} {
		if n := h.count(t, `SELECT sum(count) FROM begun_drafts WHERE network = '`+network+`'`); n != 1 {
			t.Errorf("%d drafts count in the network %q, want 1", n, network)
		}
	}
	_, err := h.file.Write().ExecContext(t.Context(), fmt.Sprintf(`
		WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
		INSERT INTO discarded_drafts SELECT 'waiting ' || i FROM n`, maxRefunded))
	fine(t, err)
	cancel("one more")
	if until := h.beginIn(t, l, "net", noon); until.IsZero() {
		t.Error("a draft begins, though the drafts to be cleared have become too many")
	}
}
