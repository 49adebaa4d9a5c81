package confirm_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"joinery/app/confirm"
	"joinery/app/journeytest"
)

// wantOpens wants these to be all opens that are stored, by day, domain and kind.
func wantOpens(t *testing.T, j *journeytest.Journey, want ...string) {
	t.Helper()
	journeytest.Must(t, j.Confirm.FlushOpens(t.Context()))
	var got []string
	for _, row := range rows(t, j, `SELECT day, domain, kind, count FROM link_opens ORDER BY 1, 2, 3`) {
		got = append(got, strings.Trim(fmt.Sprint(row), "[]"))
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("what is stored is\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// delivered returns the link of a letter to an address, which was delivered now.
func delivered(t *testing.T, j *journeytest.Journey, address string) confirm.Link {
	t.Helper()
	j.MustSubmit(t, j.FinishedAs(t, address))
	token := j.ConfirmToken(t)
	j.MailServer().DeliverAll(t)
	return j.ConfirmLink(t, token)
}

func TestOpensAreCountedByDayDomainAndKind(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	j.Time = time.Date(2026, time.November, 22, 23, 59, 0, 0, time.FixedZone("", -5*3600)) // the 23rd in UTC
	common, rare := delivered(t, j, "zoe@gmail.com"), delivered(t, j, "zoe@zoe-tremblay.example")
	j.Pass(confirm.ScannerWindow - time.Second)
	j.Confirm.RecordOpen(t.Context(), common, http.MethodHead, false)
	j.Confirm.RecordOpen(t.Context(), common, http.MethodGet, false)
	j.Confirm.RecordOpen(t.Context(), common, http.MethodGet, true) // by the browser that applied
	j.Confirm.RecordOpen(t.Context(), rare, http.MethodGet, false)
	wantOpens(t, j,
		"2026-11-23 gmail.com early 2", "2026-11-23 gmail.com head 1", "2026-11-23 gmail.com stranger 2",
		"2026-11-23 other early 1", "2026-11-23 other stranger 1")
	j.Pass(time.Second)
	j.Confirm.RecordOpen(t.Context(), common, http.MethodGet, false)
	j.Pass(24 * time.Hour)
	j.Confirm.RecordOpen(t.Context(), rare, http.MethodHead, false)
	want := []string{
		"2026-11-23 gmail.com early 2", "2026-11-23 gmail.com head 1", "2026-11-23 gmail.com stranger 3",
		"2026-11-23 other early 1", "2026-11-23 other stranger 1",
		"2026-11-24 other head 1", "2026-11-24 other stranger 1",
	}
	wantOpens(t, j, want...)
	wantOpens(t, j, want...) // nothing is counted twice
	j.WantCount(t, "link_opens WHERE domain LIKE '%zoe%' OR domain LIKE '%@%'", 0)
}

// TestAnOpenOfALetterThatIsUnderWayIsEarly because only programs open it, before they
// take the letter.
func TestAnOpenOfALetterThatIsUnderWayIsEarly(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	j.MustSubmit(t, j.FinishedAs(t, "zoe@gmail.com"))
	j.Confirm.RecordOpen(t.Context(), j.ConfirmLink(t, j.ConfirmToken(t)), http.MethodGet, false)
	wantOpens(t, j, "2026-11-22 gmail.com early 1", "2026-11-22 gmail.com stranger 1")
}

func TestLinksThatConfirmNothingAreNotCounted(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	j.Submitted(t)
	token := j.ConfirmToken(t)
	j.Confirm.RecordOpen(t.Context(), j.ConfirmLink(t, journeytest.MadeUpToken), http.MethodGet, false)
	j.ConfirmNewest(t)
	j.Confirm.RecordOpen(t.Context(), j.ConfirmLink(t, token), http.MethodGet, false)
	wantOpens(t, j)
}

// TestAnOpenChangesNothing but what is counted.
func TestAnOpenChangesNothing(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	l := delivered(t, j, "zoe@gmail.com")
	before := j.RowsChanged(t)
	for range 5 {
		j.Confirm.RecordOpen(t.Context(), l, http.MethodHead, false)
		j.Confirm.RecordOpen(t.Context(), l, http.MethodGet, false)
	}
	if got, err := j.Members.BySelector(t.Context(), l.Found().Link.Selector); err != nil || fmt.Sprint(got) != fmt.Sprint(l.Found()) {
		t.Errorf("the link has become %+v, %v, want what it was: %+v", got, err, l.Found())
	}
	j.WantCount(t, "link_opens", 0)
	if after := j.RowsChanged(t); after != before {
		t.Errorf("%d rows have changed", after-before)
	}
}

func TestOpensAtTheSameTimeAreAllCounted(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	l := delivered(t, j, "zoe@gmail.com")
	j.Pass(time.Hour)
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() { j.Confirm.RecordOpen(t.Context(), l, http.MethodGet, false) })
		all.Go(func() {
			if err := j.Confirm.FlushOpens(t.Context()); err != nil {
				t.Errorf("FlushOpens: %v", err)
			}
		})
	}
	all.Wait()
	wantOpens(t, j, "2026-11-22 gmail.com stranger 20")
}

// TestOpensThatCannotBeStoredNowAreStoredLater and name no person meanwhile.
func TestOpensThatCannotBeStoredNowAreStoredLater(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	l := delivered(t, j, "zoe@gmail.com")
	j.Pass(time.Hour)
	allow := refuse(t, j, "INSERT ON link_opens")
	j.Confirm.RecordOpen(t.Context(), l, http.MethodGet, false)
	if err := j.Confirm.FlushOpens(t.Context()); err == nil {
		t.Error("FlushOpens says nothing of what it could not store")
	}
	allow()
	wantOpens(t, j, "2026-11-22 gmail.com stranger 1")
	journeytest.Must(t, j.File.Close())
	j.Confirm.RecordOpen(t.Context(), l, http.MethodGet, false)
	if err := j.Confirm.FlushOpens(t.Context()); err == nil || strings.Contains(err.Error(), "zoe") {
		t.Errorf("FlushOpens: %v, want it to say that the file is closed, and nothing about a person", err)
	}
}
