package mail

import (
	"bytes"
	"context"
	"database/sql"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"joinery/app/dbtest"
)

// A harness is a queue on an empty database, with a clock that the test sets.
type harness struct {
	*Queue
	time  time.Time
	log   bytes.Buffer
	words sync.Map // the letter to be written, by the ID of its order
}

func newHarness(t *testing.T, s Sender) *harness {
	t.Helper()
	h := &harness{time: written}
	file := dbtest.New(t)
	h.Queue = &Queue{DB: file, Ring: dbtest.Ring(t, file), Write: h.write, Sender: s, Now: func() time.Time { return h.time }, Log: slog.New(slog.NewTextHandler(&h.log, nil))}
	return h
}

// write writes the letter that was queued.
func (h *harness) write(_ context.Context, o Order) (Letter, error) {
	queued, _ := h.words.Load(o.ID)
	l := queued.(Letter)
	l.Order = o
	return l, nil
}

func (h *harness) enqueue(t *testing.T, l Letter) {
	t.Helper()
	h.words.Store(l.ID, l)
	if err := h.DB.InTx(t.Context(), func(tx *sql.Tx) error { return Enqueue(t.Context(), tx, h.Ring, l.Order) }); err != nil {
		t.Fatal(err)
	}
}

// deliver makes one attempt and reports whether a letter was due.
func (h *harness) deliver(t *testing.T) bool {
	t.Helper()
	tried, err := h.Deliver(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return tried
}

// A record is what the queue keeps of a letter.
type record struct {
	state, failure, secrets string
	attempts, code          int
	settled                 sql.NullInt64
}

func (h *harness) record(t *testing.T, id string) (r record) {
	t.Helper()
	var sealed string
	err := h.DB.Read().QueryRowContext(t.Context(), `SELECT state, failure, sealed, attempts, code, settled FROM mails WHERE id = $1`, id).
		Scan(&r.state, &r.failure, &sealed, &r.attempts, &r.code, &r.settled)
	if err == nil && sealed != "" {
		var part sealedPart
		part, err = openPart(t.Context(), h.Ring, id, sealed)
		r.secrets = strings.Join(part.Secrets, " ")
	}
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// wantDiscreet wants the log to name l and to have no private data.
func (h *harness) wantDiscreet(t *testing.T, l Letter) {
	t.Helper()
	if !strings.Contains(h.log.String(), l.ID) {
		t.Errorf("nothing about %s in the log: %s", l.ID, h.log.String())
	}
	for _, private := range []string{"zoe", "SECRET", l.Subject} {
		if strings.Contains(h.log.String(), private) {
			t.Errorf("%q is in the log: %s", private, h.log.String())
		}
	}
}

// A senderFunc is a function that sends.
type senderFunc func(context.Context, Letter) error

func (f senderFunc) Send(ctx context.Context, l Letter) error { return f(ctx, l) }
