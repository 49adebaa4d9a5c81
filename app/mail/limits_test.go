package mail

import (
	"bytes"
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
		due, err = within.Enqueue(t.Context(), tx, h.Ring, o)
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
