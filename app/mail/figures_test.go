package mail

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// put stores a letter of a kind with what else it has, by column.
func (h *harness) put(t *testing.T, id string, kind Kind, columns string) {
	t.Helper()
	h.enqueue(t, Letter{Order: Order{ID: id, Kind: kind, To: "zoe@example.ca", Topic: id, Due: h.time}})
	h.change(t, `UPDATE mails SET `+columns+` WHERE id = '`+id+`'`)
}

// change carries out a statement.
func (h *harness) change(t *testing.T, statement string) {
	t.Helper()
	if err := h.DB.InTx(t.Context(), func(tx *sql.Tx) error { _, err := tx.ExecContext(t.Context(), statement); return err }); err != nil {
		t.Fatal(err)
	}
}

// TestTheFiguresTellHowTheQueueStands has a letter in each state, and those that ended
// over an hour ago.
func TestTheFiguresTellHowTheQueueStands(t *testing.T) {
	t.Parallel()
	h := newHarness(t, nil)
	at := func(d time.Duration) string { return fmt.Sprint(h.time.Add(d).Unix()) }
	h.put(t, "a", Confirm, `planned = `+at(-40*time.Minute)+`, due = `+at(-10*time.Minute))
	h.put(t, "b", Confirm, `planned = `+at(-30*time.Minute)+`, due = `+at(time.Hour)+`, failure = 'connecting', attempts = 2`) // put off
	h.put(t, "c", Resume, `planned = `+at(time.Hour))
	h.put(t, "d", Welcome, `state = 'delivered', attempts = 1, settled = `+at(-time.Minute))
	h.put(t, "e", Welcome, `state = 'delivered', attempts = 1, settled = `+at(-2*time.Hour)+`, planned = `+at(-2*time.Hour))
	h.put(t, "f", Confirm, `state = 'abandoned', attempts = 1, failure = 'recipient', settled = `+at(-time.Minute))
	h.put(t, "g", Confirm, `state = 'abandoned', settled = `+at(-time.Minute))
	got, err := (&Limits{Total: Budget{Max: 10, Per: time.Hour}}).Figures(t.Context(), h.DB, h.time)
	if err != nil {
		t.Fatal(err)
	}
	want := []Figure{
		{Confirm, "cancelled", 1}, {Confirm, "refused", 1}, {Confirm, "retried", 1}, {Confirm, "waiting", 1},
		{Resume, "late", 1}, {Welcome, "delivered", 1},
	}
	slices.SortFunc(got.Letters, func(a, b Figure) int { return strings.Compare(string(a.Kind)+a.State, string(b.Kind)+b.State) })
	if !slices.Equal(got.Letters, want) || got.Overdue != 10*time.Minute || got.Planned != 5 {
		t.Errorf("the figures are %+v, want %+v, ten minutes, and five of the budget", got, want)
	}
}

// TestTheFiguresOfAnEmptyQueue are none.
func TestTheFiguresOfAnEmptyQueue(t *testing.T) {
	t.Parallel()
	h := newHarness(t, nil)
	got, err := new(Limits).Figures(t.Context(), h.DB, h.time)
	if err != nil || len(got.Letters) > 0 || got.Overdue != 0 || got.Planned != 0 {
		t.Errorf("the figures are %+v (%v)", got, err)
	}
}

// TestTheFiguresReadNoOldLetters keeps a look at them cheap.
func TestTheFiguresReadNoOldLetters(t *testing.T) {
	t.Parallel()
	h := newHarness(t, nil)
	for _, query := range []string{
		`SELECT kind FROM mails WHERE settled > 5`,
		`SELECT min(due) FROM mails WHERE state = 'waiting'`,
		`SELECT count(*) FROM mails WHERE planned >= 5 AND (state <> 'abandoned' OR attempts > 0)`,
	} {
		var id, parent, unused int
		var plan string
		if err := h.DB.Read().QueryRowContext(t.Context(), `EXPLAIN QUERY PLAN `+query).Scan(&id, &parent, &unused, &plan); err != nil || !strings.Contains(plan, "INDEX") {
			t.Errorf("%s goes by %s (%v), want an index", query, plan, err)
		}
	}
}
