package main

import (
	"context"
	"errors"
	"io"
	"testing"
)

func TestARowIsChosenByAWordInCapitalsOrNot(t *testing.T) {
	all := []row{{fault: "Redis fails"}, {fault: "kill -9"}, {fault: "no file"}}
	for words, want := range map[string]int{"redis": 1, "KILL": 1, "fail": 1, "": 3} {
		if got, err := rowsWith(all, words); err != nil || len(got) != want {
			t.Errorf("%q chooses %v (%v), want %d rows", words, got, err, want)
		}
	}
}

func TestAWordThatNoRowHasIsAnError(t *testing.T) {
	if got, err := rowsWith(rows, "Rediss"); err == nil || err.Error() != `no row has "Rediss"` {
		t.Errorf("it chooses %v (%v)", got, err)
	}
}

// TestAnInterruptedTableKeepsWhatWasShown and counts the row under way as missed.
func TestAnInterruptedTableKeepsWhatWasShown(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	none := tests{pkg: "x", names: []string{"TestX"}}
	got, err := measure(ctx, []row{{fault: "shown"}, {fault: "under way", tests: []tests{none}}, {fault: "not begun"}}, io.Discard)
	if !errors.Is(err, context.Canceled) || len(got) != 2 {
		t.Fatalf("there are %d results (%v), want two", len(got), err)
	}
	if met := printTable(io.Discard, got); met || got[0].failed || !got[1].failed {
		t.Errorf("the table is met: %t; the first row is missed: %t, the one under way: %t", met, got[0].failed, got[1].failed)
	}
}
