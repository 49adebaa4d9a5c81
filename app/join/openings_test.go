package join

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// wantOpenings wants these to be all that is stored, by day, domain and manner.
func (b *bench) wantOpenings(t *testing.T, want ...string) {
	t.Helper()
	fine(t, b.FlushOpens(t.Context()))
	rows, err := b.file.Read().QueryContext(t.Context(), `SELECT day || ' ' || domain || ' ' || kind || ' ' || count FROM link_opens ORDER BY 1`)
	fine(t, err)
	defer rows.Close()
	var got []string
	for rows.Next() {
		var row string
		fine(t, rows.Scan(&row))
		got = append(got, row)
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("what is stored is\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// opened returns the link of a letter to an address, which was delivered now.
func (b *bench) opened(t *testing.T, address string) Link {
	t.Helper()
	b.send(t, b.filledIn(t, address))
	b.mailServer(t).deliver(t)
	rows, err := b.file.Read().QueryContext(t.Context(), `SELECT selector FROM links ORDER BY id DESC LIMIT 1`)
	fine(t, err)
	defer rows.Close()
	var handle string
	rows.Next()
	fine(t, rows.Scan(&handle))
	found, err := b.Members.BySelector(t.Context(), handle)
	fine(t, err)
	return Link{Status: Open, found: found}
}

func TestOpeningsAreCountedByDayDomainAndManner(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	b.now = time.Date(2026, time.November, 22, 23, 59, 0, 0, time.FixedZone("", -5*3600)) // the 23rd in UTC
	common, rare := b.opened(t, "zoe@gmail.com"), b.opened(t, "zoe@zoe-tremblay.example")
	b.pass(scannerWindow - time.Second)
	b.RecordOpen(t.Context(), common, http.MethodHead, false)
	b.RecordOpen(t.Context(), common, http.MethodGet, false)
	b.RecordOpen(t.Context(), common, http.MethodGet, true) // by who applied
	b.RecordOpen(t.Context(), rare, http.MethodGet, false)
	b.wantOpenings(t,
		"2026-11-23 gmail.com early 2", "2026-11-23 gmail.com head 1", "2026-11-23 gmail.com stranger 2",
		"2026-11-23 other early 1", "2026-11-23 other stranger 1")
	b.pass(time.Second)
	b.RecordOpen(t.Context(), common, http.MethodGet, false)
	b.pass(24 * time.Hour)
	b.RecordOpen(t.Context(), rare, http.MethodHead, false)
	want := []string{
		"2026-11-23 gmail.com early 2", "2026-11-23 gmail.com head 1", "2026-11-23 gmail.com stranger 3",
		"2026-11-23 other early 1", "2026-11-23 other stranger 1",
		"2026-11-24 other head 1", "2026-11-24 other stranger 1",
	}
	b.wantOpenings(t, want...)
	b.wantOpenings(t, want...) // nothing is counted twice
	b.wantCount(t, "link_opens WHERE domain LIKE '%zoe%' OR domain LIKE '%@%'", 0)
}

// TestWhatIsUnderWayIsOpenedByNobody but programs, which look into a letter
// before they take it.
func TestWhatIsUnderWayIsOpenedByNobody(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	b.send(t, b.filledIn(t, "zoe@gmail.com"))
	b.RecordOpen(t.Context(), b.link(t, b.proof(t)), http.MethodGet, false)
	b.wantOpenings(t, "2026-11-22 gmail.com early 1", "2026-11-22 gmail.com stranger 1")
}

func TestWhatIsNoOpening(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	b.sent(t)
	token := b.proof(t)
	b.RecordOpen(t.Context(), b.link(t, "MADEUP-MADEUP"), http.MethodGet, false)
	b.confirmed(t)
	b.RecordOpen(t.Context(), b.link(t, token), http.MethodGet, false)
	b.wantOpenings(t)
}

// TestOpeningChangesNothing but what is counted.
func TestOpeningChangesNothing(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	l := b.opened(t, "zoe@gmail.com")
	before := b.changes(t)
	for range 5 {
		b.RecordOpen(t.Context(), l, http.MethodHead, false)
		b.RecordOpen(t.Context(), l, http.MethodGet, false)
	}
	if got, err := b.Members.BySelector(t.Context(), l.found.Link.Selector); err != nil || fmt.Sprint(got) != fmt.Sprint(l.found) {
		t.Errorf("the link has become %+v, %v, want what it was: %+v", got, err, l.found)
	}
	b.wantCount(t, "link_opens", 0)
	if after := b.changes(t); after != before {
		t.Errorf("%d rows have changed", after-before)
	}
}

func TestOpeningsAtTheSameTimeAreAllCounted(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	l := b.opened(t, "zoe@gmail.com")
	b.pass(time.Hour)
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() { b.RecordOpen(t.Context(), l, http.MethodGet, false) })
		all.Go(func() {
			if err := b.FlushOpens(t.Context()); err != nil {
				t.Errorf("Count: %v", err)
			}
		})
	}
	all.Wait()
	b.wantOpenings(t, "2026-11-22 gmail.com stranger 20")
}

// TestWhatCannotBeStoredStopsNobody has the file closed.
func TestWhatCannotBeStoredStopsNobody(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	l := b.opened(t, "zoe@gmail.com")
	fine(t, b.file.Close())
	b.RecordOpen(t.Context(), l, http.MethodGet, false)
	if err := b.FlushOpens(t.Context()); err == nil || strings.Contains(err.Error(), "zoe") {
		t.Errorf("Count: %v, want it to say that the file is closed, and nothing about anybody", err)
	}
}
