package join

import (
	"errors"
	"strings"
	"testing"
	"time"

	"joinery/app/i18n"
	"joinery/app/mail"
	"joinery/app/member"
)

func TestSendBeyondTheBudgetHoldsTheLetter(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	for sent := range b.PerAddress.Max + 2 {
		id := b.finished(t)
		b.send(t, id)
		a, err := b.Sent(t.Context(), id)
		if want := sent < b.PerAddress.Max; a.Written != want {
			t.Errorf("after %d letters Written is %t, want %t", sent, a.Written, want)
		}
		if err != nil || a.State != member.Waiting || a.Email != "Zoe@hospital.example" {
			t.Errorf("after %d letters the application is %+v, %v, want it waiting", sent, a, err)
		}
		b.wantCount(t, "mails", min(sent+1, b.PerAddress.Max))
	}
	id := b.finished(t)
	b.send(t, id)
	b.pass(b.PerAddress.Per + time.Second)
	if queued, err := b.Again(t.Context(), id); err != nil || !queued {
		t.Errorf("once the budget allows it Again = %t, %v, want a letter", queued, err)
	}
	if standing := b.link(t, b.proof(t)).Standing; standing != Open {
		t.Errorf("the link of an application whose first letter was held is %s", standing)
	}
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
			if queued, err := b.Again(t.Context(), id); err != nil || !queued {
				t.Fatalf("Again = %t, %v", queued, err)
			}
			text := b.letter(t, mail.Confirm).Text
			if got := b.link(t, b.proof(t)); got.Standing != Open || !got.found.Link.Expires.Equal(tt.want) {
				t.Errorf("the link is %s until %v, want %v", got.Standing, got.found.Link.Expires, tt.want)
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
	if queued, err := b.Again(t.Context(), id); err != nil || !queued {
		t.Fatalf("Again = %t, %v", queued, err)
	}
	token := b.proof(t)
	b.now = end.Add(-time.Second)
	if got := b.link(t, token).Standing; got != Open {
		t.Errorf("a second before the end it is %s, want open", got)
	}
	b.now = end
	if got := b.link(t, token); got.Standing != Gone || got.Renewable() {
		t.Errorf("at the end it is %s, want gone", got.Standing)
	}
	if queued, err := b.Again(t.Context(), id); queued || !errors.Is(err, ErrNoDraft) {
		t.Errorf("at the end Again = %t, %v, want ErrNoDraft", queued, err)
	}
}
