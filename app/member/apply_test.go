package member

import (
	"errors"
	"sync"
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
		mine.ID = aLink().Handle // each sender makes an ID of its own
		all.Go(func() {
			if err := b.Send(t.Context(), mine, aLink(), aLetter(a.Email), mail.Budget{}); err != nil {
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
	if err := b.Send(t.Context(), first, aLink(), letter, mail.Budget{}); err != nil {
		t.Fatal(err)
	}
	if err := b.Send(t.Context(), second, aLink(), letter, mail.Budget{}); err == nil {
		t.Fatal("a letter was queued twice")
	}
	if _, err := b.ByDraft(t.Context(), second.Draft); !errors.Is(err, ErrNotFound) {
		t.Errorf("without its letter the application is there: %v", err)
	}
	if links := b.count(t, `SELECT count(*) FROM links`); links != 1 {
		t.Errorf("there are %d links, want 1", links)
	}
}

func TestRelinkBeyondTheBudgetChangesNothing(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	a := anApplication("zoe@example.ca", nil)
	old, within := b.mustSend(t, a), mail.Budget{Max: 2, Per: time.Hour}
	fresh, refused := aLink(), aLink()
	for _, step := range []struct {
		link Link
		want bool
	}{{fresh, true}, {refused, false}} {
		if queued, err := b.Relink(t.Context(), a.ID, step.link, aLetter(a.Email), within); err != nil || queued != step.want {
			t.Errorf("Relink = %v, %v, want %v", queued, err, step.want)
		}
	}
	if b.mustFind(t, old).Newest || !b.mustFind(t, fresh).Newest {
		t.Error("the fresh link should be the newest, and the old one not")
	}
	if _, err := b.ByHandle(t.Context(), refused.Handle); !errors.Is(err, ErrNotFound) {
		t.Errorf("a link that was never sent is there: %v", err)
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
	if queued, err := b.Relink(t.Context(), a.ID, aLink(), aLetter(a.Email), mail.Budget{}); err != nil || queued {
		t.Errorf("Relink of what was withdrawn = %v, %v, want false", queued, err)
	}
	if done, err := b.Confirm(t.Context(), a.ID, noon, aLetter(a.Email)); err != nil || done {
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
	if n := b.count(t, `SELECT count(*) FROM mails`); n != 3 {
		t.Errorf("there are %d letters, want 3", n)
	}
}

func TestCorrectionEndsWhatItCorrects(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	wrong, right := anApplication("wrong@example.ca", form.Answers{"name": {"Zoë"}}), anApplication("right@example.ca", nil)
	old := b.mustSend(t, wrong)
	if err := b.Reopen(t.Context(), wrong.ID, right.Draft); err != nil {
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
	if err := b.Expire(t.Context(), noon, now.Add(tombstones+time.Second)); err != nil {
		t.Fatal(err)
	}
	if _, err := b.ByHandle(t.Context(), oldLink.Handle); !errors.Is(err, ErrNotFound) {
		t.Errorf("a year later the link is still there: %v", err)
	}
	if n := len(b.everyone(t)); n != 1 {
		t.Errorf("there are %d members, want 1", n)
	}
}
