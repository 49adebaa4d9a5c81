package mail

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"testing"
	"time"
)

// TestALetterBeyondABudgetWaitsUntilThereIsRoom and counts as one that goes out. When as
// many wait as go out in the time of the budget, no more are taken.
func TestALetterBeyondABudgetWaitsUntilThereIsRoom(t *testing.T) {
	quiet := slog.New(slog.DiscardHandler)
	two := Budget{Max: 2, Per: time.Hour}
	room := time.Hour + time.Second
	for name, tt := range map[string]struct {
		within *Limits
		to     func(i int) string
	}{
		"address": {&Limits{PerAddress: two}, func(int) string { return "zoe@example.org" }},
		"network": {&Limits{PerNetwork: two, Log: quiet}, func(i int) string { return fmt.Sprintf("zoe%d@example.org", i) }},
		"total":   {&Limits{Total: two, Log: quiet}, func(i int) string { return fmt.Sprintf("zoe%d@example.org", i) }},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHarness(t, senderFunc(func(context.Context, Letter) error { return nil }))
			wants := []time.Duration{0, time.Minute, room, room + time.Minute, -1, -1}
			if name == "address" {
				wants = nil
				for i := range addressBacklog + 1 {
					wants = append(wants, time.Duration(i)*room, time.Duration(i)*room+time.Minute)
				}
				wants = append(wants, -1, -1)
			}
			for i, want := range wants {
				o := asked(Confirm, tt.to(i), "network")
				if name == "address" {
					o.Network = fmt.Sprint("network ", i/2)
				}
				o.Due = written.Add(time.Duration(min(i, 1)) * time.Minute)
				due, err := h.turn(t, tt.within, o)
				if want < 0 != errors.Is(err, ErrFull) || want >= 0 && !due.Equal(written.Add(want)) {
					t.Errorf("letter %d goes out at %v, %v, want after %v", i, due, err, want)
				}
			}
			h.Write = func(_ context.Context, o Order) (Letter, error) { return Letter{Order: o}, nil }
			for _, step := range []struct {
				after time.Duration
				sent  int
			}{{time.Minute, 2}, {room - time.Second, 0}, {room, 1}, {room + time.Minute - time.Second, 0}, {room + time.Minute, 1}} {
				h.time = written.Add(step.after)
				n := 0
				for h.deliver(t) {
					n++
				}
				if n != step.sent {
					t.Errorf("after %v, %d letters go out, want %d", step.after, n, step.sent)
				}
			}
		})
	}
}

// TestAStrangerLeavesTheOwnerOfAnAddressRoom has one network ask 100 times, then another.
func TestAStrangerLeavesTheOwnerOfAnAddressRoom(t *testing.T) {
	h := newHarness(t, nil)
	within := &Limits{PerAddress: Budget{Max: 3, Per: time.Hour}, Log: slog.New(slog.DiscardHandler)}
	taken := 0
	for range 100 {
		if _, err := h.turn(t, within, asked(Confirm, "zoe@example.org", "stranger")); err == nil {
			taken++
		}
	}
	if taken != 3+networkBacklog {
		t.Errorf("%d letters were taken from one network, want 3 that go out and %d that wait", taken, networkBacklog)
	}
	due, err := h.turn(t, within, asked(Confirm, "Zoe@example.org", "owner"))
	if most := written.Add(2 * (time.Hour + time.Second)); err != nil || due.After(most) {
		t.Errorf("the letter of the owner goes out at %v, %v, want by %v", due, err, most)
	}
	if _, err := h.turn(t, within, asked(Confirm, "ann@example.org", "stranger")); err != nil {
		t.Errorf("a letter to another address: %v", err)
	}
}

// TestAStrangerCannotWriteToManyAddresses has one network ask for letters to 200 addresses
// at once and again each minute, for three hours.
func TestAStrangerCannotWriteToManyAddresses(t *testing.T) {
	h := newHarness(t, senderFunc(func(context.Context, Letter) error { return nil }))
	h.Write = func(_ context.Context, o Order) (Letter, error) { return Letter{Order: o}, nil }
	within := &Limits{PerNetwork: Budget{Max: 100, Per: time.Hour}, Log: slog.New(slog.DiscardHandler)}
	var sent []time.Time
	for minute := range 180 {
		h.time = written.Add(time.Duration(minute) * time.Minute)
		for i := range 200 {
			if minute > 0 && i > 5 {
				break
			}
			o := asked(Confirm, fmt.Sprintf("victim%d.%d@example.org", minute, i), "network")
			o.Due = h.time
			h.ask(t, within, o)
		}
		for h.deliver(t) {
			sent = append(sent, h.time)
		}
	}
	for i := range sent {
		if i >= 100 && sent[i].Sub(sent[i-100]) < time.Hour {
			t.Fatalf("the letters %d to %d went out within %v", i-100, i, sent[i].Sub(sent[i-100]))
		}
	}
	if len(sent) < 200 {
		t.Errorf("only %d letters went out, want those that the budget allows", len(sent))
	}
}

// TestAConfirmedLetterMakesRoomForTheNext of its network that other budgets let go out.
func TestAConfirmedLetterMakesRoomForTheNext(t *testing.T) {
	h := newHarness(t, nil)
	within := &Limits{PerAddress: Budget{Max: 1, Per: time.Hour}, PerNetwork: Budget{Max: 2, Per: time.Hour}, Log: slog.New(slog.DiscardHandler)}
	first, second := asked(Confirm, "zoe@example.org", "network"), asked(Confirm, "ann@example.org", "network")
	third, fourth := asked(Confirm, "Zoe@example.org", "network"), asked(Confirm, "bob@example.org", "network")
	for _, o := range []Order{first, second, third, fourth} {
		if _, err := h.turn(t, within, o); err != nil {
			t.Fatal(err)
		}
	}
	h.time = h.time.Add(time.Minute)
	room, now := written.Add(time.Hour+time.Second), h.time
	for _, step := range []struct {
		confirmed     Order
		third, fourth time.Time
	}{{Order{ID: "unknown"}, room, room}, {first, room, now}, {first, room, now}} {
		err := h.DB.InTx(t.Context(), func(tx *sql.Tx) error { return within.Confirmed(t.Context(), tx, step.confirmed.ID, h.time) })
		if err != nil {
			t.Fatal(err)
		}
		if a, b := h.due(t, third.ID), h.due(t, fourth.ID); !a.Equal(step.third) || !b.Equal(step.fourth) {
			t.Errorf("the letters that wait go out at %v and %v, want %v and %v", a, b, step.third, step.fourth)
		}
	}
}

// TestALetterThatIsNotSentDoesNotCount when what it is about has ended.
func TestALetterThatIsNotSentDoesNotCount(t *testing.T) {
	h := newHarness(t, senderFunc(func(context.Context, Letter) error { return errors.New("it is sent") }))
	h.Write = func(context.Context, Order) (Letter, error) { return Letter{}, ErrEnded }
	within := &Limits{PerAddress: Budget{Max: 1, Per: time.Hour}}
	for range 3 {
		if !h.ask(t, within, asked(Confirm, "zoe@example.org", "network")) {
			t.Fatal("a letter has to wait, though none was sent")
		}
		h.deliver(t)
	}
}
