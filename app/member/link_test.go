package member

import (
	"sync"
	"testing"
	"time"

	"joinery/app/mail"
)

// pressing notes p, made at noon, whatever is noted already.
func pressing(p Choice) func(Link) Link {
	return func(l Link) Link { l.PendingChoice, l.ChosenAt = p, noon; return l }
}

func (b *bench) mustPress(t *testing.T, l Link, decide func(Link) Link) {
	t.Helper()
	if err := b.UpdateChoice(t.Context(), l.Selector, decide); err != nil {
		t.Fatal(err)
	}
}

func TestAPressIsNoted(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	a := anApplication("zoe@example.ca", nil)
	l, other := b.mustSend(t, a), b.mustSend(t, anApplication("ann@example.ca", nil))
	for _, p := range []Choice{Accept, Resend, Decline, ConfirmDecline, NoChoice} {
		b.mustPress(t, l, pressing(p))
		if got := b.mustFind(t, l).Link; got.PendingChoice != p || !got.ChosenAt.Equal(noon) || got.ScannerSuspected || got.VerifierHash != l.VerifierHash || got.CodeHash != l.CodeHash {
			t.Errorf("after %q the link is %+v", p, got)
		}
	}
	b.mustPress(t, l, func(l Link) Link { l.ScannerSuspected = true; return l })
	if !b.mustFind(t, l).Link.ScannerSuspected || b.mustFind(t, other).Link.ScannerSuspected {
		t.Error("the link is not doubted, or the other one is")
	}
	b.mustPress(t, Link{Selector: "made up"}, pressing(Accept))
	b.mustConfirm(t, a, noon)
	b.mustPress(t, l, pressing(Accept))
	if n := b.count(t, `SELECT count(*) FROM links WHERE pending_choice <> '' OR chosen_at <> 0`); n != 0 {
		t.Error("a press was noted of an application that waits no longer")
	}
}

// TestPressesAtTheSameTimeSeeEachOther has each add to what it finds.
func TestPressesAtTheSameTimeSeeEachOther(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	l := b.mustSend(t, anApplication("zoe@example.ca", nil))
	b.mustPress(t, l, pressing(Accept))
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			err := b.UpdateChoice(t.Context(), l.Selector, func(l Link) Link { l.ChosenAt = l.ChosenAt.Add(time.Second); return l })
			if err != nil {
				t.Errorf("Press: %v", err)
			}
		})
	}
	all.Wait()
	if got := b.mustFind(t, l).Link.ChosenAt; !got.Equal(noon.Add(20 * time.Second)) {
		t.Errorf("20 presses have made it %v, want 20 seconds after noon", got)
	}
}

func TestPressedFindsWhatHasWaitedForLongEnough(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	links := make(map[Choice]Link)
	for _, p := range []Choice{Accept, Resend, Decline, ConfirmDecline, NoChoice} {
		links[p] = b.mustSend(t, anApplication("zoe@example.ca", nil))
		b.mustPress(t, links[p], pressing(p))
	}
	ended := anApplication("ann@example.ca", nil)
	b.mustPress(t, b.mustSend(t, ended), pressing(Accept))
	if err := b.Withdraw(t.Context(), ended.ID, noon); err != nil {
		t.Fatal(err)
	}
	for at, want := range map[time.Time]int{noon.Add(-time.Second): 0, noon: 2, noon.Add(time.Hour): 2} {
		got, err := b.PendingChoices(t.Context(), at)
		if err != nil || len(got) != want {
			t.Errorf("at %v there are %d, %v, want %d", at, len(got), err, want)
		}
		for _, l := range got {
			if l.Link.Selector != links[l.Link.PendingChoice].Selector || l.State != Waiting || l.Email != "zoe@example.ca" {
				t.Errorf("it is %+v", l)
			}
		}
	}
}

func TestTriesAreCountedWithTheNewestLetter(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	a := anApplication("zoe@example.ca", nil)
	within := &mail.Limits{PerAddress: mail.Budget{Max: 2, Per: time.Hour}}
	made := []Link{b.mustSend(t, a)}
	tried := func(want ...int) { // the links by the order in which they were made, and their tries
		t.Helper()
		links, err := b.CountAttempt(t.Context(), a.ID, 5)
		if err != nil || len(links) != len(want)/2 {
			t.Fatalf("Try = %+v, %v, want %d links", links, err, len(want)/2)
		}
		for i, l := range links {
			if l.Selector != made[want[2*i]].Selector || l.Attempts != want[2*i+1] {
				t.Errorf("link %d has %d tries, want link %d with %d", i, l.Attempts, want[2*i], want[2*i+1])
			}
		}
	}
	tried(0, 1)
	tried(0, 2)
	for i := range 2 { // the second of which is beyond the limits
		made = append(made, aLink())
		if _, err := b.AddLink(t.Context(), a.ID, 1+i, made[1+i], aLetter(a.Email), within); err != nil {
			t.Fatal(err)
		}
		tried([][]int{{1, 1, 0, 2}, {1, 2, 0, 2, 2, 0}}[i]...)
	}
}

// TestTriesWithoutALetterAreCountedToo because they were beyond the limits, so
// that nobody can tell.
func TestTriesWithoutALetterAreCountedToo(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.mustSend(t, anApplication("zoe@example.ca", nil))
	a := anApplication("zoe@example.ca", nil)
	within := &mail.Limits{PerAddress: mail.Budget{Max: 1, Per: time.Hour}}
	if err := b.Submit(t.Context(), a, aLink(), aLetter(a.Email), within, noon); err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if _, err := b.CountAttempt(t.Context(), a.ID, 5); err != nil {
				t.Errorf("Try: %v", err)
			}
		})
	}
	all.Wait()
	if links := b.mustList(t, a.ID); len(links) != 1 || links[0].Attempts != 6 || links[0].Letter != "" {
		t.Errorf("the links are %+v, want one with six tries, one too many, and no letter", links)
	}
	if links, err := b.CountAttempt(t.Context(), "made up", 5); err != nil || len(links) != 0 {
		t.Errorf("Try of nothing = %v, %v, want no links", links, err)
	}
}

func TestIsMember(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.join(t, "Zoe@example.ca", nil)
	b.mustSend(t, anApplication("ann@example.ca", nil))
	for address, want := range map[string]bool{
		"Zoe@example.ca": true, "zoe@example.ca": true, "ZOE@EXAMPLE.CA": true,
		"ann@example.ca": false, "oe@example.ca": false, "zoe@example.c": false, "zoe+x@example.ca": false, "%": false, "": false,
	} {
		if got, err := b.IsMember(t.Context(), address); err != nil || got != want {
			t.Errorf("%q is a member: %t, %v, want %t", address, got, err, want)
		}
	}
}

// TestTheNewestLinkStaysTheNewestInACopy copies the table row by row in another
// order, as a backup may: only columns that are declared come along.
func TestTheNewestLinkStaysTheNewestInACopy(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	a := anApplication("zoe@example.ca", nil)
	old := b.mustSend(t, a)
	newest := aLink()
	if queued, err := b.AddLink(t.Context(), a.ID, 1, newest, aLetter(a.Email), new(mail.Limits)); err != nil || !queued {
		t.Fatalf("AddLink = %v, %v", queued, err)
	}
	_, err := b.file.Write().ExecContext(t.Context(), `
		CREATE TABLE copy AS SELECT * FROM links;
		DELETE FROM links;
		INSERT INTO links SELECT * FROM copy ORDER BY letter = $1 DESC;
		DROP TABLE copy`, b.mustList(t, a.ID)[0].Letter)
	if err != nil {
		t.Fatal(err)
	}
	if links := b.mustList(t, a.ID); links[0].Selector != newest.Selector || links[1].Selector != old.Selector {
		t.Errorf("the links are %+v, want the newest first", links)
	}
	if b.mustFind(t, old).Newest || !b.mustFind(t, newest).Newest {
		t.Error("the old link is taken for the newest")
	}
	if links, err := b.CountAttempt(t.Context(), a.ID, 5); err != nil || links[0].Selector != newest.Selector || links[0].Attempts != 1 {
		t.Errorf("the attempt is counted in %+v, %v, want it with the newest link", links, err)
	}
}
