package join

import (
	"errors"
	"strings"
	"testing"
	"time"

	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/member"
)

// letter returns the text of the newest letter that is queued, and the token of
// the link in it.
func (b *bench) letter(t *testing.T) (text, token string) {
	t.Helper()
	row := b.file.Read().QueryRowContext(t.Context(), `SELECT text FROM mails ORDER BY rowid DESC LIMIT 1`)
	if err := row.Scan(&text); err != nil {
		t.Fatal(err)
	}
	_, after, found := strings.Cut(text, "/confirm/")
	if !found {
		t.Fatalf("there is no link in the letter:\n%s", text)
	}
	return text, strings.Fields(after)[0]
}

func (b *bench) link(t *testing.T, token string) Link {
	t.Helper()
	l, err := b.Link(t.Context(), token)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

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
		if n, want := b.count(t, `SELECT count(*) FROM mails`), min(sent+1, b.PerAddress.Max); n != want {
			t.Errorf("there are %d letters, want %d", n, want)
		}
	}
	id := b.finished(t)
	b.send(t, id)
	b.now = b.now.Add(b.PerAddress.Per + time.Second)
	if queued, err := b.Again(t.Context(), id); err != nil || !queued {
		t.Errorf("once the budget allows it Again = %t, %v, want a letter", queued, err)
	}
	if _, token := b.letter(t); b.link(t, token).Standing != Open {
		t.Errorf("the link of an application whose first letter was held is %s", b.link(t, token).Standing)
	}
}

func TestReopenAgainLeadsToTheSameCorrection(t *testing.T) {
	for name, newBench := range benches {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			id := b.sent(t)
			_, old := b.letter(t)
			first := b.reopen(t, id)
			b.answer(t, first, "one", form.Answers{"mail": {"right@example.ca"}, "lang": {"en"}})
			if second := b.reopen(t, id); second != first {
				t.Errorf("a second Reopen leads to %q, want %q", second, first)
			}
			progress, err := b.Progress(t.Context(), first)
			if got := progress.Draft.Answers().One("mail"); err != nil || got != "right@example.ca" {
				t.Errorf("after a second Reopen the address is %q, %v, want what was typed meanwhile", got, err)
			}
			if standing := b.link(t, old).Standing; standing != Open {
				t.Errorf("before the correction is sent the old link is %s, want open", standing)
			}
			b.send(t, first)
			wantReplaced(t, b, id, old)
			if _, token := b.letter(t); b.link(t, token).Standing != Open {
				t.Errorf("the new link is %s, want open", b.link(t, token).Standing)
			}
		})
	}
}

func (b *bench) reopen(t *testing.T, id string) string {
	t.Helper()
	correction, err := b.Reopen(t.Context(), id)
	if err != nil {
		t.Fatalf("Reopen: %v", err)
	}
	return correction
}

func wantReplaced(t *testing.T, b *bench, id, token string) {
	t.Helper()
	if standing := b.link(t, token).Standing; standing != Replaced {
		t.Errorf("the old link is %s, want replaced", standing)
	}
	if err := b.Confirm(t.Context(), b.link(t, token)); err != nil || b.count(t, `SELECT count(*) FROM members`) > 0 {
		t.Errorf("the old link has made a member (%v)", err)
	}
	if a, err := b.Sent(t.Context(), id); err != nil || a.State != member.Replaced || a.Email != "" {
		t.Errorf("the old application is %+v, %v, want it replaced and forgotten", a, err)
	}
	if n := b.count(t, `SELECT count(*) FROM applications WHERE state = 'waiting'`); n != 1 {
		t.Errorf("%d applications wait, want 1", n)
	}
	if correction, err := b.Reopen(t.Context(), id); !errors.Is(err, ErrNoDraft) {
		t.Errorf("Reopen of what was replaced = %q, %v, want ErrNoDraft", correction, err)
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
			text, token := b.letter(t)
			if got := b.link(t, token); got.Standing != Open || !got.found.Link.Expires.Equal(tt.want) {
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
	_, token := b.letter(t)
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
