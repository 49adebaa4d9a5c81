package member

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"joinery/app/form"
	"joinery/app/mail"
)

func TestSendsAtTheSameTimeMakeOneApplication(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	a := anApplication("zoe@example.ca", form.Answers{"name": {"Zoë"}})
	var all sync.WaitGroup
	for range 20 {
		mine := a
		mine.ID = aLink().Selector // each sender makes an ID of its own
		all.Go(func() {
			if err := b.Submit(t.Context(), mine, aLink(), aLetter(a.Email), new(mail.Limits), noon); err != nil {
				t.Errorf("Send: %v", err)
			}
		})
	}
	all.Wait()
	for _, table := range []string{"applications", "links", "mails"} {
		if n := b.count(t, `SELECT count(*) FROM `+table); n != 1 {
			t.Errorf("there are %d %s, want 1", n, table)
		}
	}
}

// TestSendDoesAllOrNothing has the letter refused, which is the last step.
func TestSendDoesAllOrNothing(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	first, second := anApplication("a@example.ca", nil), anApplication("b@example.ca", nil)
	letter := aLetter("a@example.ca")
	if err := b.Submit(t.Context(), first, aLink(), letter, new(mail.Limits), noon); err != nil {
		t.Fatal(err)
	}
	if err := b.Submit(t.Context(), second, aLink(), letter, new(mail.Limits), noon); err == nil {
		t.Fatal("a letter was queued twice")
	}
	if _, err := b.ByDraft(t.Context(), second.Draft); !errors.Is(err, ErrNotFound) {
		t.Errorf("without its letter the application is there: %v", err)
	}
	if links := b.count(t, `SELECT count(*) FROM links`); links != 1 {
		t.Errorf("there are %d links, want 1", links)
	}
}

// TestRelinkBeyondTheLimitsLeavesTheLinksThatWereSent and counts all the same.
func TestRelinkBeyondTheLimitsLeavesTheLinksThatWereSent(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	a := anApplication("zoe@example.ca", nil)
	old, within := b.mustSend(t, a), &mail.Limits{PerAddress: mail.Budget{Max: 2, Per: time.Hour}}
	fresh, refused := aLink(), aLink()
	for i, step := range []struct {
		link Link
		want bool
	}{{fresh, true}, {refused, false}} {
		if queued, err := b.AddLink(t.Context(), a.ID, i+1, step.link, aLetter(a.Email), within); err != nil || queued != step.want {
			t.Errorf("Relink = %v, %v, want %v", queued, err, step.want)
		}
	}
	if b.mustFind(t, old).Newest || !b.mustFind(t, fresh).Newest || b.mustFind(t, refused).Newest {
		t.Error("the fresh link should be the newest, and neither the old one nor that which was never sent")
	}
	links := b.mustList(t, a.ID)
	if len(links) != 3 || links[0].Selector != refused.Selector || links[0].Letter != "" || links[1].Letter == "" || links[2].Selector != old.Selector {
		t.Errorf("the links are %+v, want three, the last without a letter", links)
	}
	if n := b.count(t, `SELECT count(*) FROM mails`); n != 2 {
		t.Errorf("there are %d letters, want 2", n)
	}
}

func (b *bench) mustList(t *testing.T, application string) []Link {
	t.Helper()
	links, err := b.Links(t.Context(), application)
	if err != nil {
		t.Fatal(err)
	}
	return links
}

// TestOfManyRelinksOneMakesALink of those that have seen the same.
func TestOfManyRelinksOneMakesALink(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	a := anApplication("zoe@example.ca", nil)
	b.mustSend(t, a)
	var all sync.WaitGroup
	var did atomic.Int32
	for range 20 {
		all.Go(func() {
			queued, err := b.AddLink(t.Context(), a.ID, 1, aLink(), aLetter(a.Email), new(mail.Limits))
			if err != nil {
				t.Errorf("Relink: %v", err)
			}
			if queued {
				did.Add(1)
			}
		})
	}
	all.Wait()
	if n := len(b.mustList(t, a.ID)); did.Load() != 1 || n != 2 {
		t.Errorf("%d calls did it, and there are %d links, want 1 and 2", did.Load(), n)
	}
}

// TestALetterTakesThePlaceOfOneThatWaits and not of one that was delivered, nor
// of one of another application.
func TestALetterTakesThePlaceOfOneThatWaits(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	a, other := anApplication("zoe@example.ca", nil), anApplication("zoe@example.ca", nil)
	b.mustSend(t, other)
	b.mustSend(t, a)
	for i := range 3 {
		if queued, err := b.AddLink(t.Context(), a.ID, 1+i, aLink(), aLetter(a.Email), new(mail.Limits)); err != nil || !queued {
			t.Fatalf("Relink = %v, %v", queued, err)
		}
	}
	for state, want := range map[string]int{"waiting": 2, "abandoned": 3} {
		if n := b.count(t, `SELECT count(*) FROM mails WHERE state = '`+state+`'`); n != want {
			t.Errorf("%d letters are %s, want %d", n, state, want)
		}
	}
	if n := b.count(t, `SELECT count(*) FROM mails WHERE state = 'abandoned' AND (text <> '' OR topic <> '')`); n != 0 {
		t.Errorf("of %d letters that are not sent any more the words are kept", n)
	}
}

func TestRelinkAndWithdrawNeedAWaitingApplication(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	a := anApplication("zoe@example.ca", form.Answers{"name": {"Zoë"}})
	l := b.mustSend(t, a)
	if err := b.Withdraw(t.Context(), a.ID, noon); err != nil {
		t.Fatal(err)
	}
	b.wantForgotten(t, a, l, Withdrawn)
	if queued, err := b.AddLink(t.Context(), a.ID, 1, aLink(), aLetter(a.Email), new(mail.Limits)); err != nil || queued {
		t.Errorf("Relink of what was withdrawn = %v, %v, want false", queued, err)
	}
	if done, err := b.Confirm(t.Context(), a.ID, noon, letters(a.Email)); err != nil || done {
		t.Errorf("Confirm of what was withdrawn = %v, %v, want false", done, err)
	}
	b.join(t, "ann@example.ca", nil)
	for _, m := range b.everyone(t) {
		if err := b.Withdraw(t.Context(), m.ID, noon); err != nil { // whose application had the same ID
			t.Fatal(err)
		}
	}
	if n := len(b.everyone(t)); n != 1 {
		t.Errorf("there are %d members, want 1", n)
	}
	if n := b.count(t, `SELECT count(*) FROM mails WHERE kind = 'welcome'`); n != 1 {
		t.Errorf("%d are welcome, want 1", n)
	}
}

func TestCorrectionEndsWhatItCorrects(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	wrong, right := anApplication("wrong@example.ca", form.Answers{"name": {"Zoë"}}), anApplication("right@example.ca", nil)
	old := b.mustSend(t, wrong)
	if err := b.StartCorrection(t.Context(), wrong, wrong.Draft, right.Draft, noon); err != nil {
		t.Fatal(err)
	}
	if got := b.mustFind(t, old); got.State != Waiting || !got.Newest {
		t.Errorf("while it is corrected the application is %+v, want it waiting", got)
	}
	b.mustSend(t, right)
	b.wantForgotten(t, wrong, old, Replaced)
}

func TestExpire(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	old, young := anApplication("old@example.ca", form.Answers{"name": {"Zoë"}}), anApplication("young@example.ca", nil)
	young.Sent = noon.Add(time.Second)
	oldLink, youngLink := b.mustSend(t, old), b.mustSend(t, young)
	b.join(t, "member@example.ca", nil)
	now := noon.Add(7*24*time.Hour + time.Second)
	if err := b.Expire(t.Context(), young.Sent, now); err != nil {
		t.Fatal(err)
	}
	b.wantForgotten(t, old, oldLink, Expired)
	if got := b.mustFind(t, youngLink); got.State != Waiting {
		t.Errorf("the younger application is %s, want it waiting", got.State)
	}
	if err := b.Expire(t.Context(), noon, now.Add(keepEnded+time.Second)); err != nil {
		t.Fatal(err)
	}
	if _, err := b.BySelector(t.Context(), oldLink.Selector); !errors.Is(err, ErrNotFound) {
		t.Errorf("a year later the link is still there: %v", err)
	}
	if n := len(b.everyone(t)); n != 1 {
		t.Errorf("there are %d members, want 1", n)
	}
}
