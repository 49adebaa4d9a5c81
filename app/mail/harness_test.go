package mail

import (
	"bytes"
	"context"
	"database/sql"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"joinery/app/db"
)

// An office is a queue on an empty database, with a clock that the test moves.
type office struct {
	*Queue
	time time.Time
	log  bytes.Buffer
}

func newOffice(t *testing.T, s Sender) *office {
	t.Helper()
	d, err := db.Open(t.Context(), filepath.Join(t.TempDir(), "mail.db"), db.PowerLoss, os.DirFS("../db/migrations"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	o := &office{time: written}
	o.Queue = &Queue{DB: d, Sender: s, Now: func() time.Time { return o.time }, Log: slog.New(slog.NewTextHandler(&o.log, nil))}
	return o
}

func (o *office) enqueue(t *testing.T, l Letter) {
	t.Helper()
	if err := o.DB.InTx(t.Context(), func(tx *sql.Tx) error { return Enqueue(t.Context(), tx, l) }); err != nil {
		t.Fatal(err)
	}
}

// deliver makes one attempt and says whether there was a letter for it.
func (o *office) deliver(t *testing.T) bool {
	t.Helper()
	tried, err := o.Deliver(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return tried
}

// A record is what the queue keeps about a letter.
type record struct {
	state, failure, words string
	attempts, code        int
	settled               sql.NullInt64
}

func (o *office) record(t *testing.T, id string) (r record) {
	t.Helper()
	err := o.DB.Read().QueryRowContext(t.Context(), `
		SELECT state, failure, subject || text || html, attempts, code, settled FROM mails WHERE id = $1`, id,
	).Scan(&r.state, &r.failure, &r.words, &r.attempts, &r.code, &r.settled)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// wantDiscreet makes sure that the log says something of l, and nothing private.
func (o *office) wantDiscreet(t *testing.T, l Letter) {
	t.Helper()
	if !strings.Contains(o.log.String(), l.ID) {
		t.Errorf("nothing about %s in the log: %s", l.ID, o.log.String())
	}
	for _, private := range []string{"zoe", "SECRET", l.Subject} {
		if strings.Contains(o.log.String(), private) {
			t.Errorf("%q is in the log: %s", private, o.log.String())
		}
	}
}

// A senderFunc sends by calling itself.
type senderFunc func(context.Context, Letter) error

func (f senderFunc) Send(ctx context.Context, l Letter) error { return f(ctx, l) }
