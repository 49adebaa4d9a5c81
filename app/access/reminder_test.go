package access

import (
	"sync"
	"sync/atomic"
	"testing"

	"joinery/app/mail"
)

func TestOneReminderIsQueued(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.begin(t, "d1", "h1")
	h.begin(t, "d2", "h2")
	var all sync.WaitGroup
	var did atomic.Int32
	for range 20 {
		all.Go(func() {
			done, err := h.SendReminder(t.Context(), newGrant(ByLink, "d1"), newLetter("d1", infoOf("d1").ContactEmail), new(mail.Limits), noon)
			if err != nil {
				t.Errorf("SendReminder: %v", err)
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
	h.wantCount(t, "mails", 1)
	h.wantCount(t, "grants", 1)
	want := infoOf("d1")
	want.Reminded = true
	h.wantInfo(t, want)
	h.wantInfo(t, infoOf("d2"))
}

func TestDraftsThatGetNoReminder(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.begin(t, "d1", "h1")
	h.begin(t, "sent", "h2")
	fine(t, h.MarkSubmitted(t.Context(), "sent", later))
	for name, to := range map[string][2]string{
		"an unknown draft":                               {"d0", infoOf("d0").ContactEmail},
		"a draft that was sent":                          {"sent", infoOf("sent").ContactEmail},
		"another contact address":                        {"d1", "old@example.ca"},
		"an answered address that is no contact address": {"d1", infoOf("d1").AnsweredEmail},
	} {
		if done, err := h.SendReminder(t.Context(), newGrant(ByLink, to[0]), newLetter(to[0], to[1]), new(mail.Limits), noon); err != nil || done {
			t.Errorf("%s: SendReminder = %v, %v, want false", name, done, err)
		}
	}
	h.wantCount(t, "mails", 0)
	h.wantCount(t, "grants", 0)
	h.wantInfo(t, infoOf("d1"))
}

// TestSendReminderDoesAllOrNothing has the letter refused, which comes last.
func TestSendReminderDoesAllOrNothing(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.begin(t, "d1", "h1")
	letter := newLetter("d1", infoOf("d1").ContactEmail)
	fine(t, h.SendGrants(t.Context(), nil, letter, new(mail.Limits)))
	if done, err := h.SendReminder(t.Context(), newGrant(ByLink, "d1"), letter, new(mail.Limits), noon); err == nil || done {
		t.Errorf("SendReminder = %v, %v, want an error", done, err)
	}
	h.wantInfo(t, infoOf("d1"))
	h.wantCount(t, "grants", 0)
}
