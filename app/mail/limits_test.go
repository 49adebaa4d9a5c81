package mail

import (
	"bytes"
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// ask queues an order, and reports whether it may go out at once.
func (h *harness) ask(t *testing.T, within *Limits, o Order) (atOnce bool) {
	t.Helper()
	due, err := h.turn(t, within, o)
	return err == nil && due.Equal(o.Due)
}

// turn queues an order, and returns when it goes out. The only error is ErrFull.
func (h *harness) turn(t *testing.T, within *Limits, o Order) (due time.Time, err error) {
	t.Helper()
	err = h.DB.InTx(t.Context(), func(tx *sql.Tx) (err error) {
		due, err = within.Enqueue(t.Context(), tx, o)
		return err
	})
	if err != nil && !errors.Is(err, ErrFull) {
		t.Fatal(err)
	}
	return due, err
}

// letters returns the number of letters that may go out by now.
func (h *harness) letters(t *testing.T) (n int) {
	t.Helper()
	if err := h.DB.Read().QueryRowContext(t.Context(), `SELECT count(*) FROM mails WHERE planned <= $1`, h.time.Unix()).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// asked returns the order of a letter that a network asks for.
func asked(kind Kind, to, network string) Order {
	o := NewOrder(kind, to, "fr", written)
	o.Network = network
	return o
}

func TestABudgetIsForASpanOfTime(t *testing.T) {
	hour := Budget{Max: 2, Per: time.Hour}
	tests := []struct {
		name   string
		budget Budget
		before []time.Duration // when letters were written, before now
		want   bool
	}{
		{"the first letter", hour, nil, true},
		{"one below", hour, []time.Duration{time.Minute}, true},
		{"full", hour, []time.Duration{time.Minute, 2 * time.Minute}, false},
		{"full for an hour", hour, []time.Duration{time.Minute, time.Hour}, false},
		{"full an hour ago", hour, []time.Duration{time.Minute, time.Hour + time.Second}, true},
		{"no budget", Budget{}, []time.Duration{0, 0, 0, 0}, true},
	}
	for name, limits := range map[string]func(Budget) *Limits{
		"address": func(b Budget) *Limits { return &Limits{PerAddress: b} },
		"network": func(b Budget) *Limits { return &Limits{PerNetwork: b, Log: slog.New(slog.DiscardHandler)} },
		"total":   func(b Budget) *Limits { return &Limits{Total: b, Log: slog.New(slog.DiscardHandler)} },
	} {
		for _, tt := range tests {
			t.Run(name+", "+tt.name, func(t *testing.T) {
				h := newHarness(t, nil)
				for _, ago := range tt.before {
					l := asked(Confirm, "zoe@example.org", "network")
					l.Due = written.Add(-ago)
					h.enqueue(t, Letter{Order: l})
				}
				if got := h.ask(t, limits(tt.budget), asked(Confirm, "zoe@example.org", "network")); got != tt.want {
					t.Errorf("queued: %v, want %v", got, tt.want)
				}
				if n, most := h.letters(t), len(tt.before)+1; (n == most) != tt.want {
					t.Errorf("there are %d letters after %d", n, most-1)
				}
			})
		}
	}
}

// TestWhatIsCountedTogether uses up a budget of three letters, and then asks for one more.
func TestWhatIsCountedTogether(t *testing.T) {
	address, network := &Limits{PerAddress: Budget{Max: 3, Per: time.Hour}}, &Limits{PerNetwork: Budget{Max: 3, Per: time.Hour}, Log: slog.New(slog.DiscardHandler)}
	total := &Limits{Total: Budget{Max: 3, Per: time.Hour}, Log: slog.New(slog.DiscardHandler)}
	first := asked(Confirm, "zoe@example.org", "network")
	tests := []struct {
		name   string
		limits *Limits
		letter Order
		want   bool
	}{
		{"the address", address, asked(Confirm, "zoe@example.org", "another"), false},
		{"the address in capitals", address, asked(Confirm, "ZOE@example.org", "another"), false},
		{"another address", address, asked(Confirm, "ann@example.org", "network"), true},
		{"another address of the mailbox", address, asked(Confirm, "zoe+1@example.org", "another"), true},
		{"another kind to the address", address, asked(Resume, "zoe@example.org", "network"), true},
		{"the network", network, asked(Confirm, "ann@example.org", "network"), false},
		{"the network, another kind", network, asked(Resume, "ann@example.org", "network"), false},
		{"another network", network, asked(Confirm, "zoe@example.org", "another"), true},
		{"no network", network, asked(Welcome, "zoe@example.org", ""), true},
		{"all together", total, asked(Welcome, "ann@example.com", ""), false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			h := newHarness(t, nil)
			for range 3 {
				first.ID = rand.Text()
				if !h.ask(t, tt.limits, first) {
					t.Fatal("one of the first three was not queued")
				}
			}
			if got := h.ask(t, tt.limits, tt.letter); got != tt.want {
				t.Errorf("queued: %v, want %v", got, tt.want)
			}
		})
	}
}

func TestLettersWithoutANetworkCountForNoNetwork(t *testing.T) {
	h := newHarness(t, nil)
	within := &Limits{PerNetwork: Budget{Max: 1, Per: time.Hour}, Log: slog.New(slog.DiscardHandler)}
	for range 5 {
		if !h.ask(t, within, asked(Welcome, "zoe@example.org", "")) {
			t.Error("a letter without a network was not queued")
		}
	}
}

func TestOneMailboxGetsTen(t *testing.T) {
	tests := []struct {
		name    string
		limits  *Limits
		address func(i int) string
		want    int
	}{
		{"by what follows a +", &Limits{PerAddress: Budget{Max: 3, Per: time.Hour}}, func(i int) string { return fmt.Sprintf("zoe+%d@example.org", i) }, 10},
		{
			"by dots at Google", &Limits{PerAddress: Budget{Max: 3, Per: time.Hour}},
			func(i int) string {
				return "zoelucastremblay"[:1+i%15] + "." + "zoelucastremblay"[1+i%15:] + "@gmail.com"
			}, 10,
		},
		{"elsewhere dots matter", &Limits{PerAddress: Budget{Max: 3, Per: time.Hour}}, func(i int) string { return fmt.Sprintf("zoe.%d@example.org", i) }, 30},
		{"more, where one address gets more", &Limits{PerAddress: Budget{Max: 12, Per: time.Hour}}, func(i int) string { return fmt.Sprintf("zoe+%d@example.org", i) }, 12},
		{"without a budget, all", new(Limits), func(i int) string { return fmt.Sprintf("zoe+%d@example.org", i) }, 30},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			h := newHarness(t, nil)
			for i := range 30 {
				h.ask(t, tt.limits, asked(Confirm, tt.address(i), fmt.Sprint(i)))
			}
			if n := h.letters(t); n != tt.want {
				t.Errorf("%d letters were queued, want %d", n, tt.want)
			}
			if !h.ask(t, tt.limits, asked(Resume, tt.address(0), "another kind")) {
				t.Error("a letter of another kind was not")
			}
		})
	}
}

// TestLettersAtTheSameTimeAreAllCounted asks for thirty letters at the same time.
func TestLettersAtTheSameTimeAreAllCounted(t *testing.T) {
	h := newHarness(t, nil)
	within := &Limits{PerAddress: Budget{Max: 3, Per: time.Hour}, Log: h.Log}
	var all sync.WaitGroup
	var queued atomic.Int32
	for i := range 30 {
		l := asked(Confirm, "zoe@example.org", fmt.Sprint(i))
		all.Go(func() {
			if h.ask(t, within, l) {
				queued.Add(1)
			}
		})
	}
	all.Wait()
	if n := h.letters(t); n != 3 || queued.Load() != 3 {
		t.Errorf("%d letters were queued, and %d calls say so, want 3", n, queued.Load())
	}
}

// TestAFullTotalIsLoggedOnceAMinute also when several ask at the same time.
func TestAFullTotalIsLoggedOnceAMinute(t *testing.T) {
	h := newHarness(t, nil)
	var log bytes.Buffer
	within := &Limits{Total: Budget{Max: 1, Per: time.Hour}, Log: slog.New(slog.NewTextHandler(&log, nil))}
	for _, tt := range []struct {
		after time.Duration
		want  int
	}{{0, 1}, {59 * time.Second, 1}, {60 * time.Second, 2}, {119 * time.Second, 2}, {120 * time.Second, 3}} {
		var all sync.WaitGroup
		for i := range 5 {
			l := asked(Confirm, fmt.Sprintf("zoe%d@example.org", i), "NETWORK")
			l.Due = written.Add(tt.after)
			all.Go(func() { h.ask(t, within, l) })
		}
		all.Wait()
		if n := strings.Count(log.String(), "level=ERROR"); n != tt.want {
			t.Errorf("after %v the log has it %d times, want %d:\n%s", tt.after, n, tt.want, log.String())
		}
	}
	for _, private := range []string{"zoe", "example.org", "NETWORK"} {
		if strings.Contains(log.String(), private) {
			t.Errorf("%q is in the log: %s", private, log.String())
		}
	}
	if n := h.letters(t); n != 1 {
		t.Errorf("%d letters were queued, want 1", n)
	}
}

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
			for i, want := range []time.Duration{0, time.Minute, room, room + time.Minute, -1, -1} {
				o := asked(Confirm, tt.to(i), "network")
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
			h.turn(t, within, o)
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

// TestAConfirmedLetterMakesRoomForTheNext of its network, but not beyond other budgets.
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
	room := written.Add(time.Hour + time.Second)
	for _, step := range []struct {
		confirmed     Order
		third, fourth time.Time
	}{{Order{ID: "unknown"}, room, room}, {first, room, room}, {first, room, room}} {
		err := h.DB.InTx(t.Context(), func(tx *sql.Tx) error { return within.Confirmed(t.Context(), tx, step.confirmed.ID, h.time) })
		if err != nil {
			t.Fatal(err)
		}
		if a, b := h.due(t, third.ID), h.due(t, fourth.ID); !a.Equal(step.third) || !b.Equal(step.fourth) {
			t.Errorf("the letters that wait go out at %v and %v, want %v and %v", a, b, step.third, step.fourth)
		}
	}
	h.cancelID(t, third.ID)
	err := h.DB.InTx(t.Context(), func(tx *sql.Tx) error { return within.Confirmed(t.Context(), tx, second.ID, h.time) })
	if due := h.due(t, fourth.ID); err != nil || !due.Equal(h.time) {
		t.Errorf("the letter that waits goes out at %v, %v, want now", due, err)
	}
}

// cancelID gives up a letter.
func (h *harness) cancelID(t *testing.T, id string) {
	t.Helper()
	h.exec(t, `UPDATE mails SET state = 'abandoned' WHERE id = '`+id+`'`)
}
