package member

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/mail"
)

func TestConfirmsAtTheSameTimeMakeOneMember(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	a := anApplication("zoe@example.ca", form.Answers{"name": {"Zoë"}})
	l := b.mustSend(t, a)
	var all sync.WaitGroup
	var did atomic.Int32
	for range 10 {
		all.Go(func() {
			done, err := b.Confirm(t.Context(), a.ID, noon, letters(a.Email))
			if err != nil {
				t.Errorf("Confirm: %v", err)
			}
			if done {
				did.Add(1)
			}
		})
	}
	all.Wait()
	if n := did.Load(); n != 1 {
		t.Errorf("%d calls did it, want 1", n)
	}
	for table, want := range map[string]int{"members": 1, "consents": 2, "mails": 2} {
		if n := b.count(t, `SELECT count(*) FROM `+table); n != want {
			t.Errorf("there are %d %s, want %d", n, table, want)
		}
	}
	b.wantForgotten(t, a, l, Confirmed)
}

func TestConfirmUpdatesAMember(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.join(t, "zoe@example.ca", form.Answers{"name": {"Zoë"}, "old": {"x"}})
	before := b.everyone(t)[0]

	again := anApplication("Zoe@example.ca", form.Answers{"name": {"Zoé"}})
	again.Lang, again.Form = i18n.French, "2"
	again.Consents[0].Version, again.Consents[0].Wording = "2", "You may still keep it."
	again.Consents[0].Given, again.Consents[1].Given = false, true
	b.mustSend(t, again)
	later := noon.Add(time.Hour)
	b.mustConfirm(t, again, later)

	members := b.everyone(t)
	if len(members) != 1 {
		t.Fatalf("there are %d members, want 1", len(members))
	}
	m := members[0]
	if m.ID != before.ID || m.Email != before.Email || !m.Confirmed.Equal(noon) || !m.Updated.Equal(later) || m.Lang != i18n.French || m.Form != "2" {
		t.Errorf("the member is %+v, want that of before, up to date: %+v", m, before)
	}
	if m.Answers.First("name") != "Zoé" || m.Answers.Given("old") {
		t.Errorf("the answers are %v, want the new ones alone", m.Answers)
	}
	if !slices.Equal(m.Consents, again.Consents) {
		t.Errorf("the consents are %+v, want the latest: %+v", m.Consents, again.Consents)
	}
	if n := b.count(t, `SELECT count(*) FROM consents WHERE member = '`+before.ID+`'`); n != 4 {
		t.Errorf("%d consents are on record, want all 4", n)
	}
	for kind, want := range map[mail.Kind]string{mail.Welcome: "zoe@example.ca", mail.Updated: "Zoe@example.ca"} {
		if n := b.count(t, `SELECT count(*) FROM mails WHERE kind = '`+string(kind)+`' AND recipient = '`+want+`'`); n != 1 {
			t.Errorf("%s is told %d times that they are %s, want once", want, n, kind)
		}
	}
}

// TestConfirmDoesAllOrNothing has the letter refused, which is the last step.
func TestConfirmDoesAllOrNothing(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	a, letter := anApplication("zoe@example.ca", nil), aLetter("zoe@example.ca")
	l := aLink()
	if err := b.Submit(t.Context(), a, l, letter, new(mail.Limits), noon); err != nil {
		t.Fatal(err)
	}
	if done, err := b.Confirm(t.Context(), a.ID, noon, Letters{Welcome: letter}); err == nil || done {
		t.Fatalf("Confirm = %v, %v, want an error", done, err)
	}
	if got := b.mustFind(t, l); got.State != Waiting || len(b.everyone(t)) > 0 || b.count(t, `SELECT count(*) FROM consents`) > 0 {
		t.Errorf("without the welcome the application is %s and there are %d members", got.State, len(b.everyone(t)))
	}
}

// TestEachLetsOthersWrite has somebody join while the members are listed.
func TestEachLetsOthersWrite(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for _, email := range []string{"ann@example.ca", "bob@example.ca", "cyd@example.ca"} {
		b.join(t, email, nil)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second) // less than SQLite waits for a lock
	defer cancel()
	seen := 0
	err := b.Each(ctx, func(m Member) error {
		seen++
		a := anApplication("x"+m.Email, nil)
		if err := b.Submit(ctx, a, aLink(), aLetter(a.Email), new(mail.Limits), noon); err != nil {
			return err
		}
		_, err := b.Confirm(ctx, a.ID, noon, letters(a.Email))
		return err
	})
	if err != nil || seen != 3 {
		t.Errorf("Each saw %d members, %v, want the 3 that were there when it began", seen, err)
	}
	if n := len(b.everyone(t)); n != 6 {
		t.Errorf("there are %d members, want 6", n)
	}
}

func TestEachStopsAtAnError(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.join(t, "ann@example.ca", nil)
	b.join(t, "bob@example.ca", nil)
	seen := 0
	err := b.Each(t.Context(), func(Member) error { seen++; return context.Canceled })
	if err != context.Canceled || seen != 1 {
		t.Errorf("Each = %v after %d members, want the error of do after the first", err, seen)
	}
}
