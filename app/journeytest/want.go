package journeytest

import (
	"errors"
	"testing"
)

// Must ends the test when err is not nil.
func Must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// WantError wants doing something to have failed with an error that is want, or
// with none if want is nil.
func WantError(t testing.TB, doing string, got, want error) {
	t.Helper()
	if !errors.Is(got, want) || (got == nil) != (want == nil) {
		t.Errorf("%s: %v, want %v", doing, got, want)
	}
}

// Count returns the number that a query of the file of members finds.
func (j *Journey) Count(t testing.TB, query string) (n int) {
	t.Helper()
	Must(t, j.File.Read().QueryRowContext(t.Context(), query).Scan(&n))
	return n
}

// WantCount wants a table of the file of members to have so many rows. The table
// may come with a WHERE.
func (j *Journey) WantCount(t testing.TB, table string, want int) {
	t.Helper()
	if n := j.Count(t, `SELECT count(*) FROM `+table); n != want {
		t.Errorf("there are %d %s, want %d", n, table, want)
	}
}

// WantNoTrace wants nothing to be left of the only draft that there was, which b
// held.
func (j *Journey) WantNoTrace(t testing.TB, b *Browser) {
	t.Helper()
	b.WantNoDraft(t)
	for _, table := range []string{"draft_access", "sessions", "grants", "mails WHERE state = 'waiting'", "mails WHERE topic <> '' OR sealed <> ''"} {
		j.WantCount(t, table, 0)
	}
}

// RefuseWrites has the file of members refuse what would change it, until allow is
// called.
func (j *Journey) RefuseWrites(t testing.TB) (allow func()) {
	t.Helper()
	pragma := func(value string) {
		t.Helper()
		_, err := j.File.Write().ExecContext(t.Context(), `PRAGMA query_only = `+value)
		Must(t, err)
	}
	pragma("ON")
	return func() { t.Helper(); pragma("OFF") }
}
