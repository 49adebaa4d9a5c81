package member

import (
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
	h := newHarness(t)
	a := newApplication("zoe@example.ca", form.Answers{"name": {"Zoë"}})
	l := h.mustSubmit(t, a)
	var all sync.WaitGroup
	var did atomic.Int32
	for range 10 {
		all.Go(func() {
			done, err := h.Confirm(t.Context(), a.ID, Proof{At: noon}, anyMember, letters(a.Email))
			if err != nil {
				t.Errorf("Confirm: %v", err)
			}
			if done == Joined {
				did.Add(1)
			}
		})
	}
	all.Wait()
	if n := did.Load(); n != 1 {
		t.Errorf("%d calls did it, want 1", n)
	}
	for table, want := range map[string]int{"members": 1, "consents": 2, "mails": 2} {
		if n := h.count(t, `SELECT count(*) FROM `+table); n != want {
			t.Errorf("there are %d %s, want %d", n, table, want)
		}
	}
	h.wantForgotten(t, a, l, Confirmed)
}

func TestConfirmUpdatesAMember(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.join(t, "zoe@example.ca", form.Answers{"name": {"Zoë"}, "old": {"x"}})
	before := h.members(t)[0]

	again := newApplication("Zoe@example.ca", form.Answers{"name": {"Zoé"}})
	again.Lang, again.Form = i18n.French, "2"
	again.Consents[0].Version, again.Consents[0].Wording = "2", "You may still keep it."
	again.Consents[0].Given, again.Consents[1].Given = false, true
	h.mustSubmit(t, again)
	later := noon.Add(time.Hour)
	h.mustConfirm(t, again, later)

	members := h.members(t)
	if len(members) != 1 {
		t.Fatalf("there are %d members, want 1", len(members))
	}
	m := members[0]
	if m.ID != before.ID || m.Email != before.Email || !m.Confirmed.Equal(noon) || !m.Updated.Equal(later) || m.Lang != i18n.French || m.Form != "2" {
		t.Errorf("the member is %+v, want the same member, updated: %+v", m, before)
	}
	if m.Answers.First("name") != "Zoé" || m.Answers.Given("old") {
		t.Errorf("the answers are %v, want the new ones alone", m.Answers)
	}
	if !slices.Equal(m.Consents, again.Consents) {
		t.Errorf("the consents are %+v, want the latest: %+v", m.Consents, again.Consents)
	}
	if n := h.count(t, `SELECT count(*) FROM consents WHERE member = '`+before.ID+`'`); n != 4 {
		t.Errorf("%d consents are on record, want all 4", n)
	}
	for kind, want := range map[mail.Kind]string{mail.Welcome: "zoe@example.ca", mail.Updated: "Zoe@example.ca"} {
		if n := h.count(t, `SELECT count(*) FROM mails WHERE kind = '`+string(kind)+`' AND address_key = '`+h.ring.Digest("mail address", "zoe@example.ca")+`'`); n != 1 {
			t.Errorf("%s gets %d letters %s, want one", want, n, kind)
		}
	}
}

// TestConfirmDoesAllOrNothing has the letter refused, which comes last.
func TestConfirmDoesAllOrNothing(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	a, letter := newApplication("zoe@example.ca", nil), newLetter("zoe@example.ca")
	l := newLink()
	if _, err := h.Submit(t.Context(), a, "", l, letter, new(mail.Limits), noon); err != nil {
		t.Fatal(err)
	}
	if done, err := h.Confirm(t.Context(), a.ID, Proof{At: noon}, anyMember, Letters{Welcome: letter, Within: new(mail.Limits)}); err == nil || done != Nothing {
		t.Fatalf("Confirm = %v, %v, want an error", done, err)
	}
	if got := h.mustFind(t, l); got.State != Waiting || len(h.members(t)) > 0 || h.count(t, `SELECT count(*) FROM consents`) > 0 {
		t.Errorf("without the welcome letter the application is %s and there are %d members", got.State, len(h.members(t)))
	}
}
