package join

import (
	"context"
	"slices"
	"testing"

	"joinery/app/mail"
)

// A mailServer takes letters, or refuses them for now while it is down.
type mailServer struct {
	mail.Queue
	down bool
	to   []string // of the letters that it took
	got  []mail.Letter
}

// mailServer returns a server that takes letters, at the next delivery.
func (b *bench) mailServer(t *testing.T) *mailServer {
	t.Helper()
	s := new(mailServer)
	s.DB, s.Sender, s.Now, s.Log = b.file, s, b.Now, b.Log
	return s
}

// Send takes a letter.
func (s *mailServer) Send(_ context.Context, l mail.Letter) error {
	if s.down {
		return &mail.Failure{Step: "recipient", Code: 451}
	}
	s.to, s.got = append(s.to, l.To), append(s.got, l)
	return nil
}

// deliver has all letters delivered that are due.
func (s *mailServer) deliver(t *testing.T) {
	t.Helper()
	for {
		tried, err := s.Deliver(t.Context())
		fine(t, err)
		if !tried {
			return
		}
	}
}

// TestOneLetterArrivesAfterAllWasDown has somebody ask again and again for it
// while the mail server is down.
func TestOneLetterArrivesAfterAllWasDown(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		s := b.mailServer(t)
		s.down = true
		id := b.sent(t)
		for range 4 {
			s.deliver(t)
			if post := b.post(t, id); post.State != mail.Deferred || !post.At.After(b.now) {
				t.Errorf("the letter is %q, and tried again at %v, want it deferred", post.State, post.At)
			}
			b.again(t, id)
			if post := b.post(t, id); post.State != mail.Queued {
				t.Errorf("the fresh letter is %q, want it queued", post.State)
			}
		}
		s.down = false
		newest := b.proof(t)
		s.deliver(t)
		if post := b.post(t, id); post.State != mail.Accepted || !post.At.Equal(b.now) {
			t.Errorf("the letter is %q at %v, want it accepted now", post.State, post.At)
		}
		if len(s.got) != 1 || !slices.Equal(tokens(s.got[0], "/confirm/"), []string{newest}) {
			t.Fatalf("%d letters have arrived, want the newest alone", len(s.got))
		}
		fine(t, b.Confirm(t.Context(), b.link(t, newest)))
		s.deliver(t)
		if len(s.got) != 2 || s.got[1].Kind != mail.Welcome {
			t.Errorf("%d letters have arrived, want the welcome after the first", len(s.got))
		}
	})
}

// TestWhatHasEndedAsksForNothing ends an application whose letter still waits.
func TestWhatHasEndedAsksForNothing(t *testing.T) {
	for name, end := range map[string]func(t *testing.T, b *bench, id string){
		"confirmed": func(t *testing.T, b *bench, _ string) { b.confirmed(t) },
		"withdrawn": func(t *testing.T, b *bench, id string) {
			fine(t, b.Members.Withdraw(t.Context(), b.application(t, id).ID, b.now))
		},
		"expired": func(t *testing.T, b *bench, _ string) { b.pass(b.WaitingTTL + 1); fine(t, b.Expire(t.Context())) },
		"corrected": func(t *testing.T, b *bench, id string) {
			fine(t, b.StartCorrection(t.Context(), id))
			b.pass(2 * b.Limits.PerAddress.Per)
			b.send(t, id)
			b.confirmed(t)
		},
	} {
		t.Run(name, func(t *testing.T) {
			overStores(t, func(t *testing.T, b *bench) {
				id := b.sent(t)
				b.again(t, id)
				end(t, b, id)
				b.wantCount(t, "mails WHERE kind = 'confirm' AND (state = 'waiting' OR topic <> '' OR text <> '')", 0)
				b.wantCount(t, "applications WHERE state = 'waiting' OR email <> '' OR answers <> '{}' OR consents <> '[]'", 0)
				b.wantCount(t, "links WHERE letter <> '' OR code_hash <> '' OR pending_choice <> '' OR chosen_at <> 0", 0)
				s := b.mailServer(t)
				s.deliver(t)
				for _, l := range s.got {
					if l.Kind == mail.Confirm {
						t.Errorf("a letter still asks %s for confirmation", l.To)
					}
				}
			})
		})
	}
}
