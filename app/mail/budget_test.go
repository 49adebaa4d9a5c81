package mail

import (
	"crypto/rand"
	"database/sql"
	"testing"
	"time"
)

func TestBudget(t *testing.T) {
	hour := Budget{Max: 2, Per: time.Hour}
	start := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	tests := []struct {
		name   string
		budget Budget
		before []time.Duration // when letters went out, before start
		want   bool
	}{
		{"the first letter", hour, nil, true},
		{"one below", hour, []time.Duration{time.Minute}, true},
		{"full", hour, []time.Duration{time.Minute, 2 * time.Minute}, false},
		{"full an hour ago", hour, []time.Duration{61 * time.Minute, 62 * time.Minute}, true},
		{"no budget", Budget{}, []time.Duration{0, 0, 0, 0}, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := newOffice(t, nil).DB
			err := d.InTx(t.Context(), func(tx *sql.Tx) error {
				for _, ago := range tt.before {
					if err := Enqueue(t.Context(), tx, letterAt(start.Add(-ago))); err != nil {
						return err
					}
				}
				got, err := tt.budget.Enqueue(t.Context(), tx, letterAt(start))
				if got != tt.want {
					t.Errorf("queued: %v, want %v", got, tt.want)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			n, want := 0, len(tt.before)
			if tt.want {
				want++
			}
			if err := d.Read().QueryRowContext(t.Context(), `SELECT count(*) FROM mails`).Scan(&n); err != nil || n != want {
				t.Errorf("%d letters in the queue (%v), want %d", n, err, want)
			}
		})
	}
}

func letterAt(written time.Time) Letter {
	return Letter{ID: rand.Text(), Kind: Confirm, To: "zoe@example.org", Lang: "fr", Subject: "s", Text: "t", HTML: "h", Written: written}
}
