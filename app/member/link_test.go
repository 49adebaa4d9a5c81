package member

import (
	"sync"
	"testing"
	"time"

	"joinery/app/mail"
)

// choosing makes p the pending choice, at noon, whatever it was before.
func choosing(p Choice) func(Link) Link {
	return func(l Link) Link { l.PendingChoice, l.ChosenAt = p, noon; return l }
}

func (h *harness) mustChoose(t *testing.T, l Link, decide func(Link) Link) {
	t.Helper()
	if err := h.UpdateChoice(t.Context(), l.Selector, decide); err != nil {
		t.Fatal(err)
	}
}

func TestAChoiceIsStored(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	a := newApplication("zoe@example.ca", nil)
	l, other := h.mustSubmit(t, a), h.mustSubmit(t, newApplication("ann@example.ca", nil))
	for _, p := range []Choice{Accept, Resend, Decline, ConfirmDecline, NoChoice} {
		h.mustChoose(t, l, choosing(p))
		if got := h.mustFind(t, l).Link; got.PendingChoice != p || !got.ChosenAt.Equal(noon) || got.ScannerSuspected || got.VerifierHash != l.VerifierHash || got.CodeHash != l.CodeHash {
			t.Errorf("after %q the link is %+v", p, got)
		}
	}
	h.mustChoose(t, l, func(l Link) Link { l.ScannerSuspected = true; return l })
	if !h.mustFind(t, l).Link.ScannerSuspected || h.mustFind(t, other).Link.ScannerSuspected {
		t.Error("the suspicion is not stored, or is stored at the other link")
	}
	h.mustChoose(t, Link{Selector: "made up"}, choosing(Accept))
	h.mustConfirm(t, a, noon)
	h.mustChoose(t, l, choosing(Accept))
	if n := h.count(t, `SELECT count(*) FROM links WHERE pending_choice <> '' OR chosen_at <> 0`); n != 0 {
		t.Error("a choice was stored for an application that has ended")
	}
}

// TestChoicesAtTheSameTimeSeeEachOther adds a second at each call.
func TestChoicesAtTheSameTimeSeeEachOther(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	l := h.mustSubmit(t, newApplication("zoe@example.ca", nil))
	h.mustChoose(t, l, choosing(Accept))
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			err := h.UpdateChoice(t.Context(), l.Selector, func(l Link) Link { l.ChosenAt = l.ChosenAt.Add(time.Second); return l })
			if err != nil {
				t.Errorf("UpdateChoice: %v", err)
			}
		})
	}
	all.Wait()
	if got := h.mustFind(t, l).Link.ChosenAt; !got.Equal(noon.Add(20 * time.Second)) {
		t.Errorf("after 20 calls ChosenAt is %v, want 20 seconds after noon", got)
	}
}

func TestPendingChoicesFindsThoseOfTheGivenTimeOrEarlier(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	links := make(map[Choice]Link)
	for _, p := range []Choice{Accept, Resend, Decline, ConfirmDecline, NoChoice} {
		links[p] = h.mustSubmit(t, newApplication("zoe@example.ca", nil))
		h.mustChoose(t, links[p], choosing(p))
	}
	ended := newApplication("ann@example.ca", nil)
	h.mustChoose(t, h.mustSubmit(t, ended), choosing(Accept))
	if err := h.Withdraw(t.Context(), ended.ID, noon); err != nil {
		t.Fatal(err)
	}
	for at, want := range map[time.Time]int{noon.Add(-time.Second): 0, noon: 2, noon.Add(time.Hour): 2} {
		got, err := h.PendingChoices(t.Context(), at)
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

func TestAttemptsAreCountedAtTheLinkOfTheNewestLetter(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	a := newApplication("zoe@example.ca", nil)
	within := &mail.Limits{PerAddress: mail.Budget{Max: 2, Per: time.Hour}}
	made := []Link{h.mustSubmit(t, a)}
	wantAttempts := func(want ...int) { // pairs: which link, by the order of making, and its attempts
		t.Helper()
		links, err := h.CountAttempt(t.Context(), a.ID, 5)
		if err != nil || len(links) != len(want)/2 {
			t.Fatalf("CountAttempt = %+v, %v, want %d links", links, err, len(want)/2)
		}
		for i, l := range links {
			if l.Selector != made[want[2*i]].Selector || l.Attempts != want[2*i+1] {
				t.Errorf("link %d has %d attempts, want link %d with %d", i, l.Attempts, want[2*i], want[2*i+1])
			}
		}
	}
	wantAttempts(0, 1)
	wantAttempts(0, 2)
	for i := range 2 { // the second is beyond the limits
		h.settle(t)
		made = append(made, newLink())
		if _, err := h.AddLink(t.Context(), a.ID, 1+i, made[1+i], newLetter(a.Email), within); err != nil {
			t.Fatal(err)
		}
		wantAttempts([][]int{{1, 1, 0, 2}, {1, 2, 0, 2, 2, 0}}[i]...)
	}
}

// TestAttemptsWithoutALetterAreCountedToo so that a page cannot tell whether a letter was
// beyond the limits.
func TestAttemptsWithoutALetterAreCountedToo(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.mustSubmit(t, newApplication("zoe@example.ca", nil))
	a := newApplication("zoe@example.ca", nil)
	within := &mail.Limits{PerAddress: mail.Budget{Max: 1, Per: time.Hour}}
	if _, err := h.Submit(t.Context(), a, "", newLink(), newLetter(a.Email), within, noon); err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if _, err := h.CountAttempt(t.Context(), a.ID, 5); err != nil {
				t.Errorf("CountAttempt: %v", err)
			}
		})
	}
	all.Wait()
	if links := h.mustList(t, a.ID); len(links) != 1 || links[0].Attempts != 6 || links[0].Letter != "" {
		t.Errorf("the links are %+v, want one with six attempts and no letter", links)
	}
	if links, err := h.CountAttempt(t.Context(), "made up", 5); err != nil || len(links) != 0 {
		t.Errorf("CountAttempt of no application = %v, %v, want no links", links, err)
	}
}

// TestTheNewestLinkStaysTheNewestInACopy copies the rows of the table in another order, as
// a backup may. Only declared columns are copied.
func TestTheNewestLinkStaysTheNewestInACopy(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	a := newApplication("zoe@example.ca", nil)
	old := h.mustSubmit(t, a)
	newest := newLink()
	if queued, err := h.AddLink(t.Context(), a.ID, 1, newest, newLetter(a.Email), new(mail.Limits)); err != nil || !queued {
		t.Fatalf("AddLink = %v, %v", queued, err)
	}
	_, err := h.file.Write().ExecContext(t.Context(), `
		CREATE TABLE copy AS SELECT * FROM links;
		DELETE FROM links;
		INSERT INTO links SELECT * FROM copy ORDER BY letter = $1 DESC;
		DROP TABLE copy`, h.mustList(t, a.ID)[0].Letter)
	if err != nil {
		t.Fatal(err)
	}
	if links := h.mustList(t, a.ID); links[0].Selector != newest.Selector || links[1].Selector != old.Selector {
		t.Errorf("the links are %+v, want the newest first", links)
	}
	if h.mustFind(t, old).Newest || !h.mustFind(t, newest).Newest {
		t.Error("the old link is taken for the newest")
	}
	if links, err := h.CountAttempt(t.Context(), a.ID, 5); err != nil || links[0].Selector != newest.Selector || links[0].Attempts != 1 {
		t.Errorf("the attempt is counted in %+v, %v, want it with the newest link", links, err)
	}
}
