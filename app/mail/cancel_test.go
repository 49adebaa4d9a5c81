package mail

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"joinery/app/i18n"
)

// newReminder returns a letter about a draft.
func newReminder(t *testing.T, about string) Letter {
	t.Helper()
	l, err := newLetters(t).Reminder("zoe@example.net", i18n.English, reminding, written)
	if err != nil {
		t.Fatal(err)
	}
	l.Topic = about
	return l
}

func (o *office) cancel(t *testing.T, about string) {
	t.Helper()
	if err := o.DB.InTx(t.Context(), func(tx *sql.Tx) error { return Cancel(t.Context(), tx, about, o.time) }); err != nil {
		t.Fatal(err)
	}
}

// row returns all that the file has about a letter.
func (o *office) row(t *testing.T, id string) string {
	t.Helper()
	rows, err := o.DB.Read().QueryContext(t.Context(), `SELECT * FROM mails WHERE id = $1`, id)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil || !rows.Next() {
		t.Fatalf("no letter %s (%v)", id, err)
	}
	values, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	if err := rows.Scan(into...); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(values...)
}

// wantForgotten makes sure that of l, which was about a draft, there is
// nothing left but which address it was for.
func (o *office) wantForgotten(t *testing.T, l Letter) {
	t.Helper()
	row := o.row(t, l.ID)
	for _, private := range []string{l.Topic, "SECRET", l.Subject, "application"} {
		if strings.Contains(row, private) {
			t.Errorf("%q is in the file: %s", private, row)
		}
	}
	if !strings.Contains(row, l.To) {
		t.Errorf("%q is not in the file, which the budget needs: %s", l.To, row)
	}
}

func TestCancelGivesUpTheLettersAboutADraft(t *testing.T) {
	var sent []string
	o := newOffice(t, senderFunc(func(_ context.Context, l Letter) error { sent = append(sent, l.ID); return nil }))
	mine, again, other := newReminder(t, "DRAFT1"), newReminder(t, "DRAFT1"), newReminder(t, "DRAFT2")
	none := newConfirmation(t, "zoe@example.net", i18n.English)
	for _, l := range []Letter{mine, other, none, again} {
		o.enqueue(t, l)
	}
	if row := o.row(t, mine.ID); !strings.Contains(row, "DRAFT1") || !strings.Contains(row, "SECRET") {
		t.Fatalf("the letter waits as %s", row)
	}
	o.time = o.time.Add(time.Minute)
	o.cancel(t, "DRAFT1")
	o.cancel(t, "") // which is about nothing, not about all that is about nothing
	want := record{state: "abandoned", settled: sql.NullInt64{Int64: o.time.Unix(), Valid: true}}
	for _, l := range []Letter{mine, again} {
		if got := o.record(t, l.ID); got != want {
			t.Errorf("record %+v, want %+v", got, want)
		}
		o.wantForgotten(t, l)
	}
	for o.deliver(t) {
		o.time = o.time.Add(time.Hour)
	}
	if slices.Sort(sent); !slices.Equal(sent, slices.Sorted(slices.Values([]string{other.ID, none.ID}))) {
		t.Errorf("sent %q, want %s and %s", sent, other.ID, none.ID)
	}
}

func TestALetterThatIsDoneWithCountsInTheBudgets(t *testing.T) {
	for name, end := range map[string]func(*testing.T, *office){
		"delivered": func(t *testing.T, o *office) { o.deliver(t) },
		"refused": func(t *testing.T, o *office) {
			o.Sender = senderFunc(func(context.Context, Letter) error { return &Failure{Step: recipient, Code: 550} })
			o.deliver(t)
		},
		"cancelled": func(t *testing.T, o *office) { o.cancel(t, "DRAFT1") },
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t, senderFunc(func(context.Context, Letter) error { return nil }))
			l := newReminder(t, "DRAFT1")
			l.Network = "network"
			o.enqueue(t, l)
			end(t, o)
			one := Budget{Max: 1, Per: time.Hour}
			if o.ask(t, &Limits{PerAddress: one}, newReminder(t, "DRAFT2")) {
				t.Error("another letter to the address was queued")
			}
			if o.ask(t, &Limits{PerNetwork: one, Log: slog.New(slog.DiscardHandler)}, asked(Resume, "ann@example.net", "network")) {
				t.Error("another letter for the network was queued")
			}
		})
	}
}

func TestCancelIsUndoneWithItsTransaction(t *testing.T) {
	o := newOffice(t, senderFunc(func(context.Context, Letter) error { return nil }))
	l, fault := newReminder(t, "DRAFT1"), errors.New("fault")
	o.enqueue(t, l)
	err := o.DB.InTx(t.Context(), func(tx *sql.Tx) error {
		return errors.Join(Cancel(t.Context(), tx, "DRAFT1", o.time), fault)
	})
	if !errors.Is(err, fault) || !o.deliver(t) {
		t.Errorf("the letter is not delivered (InTx: %v)", err)
	}
}

// TestALetterThatIsDoneWithIsAboutNothing delivers one and has one refused.
func TestALetterThatIsDoneWithIsAboutNothing(t *testing.T) {
	for want, end := range map[state]error{delivered: nil, abandoned: &Failure{Step: recipient, Code: 550}} {
		o := newOffice(t, senderFunc(func(context.Context, Letter) error { return end }))
		l := newReminder(t, "DRAFT1")
		o.enqueue(t, l)
		o.deliver(t)
		o.wantForgotten(t, l)
		before := o.row(t, l.ID)
		o.time = o.time.Add(time.Hour)
		if o.cancel(t, "DRAFT1"); o.row(t, l.ID) != before || o.record(t, l.ID).state != string(want) {
			t.Errorf("Cancel changes what was %s before: %s, then %s", want, before, o.row(t, l.ID))
		}
	}
}

func TestAnAttemptUnderWayMayEndAfterCancel(t *testing.T) {
	tests := []struct {
		name string
		end  error
		want state
	}{
		{"well", nil, delivered},
		{"with a refusal", &Failure{Step: recipient, Code: 550}, abandoned},
		{"with a delay", &Failure{Step: recipient, Code: 451}, abandoned},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := newOffice(t, nil)
			o.Sender = senderFunc(func(context.Context, Letter) error {
				o.cancel(t, "DRAFT1")
				return tt.end
			})
			l := newReminder(t, "DRAFT1")
			o.enqueue(t, l)
			o.deliver(t)
			if got := o.record(t, l.ID); got.state != string(tt.want) {
				t.Errorf("record %+v, want it %s", got, tt.want)
			}
			if o.time = o.time.Add(100 * time.Hour); o.deliver(t) {
				t.Error("it is tried again")
			}
			o.wantForgotten(t, l)
			o.wantDiscreet(t, l)
		})
	}
}
