package join

import (
	"errors"
	"reflect"
	"sync"
	"testing"
	"time"

	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/member"
)

// wantMoved wants the application that the browsers wait for to be as was, but
// from the new address, and alone; its letter to go there; and the link of the
// letter before to say so.
func (b *bench) wantMoved(t *testing.T, was member.Application, old string, ids ...string) {
	t.Helper()
	for _, id := range ids {
		a := b.application(t, id)
		if a.State != member.Waiting || a.Email != "right@example.ca" || !a.Sent.Equal(b.now) || a.ID == was.ID {
			t.Errorf("the application is %+v, want another one of right@example.ca, waiting since now", a)
		}
		if !reflect.DeepEqual(a.Consents, was.Consents) || a.Lang != was.Lang || a.Form != was.Form {
			t.Errorf("it has become\n%+v, want what it was but for the address\n%+v", a, was)
		}
		want := form.Answers{"mail": {"right@EXAMPLE.ca"}, "lang": {"fr"}, "pet": {"none"}}
		if !reflect.DeepEqual(a.Answers, want) {
			t.Errorf("the answers are %v, want %v", a.Answers, want)
		}
		if l := b.link(t, b.proof(t)); l.Status != Open || l.Recipient() != "right@example.ca" || !b.Own(t.Context(), l, id) {
			t.Errorf("the newest link is %s, of %s, want it open and of this browser", l.Status, l.Recipient())
		}
	}
	wantReplaced(t, b, old)
	b.wantCount(t, "applications", 2)
	b.wantCount(t, "mails WHERE recipient = 'right@example.ca' AND state = 'waiting'", 1)
	b.wantCount(t, "mails WHERE recipient <> 'right@example.ca' AND state = 'waiting'", 0)
}

func TestACorrectedAddressKeepsEverythingElse(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w := &browser{bench: b, id: b.finished(t)}
		other := w.beside(t)
		problems, err := b.Send(t.Context(), w.id, []string{"keep", "news"}, i18n.French, "")
		if err != nil || len(problems) > 0 {
			t.Fatalf("Send: %v, %v", problems, err)
		}
		was, old := b.application(t, w.id), b.proof(t)
		b.pass(time.Hour)
		queued := 0
		b.Queued = func() { queued++ }
		fine(t, b.ChangeEmail(t.Context(), w.id, "right@EXAMPLE.ca", "network"))
		b.wantMoved(t, was, old, w.id, other.id)
		b.wantCount(t, "mails WHERE network <> ''", 1)
		if queued != 1 {
			t.Errorf("the queue was woken %d times, want once", queued)
		}
		b.confirmed(t)
		b.wantCount(t, "members WHERE email = 'right@example.ca'", 1)
	})
}

// TestTheAddressCanBeCorrectedOnceMore, and back.
func TestTheAddressCanBeCorrectedOnceMore(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	id := b.sent(t)
	for _, typed := range []string{"wrong@example.ca", "Zoe@Hospital.EXAMPLE", "right@example.ca"} {
		fine(t, b.ChangeEmail(t.Context(), id, typed, ""))
	}
	b.wantCount(t, "applications WHERE state = 'waiting'", 1)
	b.wantCount(t, "mails WHERE state = 'waiting'", 1)
	b.confirmed(t)
	b.wantCount(t, "members WHERE email = 'right@example.ca'", 1)
}

func TestTheSameAddressChangesNothing(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	id := b.sent(t)
	was, token := b.application(t, id), b.proof(t)
	for _, typed := range []string{"Zoe@hospital.example", "Zoe@HOSPITAL.example"} {
		fine(t, b.ChangeEmail(t.Context(), id, typed, ""))
	}
	if a := b.application(t, id); !reflect.DeepEqual(a, was) {
		t.Errorf("the application has become\n%+v, want what it was\n%+v", a, was)
	}
	b.wantLink(t, token, Open)
	b.wantCount(t, "mails", 1)
}

func TestTheAddressOfWhatDoesNotWait(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	confirmed := b.sent(t)
	b.confirmed(t)
	overdue := b.sent(t)
	corrected := b.sent(t)
	fine(t, b.StartCorrection(t.Context(), corrected))
	b.pass(b.WaitingTTL)
	for _, id := range []string{"", "made up", b.begun(t).id, confirmed, overdue, corrected} {
		wantError(t, "Readdress", b.ChangeEmail(t.Context(), id, "right@example.ca", ""), ErrNoDraft)
	}
	waiting := b.sent(t)
	for _, typed := range []string{"", "right", "a@example.ca, b@example.ca", "Zoe <a@example.ca>"} {
		if err := b.ChangeEmail(t.Context(), waiting, typed, ""); err == nil {
			t.Errorf("%q is taken for an address", typed)
		}
	}
	b.wantCount(t, "mails WHERE recipient LIKE '%example.ca%'", 0)
}

func TestPressesAtTheSameTimeCorrectTheAddressOnce(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w := &browser{bench: b, id: b.finished(t)}
		ids := []string{w.id, w.beside(t).id}
		b.send(t, w.id)
		was, old := b.application(t, w.id), b.proof(t)
		var all sync.WaitGroup
		for i := range 10 {
			all.Go(func() {
				if err := b.ChangeEmail(t.Context(), ids[i%2], "right@EXAMPLE.ca", ""); err != nil {
					t.Errorf("Readdress: %v", err)
				}
			})
		}
		all.Wait()
		b.wantMoved(t, was, old, ids...)
	})
}

// TestOneConfirmsWhileAnotherCorrects has them do so at the same time: whoever
// comes first, there is one application that waits, or one member, or both after
// each other.
func TestOneConfirmsWhileAnotherCorrects(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		for range 5 {
			id := b.sent(t)
			l := b.link(t, b.proof(t))
			var all sync.WaitGroup
			all.Go(func() { fine(t, b.Confirm(t.Context(), l)) })
			all.Go(func() {
				if err := b.ChangeEmail(t.Context(), id, "right@example.ca", ""); err != nil && !errors.Is(err, ErrNoDraft) {
					t.Errorf("Readdress: %v", err)
				}
			})
			all.Wait()
			switch a := b.application(t, id); a.State {
			case member.Confirmed:
				b.wantCount(t, "applications WHERE state = 'waiting'", 0)
			case member.Waiting:
				b.wantCount(t, "applications WHERE state = 'waiting' AND email = 'right@example.ca'", 1)
				fine(t, b.Members.Withdraw(t.Context(), a.ID, b.now))
			default:
				t.Errorf("the application is %s", a.State)
			}
			b.pass(2 * time.Hour)
		}
	})
}

// TestALetterToTheWrongAddressIsNotSentAnyMore, nor are letters that were sent
// called back.
func TestALetterToTheWrongAddressIsNotSentAnyMore(t *testing.T) {
	t.Parallel()
	for _, delivered := range []bool{false, true} {
		b := benches["embedded"](t)
		got := b.mailServer(t)
		id := b.sent(t)
		if delivered {
			got.deliver(t)
		}
		fine(t, b.ChangeEmail(t.Context(), id, "right@example.ca", ""))
		got.deliver(t)
		want := []string{"right@example.ca"}
		if delivered {
			want = []string{"Zoe@hospital.example", "right@example.ca"}
		}
		if !reflect.DeepEqual(got.to, want) {
			t.Errorf("letters have gone to %q, want %q", got.to, want)
		}
	}
}

// TestTheAddressOfACorrectionThatWasBegunElsewhere is corrected on a page that
// was open before another browser began to correct the answers.
func TestTheAddressOfACorrectionThatWasBegunElsewhere(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w := &browser{bench: b, id: b.finished(t)}
		other := w.beside(t)
		b.send(t, w.id)
		fine(t, b.StartCorrection(t.Context(), other.id))
		wantError(t, "Readdress", b.ChangeEmail(t.Context(), w.id, "right@example.ca", ""), ErrNoDraft)
		w.wantTyped(t, form.Answers{"mail": {"Zoe@Hospital.EXAMPLE"}, "lang": {"fr"}, "pet": {"none"}})
		b.wantCount(t, "mails WHERE kind = 'confirm'", 1)
	})
}
