package join

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"joinery/app/i18n"
	"joinery/app/mail"
	"joinery/app/member"
)

// post returns how the letter stands that the browser with this id waits for.
func (b *bench) post(t *testing.T, id string) ConfirmationMail {
	t.Helper()
	a, err := b.Sent(t.Context(), id)
	fine(t, err)
	post, err := b.MailStatus(t.Context(), a)
	fine(t, err)
	return post
}

// again asks for another letter at the earliest time at which that is possible.
func (b *bench) again(t *testing.T, id string) {
	t.Helper()
	if next := b.post(t, id).NextAllowed; next.After(b.now) {
		b.now = next
	}
	fine(t, b.ResendConfirmation(t.Context(), id, ""))
}

// TestThePausesBetweenLettersGrow asks a second too soon, and in time.
func TestThePausesBetweenLettersGrow(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		b.Limits.PerAddress = mail.Budget{}
		id := b.sent(t)
		for i, minutes := range []time.Duration{1, 5, 10, 20, 20} {
			next := b.now.Add(minutes * time.Minute)
			if got := b.post(t, id).NextAllowed; !got.Equal(next) {
				t.Fatalf("after %d letters another one can be asked for at %v, want %v", i+1, got, next)
			}
			b.now = next.Add(-time.Second)
			wantError(t, "Again too soon", b.ResendConfirmation(t.Context(), id, ""), ErrTooSoon)
			b.wantCount(t, "mails", i+1)
			b.now = next
			fine(t, b.ResendConfirmation(t.Context(), id, ""))
			b.wantCount(t, "mails", i+2)
			b.wantCount(t, "links", i+2)
		}
	})
}

// TestWhoHasHadTheirLettersIsToldWhenThereIsRoom and gets one then.
func TestWhoHasHadTheirLettersIsToldWhenThereIsRoom(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	id := b.sent(t)
	b.again(t, id)
	b.again(t, id)
	want := noon.Add(b.Limits.PerAddress.Per + time.Second)
	if got := b.post(t, id).NextAllowed; !got.Equal(want) {
		t.Errorf("after 3 letters of 3 another one can be asked for at %v, want %v", got, want)
	}
	b.now = want.Add(-time.Second)
	wantError(t, "Again without room", b.ResendConfirmation(t.Context(), id, ""), ErrTooSoon)
	b.again(t, id)
	b.wantCount(t, "mails", 4)
}

// TestOthersLettersShowNowhere compares what somebody sees whose address others
// had letters written to with what somebody sees who is alone.
func TestOthersLettersShowNowhere(t *testing.T) {
	t.Parallel()
	alone, crowded := benches["embedded"](t), benches["embedded"](t)
	for range crowded.Limits.PerAddress.Max {
		crowded.sent(t)
	}
	first, second := alone.sent(t), crowded.sent(t)
	crowded.wantCount(t, "mails", crowded.Limits.PerAddress.Max)
	for range 5 {
		if got, want := crowded.post(t, second), alone.post(t, first); got != want {
			t.Errorf("who is not written to sees %+v, want what others see: %+v", got, want)
		}
		for _, typed := range []string{"AAAAAA", "AAAAAA"} {
			left, want := crowded.tried(t, second, typed), alone.tried(t, first, typed)
			if left != want {
				t.Errorf("who is not written to is told %q, want what others are told: %q", left, want)
			}
		}
		for _, early := range []time.Duration{time.Second, 0} {
			alone.now = alone.post(t, first).NextAllowed.Add(-early)
			crowded.now = alone.now
			got, want := crowded.ResendConfirmation(t.Context(), second, ""), alone.ResendConfirmation(t.Context(), first, "")
			wantError(t, "Again without a letter", got, want)
		}
	}
}

// tried types a code and returns what it says.
func (b *bench) tried(t *testing.T, id, typed string) string {
	t.Helper()
	standing, left, err := b.VerifyCode(t.Context(), id, typed)
	fine(t, err)
	return fmt.Sprint(standing, " ", left)
}

func TestBeyondTheBudgetNoLinkEnds(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		id := b.sent(t)
		token, code := b.proof(t), b.proofCode(t)
		b.pass(time.Minute)
		for range b.Limits.PerAddress.Max { // others
			b.sent(t)
		}
		fine(t, b.ResendConfirmation(t.Context(), id, ""))
		b.wantCount(t, "mails", b.Limits.PerAddress.Max)
		if post := b.post(t, id); post.State != mail.Queued {
			t.Errorf("the letter that was not written is %q, want it queued", post.State)
		}
		if standing := b.link(t, token).Status; standing != Open {
			t.Errorf("the link is %s, want open: no newer one was sent", standing)
		}
		if got := b.tried(t, id, code); got != "used 0" {
			t.Errorf("the code is %s, want it to confirm", got)
		}
	})
}

func TestSendBeyondTheBudgetHoldsTheLetter(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	var id string
	for sent := range b.Limits.PerAddress.Max + 2 {
		id = b.sent(t)
		if a := b.application(t, id); a.State != member.Waiting || a.Email != "Zoe@hospital.example" {
			t.Errorf("after %d letters the application is %+v, want it waiting", sent, a)
		}
		b.wantCount(t, "mails", min(sent+1, b.Limits.PerAddress.Max))
	}
	b.pass(b.Limits.PerAddress.Per + time.Second)
	fine(t, b.ResendConfirmation(t.Context(), id, ""))
	l := b.link(t, b.proof(t))
	if l.Status != Open || !b.Own(t.Context(), l, id) {
		t.Errorf("the link of an application whose first letter was held is %s", l.Status)
	}
}

func (b *bench) application(t *testing.T, id string) member.Application {
	t.Helper()
	a, err := b.Sent(t.Context(), id)
	fine(t, err)
	return a
}

func TestManyWhoAskAtTheSameTimeGetOneLetter(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w := &browser{bench: b, id: b.finished(t)}
		ids := []string{w.id, w.beside(t).id}
		b.send(t, w.id)
		token := b.proof(t)
		b.pass(time.Minute)
		var all sync.WaitGroup
		for i := range 20 {
			all.Go(func() {
				if err := b.ResendConfirmation(t.Context(), ids[i%2], ""); err != nil && !errors.Is(err, ErrTooSoon) {
					t.Errorf("Again: %v", err)
				}
			})
		}
		all.Wait()
		b.wantCount(t, "mails", 2)
		b.wantCount(t, "links", 2)
		if old := b.link(t, token); old.Status != Superseded || !old.Renewable() {
			t.Errorf("the old link is %s, want superseded", old.Status)
		}
	})
}

// TestAFreshLinkToConfirmGoesToTheSameMailbox asks for it on the page of an old
// one, which any browser can.
func TestAFreshLinkToConfirmGoesToTheSameMailbox(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	id := b.sent(t)
	first := b.proof(t)
	fine(t, b.ResendFromLink(t.Context(), b.link(t, first), "")) // it is open still
	b.wantCount(t, "mails", 1)
	b.pass(b.LinkTTL)
	l := b.link(t, first)
	if l.Status != Late || l.Recipient() != "Zoe@hospital.example" || !l.NextAllowed.Equal(noon.Add(time.Minute)) {
		t.Errorf("the link is %s, of %s, with another one from %v", l.Status, l.Recipient(), l.NextAllowed)
	}
	fine(t, b.ResendFromLink(t.Context(), l, ""))
	wantError(t, "Renew at once", b.ResendFromLink(t.Context(), l, ""), ErrTooSoon)
	b.wantCount(t, "mails", 2)
	fresh := b.link(t, b.proof(t))
	if letter := b.letter(t, mail.Confirm); letter.To != "Zoe@hospital.example" || fresh.Status != Open || !b.Own(t.Context(), fresh, id) {
		t.Errorf("the letter is to %s, and its link %s", letter.To, fresh.Status)
	}
	for _, token := range []string{"MADEUP-MADEUP", "MADEUP", ""} {
		if l := b.link(t, token); l.Status != Mistyped || !l.NextAllowed.IsZero() {
			t.Errorf("what somebody made up is %s", l.Status)
		}
		fine(t, b.ResendFromLink(t.Context(), b.link(t, token), ""))
	}
	b.wantCount(t, "mails", 2)
}

func TestLinkEndsWithItsApplication(t *testing.T) {
	t.Parallel()
	end := noon.Add(168 * time.Hour)
	tests := []struct {
		name        string
		asked, want time.Time
	}{
		{"early", noon.Add(time.Hour), noon.Add(25 * time.Hour)},
		{"a day before the end", end.Add(-24 * time.Hour), end},
		{"an hour before the end", end.Add(-time.Hour), end},
		{"a second before the end", end.Add(-time.Second), end},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := benches["embedded"](t)
			id := b.sent(t)
			b.now = tt.asked
			fine(t, b.ResendConfirmation(t.Context(), id, ""))
			text := b.letter(t, mail.Confirm).Text
			if got := b.link(t, b.proof(t)); got.Status != Open || !got.found.Link.ExpiresAt.Equal(tt.want) {
				t.Errorf("the link is %s until %v, want %v", got.Status, got.found.Link.ExpiresAt, tt.want)
			}
			for _, told := range []time.Time{tt.want, tt.want.Local()} {
				if strings.Contains(text, i18n.T(i18n.French, "mail.confirm.expires", told)) {
					return
				}
			}
			t.Errorf("the letter does not tell %v:\n%s", tt.want, text)
		})
	}
}

func TestLinkOfTheLastHourIsGoneAtTheEnd(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	id := b.sent(t)
	end := noon.Add(b.WaitingTTL)
	b.now = end.Add(-time.Hour)
	fine(t, b.ResendConfirmation(t.Context(), id, ""))
	token := b.proof(t)
	b.now = end.Add(-time.Second)
	if got := b.link(t, token).Status; got != Open {
		t.Errorf("a second before the end it is %s, want open", got)
	}
	b.now = end
	if got := b.link(t, token); got.Status != Gone || got.Renewable() {
		t.Errorf("at the end it is %s, want gone", got.Status)
	}
	wantError(t, "Again at the end", b.ResendConfirmation(t.Context(), id, ""), ErrNoDraft)
}

func TestAgainOfWhatDoesNotWait(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	confirmed := b.sent(t)
	b.confirmed(t)
	for _, id := range []string{"", "made up", b.begun(t).id, confirmed} {
		wantError(t, "Again", b.ResendConfirmation(t.Context(), id, ""), ErrNoDraft)
	}
	b.wantCount(t, "mails WHERE kind = 'confirm'", 1)
}
