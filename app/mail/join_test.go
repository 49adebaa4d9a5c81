package mail

import (
	"database/sql"
	"reflect"
	"testing"
	"time"
)

// TestALetterThatDoesNotOpenIsNotJoined but the next one is, and links can still be asked
// for.
func TestALetterThatDoesNotOpenIsNotJoined(t *testing.T) {
	t.Parallel()
	h := newHarness(t, nil)
	order := func(id, secret string, due time.Duration) Order {
		return Order{ID: id, Kind: Resume, To: "zoe@example.ca", Topic: id, Secrets: []string{secret}, Due: h.time.Add(due)}
	}
	h.enqueue(t, Letter{Order: order("damaged", "SECRET1", time.Hour)})
	h.enqueue(t, Letter{Order: order("whole", "SECRET2", 2*time.Hour)})
	h.change(t, `UPDATE mails SET sealed = '1.damaged' WHERE id = 'damaged'`)
	err := h.DB.InTx(t.Context(), func(tx *sql.Tx) error {
		due, err := Join(t.Context(), tx, h.Ring, order("new", "SECRET3", 0))
		if err != nil || !due.Equal(time.Unix(h.time.Add(2*time.Hour).Unix(), 0)) {
			t.Errorf("it goes out at %s, %v, want it with the letter that opens", due, err)
		}
		secrets, err := WaitingSecrets(t.Context(), tx, h.Ring, order("new", "", 0))
		if want := []string{"SECRET2", "SECRET3"}; !reflect.DeepEqual(secrets, want) {
			t.Errorf("the secrets that wait are %q, %v, want %q", secrets, err, want)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestALetterThatIsCancelledWasNotRefused though an attempt failed before.
func TestALetterThatIsCancelledWasNotRefused(t *testing.T) {
	t.Parallel()
	h := newHarness(t, nil)
	h.put(t, "a", Confirm, `failure = 'connecting', cause = 'passing', code = 451, status = '4.4.1', attempts = 1`)
	h.cancel(t, "a")
	got, err := new(Limits).Figures(t.Context(), h.DB, h.time)
	if want := []Figure{{Confirm, "cancelled", 1}}; err != nil || !reflect.DeepEqual(got.Letters, want) {
		t.Errorf("the figures are %+v, %v, want %+v", got.Letters, err, want)
	}
}
