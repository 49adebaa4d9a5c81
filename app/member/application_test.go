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

func TestSubmitsAtTheSameTimeMakeOneApplication(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	a := newApplication("zoe@example.ca", form.Answers{"name": {"Zoë"}})
	var all sync.WaitGroup
	for range 20 {
		mine := a
		mine.ID = newLink().Selector // each call has an ID of its own
		all.Go(func() {
			if _, err := h.Submit(t.Context(), mine, "", newLink(), newLetter(a.Email), new(mail.Limits), noon); err != nil {
				t.Errorf("Submit: %v", err)
			}
		})
	}
	all.Wait()
	for _, table := range []string{"applications", "links", "mails"} {
		if n := h.count(t, `SELECT count(*) FROM `+table); n != 1 {
			t.Errorf("there are %d %s, want 1", n, table)
		}
	}
}

// TestSubmitDoesAllOrNothing has the letter refused, which comes last.
func TestSubmitDoesAllOrNothing(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	first, second := newApplication("a@example.ca", nil), newApplication("b@example.ca", nil)
	letter := newLetter("a@example.ca")
	if _, err := h.Submit(t.Context(), first, "", newLink(), letter, new(mail.Limits), noon); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Submit(t.Context(), second, "", newLink(), letter, new(mail.Limits), noon); err == nil {
		t.Fatal("Submit queues a letter twice")
	}
	if _, err := h.ByDraft(t.Context(), second.Draft); !errors.Is(err, ErrNotFound) {
		t.Errorf("the application is there without its letter: %v", err)
	}
	if links := h.count(t, `SELECT count(*) FROM links`); links != 1 {
		t.Errorf("there are %d links, want 1", links)
	}
}

// TestAddLinkBeyondTheLimitsKeepsTheLinksThatWereSent until the first attempt of the letter
// that waits for its turn. Meanwhile no other one is queued.
func TestAddLinkBeyondTheLimitsKeepsTheLinksThatWereSent(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	a := newApplication("zoe@example.ca", nil)
	old, within := h.mustSubmit(t, a), &mail.Limits{PerAddress: mail.Budget{Max: 2, Per: time.Hour}}
	fresh, waits, dropped := newLink(), newLink(), newLink()
	for i, step := range []struct {
		link Link
		want bool
	}{{fresh, true}, {waits, true}, {dropped, false}} {
		h.settle(t)
		if queued, err := h.AddLink(t.Context(), a.ID, i+1, step.link, newLetter(a.Email), within); err != nil || queued != step.want {
			t.Errorf("AddLink = %v, %v, want %v", queued, err, step.want)
		}
	}
	if h.mustFind(t, old).Newest || !h.mustFind(t, fresh).Newest || h.mustFind(t, waits).Newest {
		t.Error("want only the second link to be the newest: the third was not sent yet")
	}
	links := h.mustList(t, a.ID)
	if len(links) != 3 || links[0].Selector != waits.Selector || links[0].Letter != "" || links[1].Letter == "" || links[2].Selector != old.Selector {
		t.Errorf("the links are %+v, want three, the last without a letter", links)
	}
	if n := h.count(t, `SELECT count(*) FROM mails`); n != 3 {
		t.Errorf("there are %d letters, want 3", n)
	}
	if at, err := h.Turn(t.Context(), a.ID); err != nil || !at.Equal(noon.Add(time.Hour+time.Second)) {
		t.Errorf("the letter goes out at %v, %v, want when there is room", at, err)
	}
	h.wantMarkSentOfNewestAlone(t, waits, old, fresh, dropped)
}

// wantMarkSentOfNewestAlone wants a link that waits to become the newest once it is sent,
// and none of the others.
func (h *harness) wantMarkSentOfNewestAlone(t *testing.T, waits, old, fresh, dropped Link) {
	t.Helper()
	if err := h.MarkSent(t.Context(), waits.Selector, "its letter", noon); err != nil || h.mustFind(t, fresh).Newest || !h.mustFind(t, waits).Newest {
		t.Errorf("MarkSent: %v, want only the third link to be the newest", err)
	}
	for _, late := range []Link{old, fresh, dropped} {
		if err := h.MarkSent(t.Context(), late.Selector, "its letter", noon); !errors.Is(err, ErrNotFound) {
			t.Errorf("MarkSent of a link that was superseded: %v, want ErrNotFound", err)
		}
	}
}

// settle has the letters that are due tried and delivered.
func (h *harness) settle(t *testing.T) {
	t.Helper()
	_, err := h.file.Write().ExecContext(t.Context(), `UPDATE mails SET state = 'delivered', attempts = 1 WHERE state = 'waiting' AND due <= $1`, noon.Unix())
	if err != nil {
		t.Fatal(err)
	}
}

func (h *harness) mustList(t *testing.T, application string) []Link {
	t.Helper()
	links, err := h.Links(t.Context(), application)
	if err != nil {
		t.Fatal(err)
	}
	return links
}

// TestOfManyAddLinksOneAddsALink when all have seen the same links.
func TestOfManyAddLinksOneAddsALink(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	a := newApplication("zoe@example.ca", nil)
	h.mustSubmit(t, a)
	var all sync.WaitGroup
	var did atomic.Int32
	for range 20 {
		all.Go(func() {
			queued, err := h.AddLink(t.Context(), a.ID, 1, newLink(), newLetter(a.Email), new(mail.Limits))
			if err != nil {
				t.Errorf("AddLink: %v", err)
			}
			if queued {
				did.Add(1)
			}
		})
	}
	all.Wait()
	if n := len(h.mustList(t, a.ID)); did.Load() != 1 || n != 2 {
		t.Errorf("%d calls did it, and there are %d links, want 1 and 2", did.Load(), n)
	}
}

// TestALetterTakesThePlaceOfAWaitingOne of the same application, and of no other letter.
func TestALetterTakesThePlaceOfAWaitingOne(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	a, other := newApplication("zoe@example.ca", nil), newApplication("zoe@example.ca", nil)
	h.mustSubmit(t, other)
	h.mustSubmit(t, a)
	for i := range 3 {
		if queued, err := h.AddLink(t.Context(), a.ID, 1+i, newLink(), newLetter(a.Email), new(mail.Limits)); err != nil || !queued {
			t.Fatalf("AddLink = %v, %v", queued, err)
		}
	}
	for state, want := range map[string]int{"waiting": 2, "abandoned": 3} {
		if n := h.count(t, `SELECT count(*) FROM mails WHERE state = '`+state+`'`); n != want {
			t.Errorf("%d letters are %s, want %d", n, state, want)
		}
	}
	if n := h.count(t, `SELECT count(*) FROM mails WHERE state = 'abandoned' AND (sealed <> '' OR topic <> '')`); n != 0 {
		t.Errorf("%d cancelled letters still have their words", n)
	}
}

func TestAddLinkAndWithdrawNeedAWaitingApplication(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	a := newApplication("zoe@example.ca", form.Answers{"name": {"Zoë"}})
	l := h.mustSubmit(t, a)
	if err := h.Withdraw(t.Context(), a.ID, noon); err != nil {
		t.Fatal(err)
	}
	h.wantForgotten(t, a, l, Withdrawn)
	if queued, err := h.AddLink(t.Context(), a.ID, 1, newLink(), newLetter(a.Email), new(mail.Limits)); err != nil || queued {
		t.Errorf("AddLink to a withdrawn application = %v, %v, want false", queued, err)
	}
	if did, err := h.Confirm(t.Context(), a.ID, Proof{At: noon}, anyMember, letters(a.Email)); err != nil || did != Nothing {
		t.Errorf("Confirm of a withdrawn application = %q, %v, want nothing done", did, err)
	}
	h.join(t, "ann@example.ca", nil)
	for _, m := range h.members(t) {
		if err := h.Withdraw(t.Context(), m.ID, noon); err != nil { // their application had the same ID
			t.Fatal(err)
		}
	}
	if n := len(h.members(t)); n != 1 {
		t.Errorf("there are %d members, want 1", n)
	}
	if n := h.count(t, `SELECT count(*) FROM mails WHERE kind = 'welcome'`); n != 1 {
		t.Errorf("there are %d welcome letters, want 1", n)
	}
}

func TestACorrectionEndsTheApplicationItCorrects(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	wrong, right := newApplication("wrong@example.ca", form.Answers{"name": {"Zoë"}}), newApplication("right@example.ca", nil)
	old := h.mustSubmit(t, wrong)
	if err := h.StartCorrection(t.Context(), wrong, wrong.Draft, right.Draft, noon, noon); err != nil {
		t.Fatal(err)
	}
	if got := h.mustFind(t, old); got.State != Waiting || !got.Newest {
		t.Errorf("during its correction the application is %+v, want it waiting", got)
	}
	h.mustSubmit(t, right)
	h.wantForgotten(t, wrong, old, Replaced)
}

func TestExpire(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	old, young := newApplication("old@example.ca", form.Answers{"name": {"Zoë"}}), newApplication("young@example.ca", nil)
	young.Sent = noon.Add(time.Second)
	oldLink, youngLink := h.mustSubmit(t, old), h.mustSubmit(t, young)
	h.join(t, "member@example.ca", nil)
	now := noon.Add(7*24*time.Hour + time.Second)
	if err := h.Expire(t.Context(), young.Sent, now); err != nil {
		t.Fatal(err)
	}
	h.wantForgotten(t, old, oldLink, Expired)
	if got := h.mustFind(t, youngLink); got.State != Waiting {
		t.Errorf("the younger application is %s, want it waiting", got.State)
	}
	if err := h.Expire(t.Context(), noon, now.Add(keepEnded+time.Second)); err != nil {
		t.Fatal(err)
	}
	if _, err := h.BySelector(t.Context(), oldLink.Selector); !errors.Is(err, ErrNotFound) {
		t.Errorf("a year later the link is still there: %v", err)
	}
	if n := len(h.members(t)); n != 1 {
		t.Errorf("there are %d members, want 1", n)
	}
}
