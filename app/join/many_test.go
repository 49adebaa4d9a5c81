package join

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"joinery/app/i18n"
	"joinery/app/mail"
)

// TestManySignUpsMakeFewLetters has strangers sign others up, all at once.
func TestManySignUpsMakeFewLetters(t *testing.T) {
	tests := []struct {
		name    string
		address func(i int) string
		network func(i int) string
		want    int
	}{
		{"for one address", func(int) string { return "zoe@example.ca" }, func(i int) string { return fmt.Sprint("network ", i) }, 3},
		{
			"for one address in many cases", func(i int) string { return []string{"zoe", "Zoe", "ZOE", "zOe"}[i%4] + "@example.ca" },
			func(i int) string { return fmt.Sprint("network ", i) }, 3,
		},
		{
			"for one mailbox", func(i int) string { return fmt.Sprint("zoe+", i, "@example.ca") },
			func(i int) string { return fmt.Sprint("network ", i) }, 10,
		},
		{
			"for one mailbox with dots", func(i int) string {
				return "zoelucas"[:1+i%8] + "." + "zoelucas"[1+i%8:] + fmt.Sprint("+", i, "@gmail.com")
			},
			func(i int) string { return fmt.Sprint("network ", i) }, 10,
		},
		{"from one network", func(i int) string { return fmt.Sprint("zoe", i, "@example.ca") }, func(int) string { return "network" }, 20},
		{"all together", func(i int) string { return fmt.Sprint("zoe", i, "@example.ca") }, func(i int) string { return fmt.Sprint("network ", i) }, 25},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			b := benches["embedded"](t)
			b.Limits.PerNetwork, b.Limits.Total, b.Limits.Log = mail.Budget{Max: 20, Per: time.Hour}, mail.Budget{Max: 25, Per: time.Hour}, b.Log
			var all sync.WaitGroup
			for i := range 30 {
				id := b.filledIn(t, tt.address(i))
				all.Go(func() {
					if problems, err := b.Send(t.Context(), id, []string{"keep"}, i18n.English, tt.network(i)); err != nil || len(problems) > 0 {
						t.Errorf("Send: %v, %v", problems, err)
					}
				})
			}
			all.Wait()
			b.wantCount(t, "mails", tt.want)
			b.wantCount(t, "links WHERE letter <> ''", tt.want)
			b.wantCount(t, "applications WHERE state = 'waiting'", 30)
			b.wantCount(t, "mails WHERE network LIKE '%network%'", 0) // no more than a digest
		})
	}
}

// TestANetworkIsCountedAcrossAllThatItAsksFor mixes what can be asked for.
func TestANetworkIsCountedAcrossAllThatItAsksFor(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	b.Limits.PerNetwork = mail.Budget{Max: 5, Per: time.Hour}
	w := b.at(t, "begun@example.ca")
	b.RequestResumeLink("begun@example.ca", i18n.English, "network")
	b.ProcessRequests(t.Context())
	fine(t, b.SendResumeLink(t.Context(), w.id, "begun@example.ca", i18n.English, "network"))
	id := b.filledIn(t, "zoe@example.ca")
	_, err := b.Send(t.Context(), id, []string{"keep"}, i18n.English, "network")
	fine(t, err)
	b.pass(time.Minute)
	fine(t, b.ResendConfirmation(t.Context(), id, "network"))
	fine(t, b.ChangeEmail(t.Context(), id, "ann@example.ca", "network"))
	b.wantCount(t, "mails", 5)
	refused := b.filledIn(t, "bob@example.ca")
	_, err = b.Send(t.Context(), refused, []string{"keep"}, i18n.English, "network")
	fine(t, err)
	b.wantCount(t, "mails", 5)
	if post := b.post(t, refused); post.State != mail.Queued || !post.NextAllowed.Equal(b.now.Add(time.Minute)) {
		t.Errorf("who asks from a network that has asked for too much sees %+v, want what others see", post)
	}
	b.pass(time.Minute)
	fine(t, b.ResendConfirmation(t.Context(), refused, "another network"))
	b.wantCount(t, "mails", 6)
	b.confirmed(t) // which nobody asks for
	b.wantCount(t, "mails", 7)
}
