package join

import (
	"sync"
	"testing"
	"time"

	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/mail"
)

// reminded has reminders written, several times, and wants so many to be there.
func (b *bench) reminded(t *testing.T, want int) {
	t.Helper()
	for range 2 {
		fine(t, b.Remind(t.Context()))
	}
	b.wantCount(t, "mails WHERE kind = 'reminder'", want)
}

// wanting returns a browser whose draft ends in DraftTTL and whose owner asked
// to have mail about it.
func (b *bench) wanting(t *testing.T) *browser {
	t.Helper()
	w := &browser{bench: b, id: b.finished(t)}
	w.mailed(t, "Zoe@example.ca")
	return w
}

func TestOneReminderIsWrittenBeforeTheEnd(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w := b.wanting(t)
		b.pass(b.DraftTTL - b.RemindBefore - time.Second)
		b.reminded(t, 0)
		b.pass(time.Second)
		queued := 0
		b.Queued = func() { queued++ }
		b.reminded(t, 1)
		l := b.letter(t, mail.Reminder)
		if l.To != "Zoe@example.ca" || l.Lang != i18n.French || l.Topic != w.progress(t).Draft.Key || queued != 1 {
			t.Errorf("the letter is to %s in %s, and the queue was woken %d times", l.To, l.Lang, queued)
		}
		b.pass(b.RemindBefore - time.Second)
		b.reminded(t, 1)
		b.pass(time.Second)
		b.reminded(t, 1)
	})
}

func TestAReminderIsWrittenUpToTheEnd(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		b.wanting(t)
		b.pass(b.DraftTTL - time.Second) // nobody looked before
		b.reminded(t, 1)
	})
}

func TestTheLinksInAReminder(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w := b.wanting(t)
		b.pass(b.DraftTTL - b.RemindBefore)
		b.reminded(t, 1)
		found := tokens(b.letter(t, mail.Reminder), "/resume/")
		if len(found) != 2 || found[1] != found[0]+"/delete" {
			t.Fatalf("the letter has the links %q, want one to continue and one to delete", found)
		}
		b.pass(b.RemindBefore - time.Second) // longer than LinkTTL
		way := b.way(t, found[0])
		wantSame(t, b.enter(t, way, "press"), w)
		fine(t, b.DeleteByLink(t.Context(), way))
		b.wantNoTrace(t, w)
		b.wantStanding(t, found[0], Mistyped)
	})
}

func TestAReminderComesTooLateForADraftThatHasEnded(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w := b.wanting(t)
		b.pass(b.DraftTTL)
		b.reminded(t, 0)
		b.wantNoTrace(t, w)
	})
}

func TestWhoIsNotReminded(t *testing.T) {
	tests := map[string]func(*testing.T, *browser){
		"who did not ask for mail": func(t *testing.T, w *browser) {
			fine(t, w.Delete(t.Context(), w.id))
			w.id = w.begun(t).id
		},
		"who has sent it": func(t *testing.T, w *browser) { w.send(t, w.id) },
		"who has sent it and become a member": func(t *testing.T, w *browser) {
			w.send(t, w.id)
			w.confirmed(t)
		},
		"who has sent it, and it expired": func(t *testing.T, w *browser) {
			w.send(t, w.id)
			w.pass(w.WaitingTTL)
			fine(t, w.Expire(t.Context()))
		},
		"who has deleted it": func(t *testing.T, w *browser) { fine(t, w.Delete(t.Context(), w.id)) },
		"where nobody is":    func(_ *testing.T, w *browser) { w.RemindBefore = 0 },
	}
	for name, then := range tests {
		t.Run(name, func(t *testing.T) {
			overStores(t, func(t *testing.T, b *bench) {
				w := b.wanting(t)
				then(t, w)
				for b.now.Before(noon.Add(2 * b.DraftTTL)) {
					b.pass(24 * time.Hour)
					b.reminded(t, 0)
				}
			})
		})
	}
}

func TestWhoHasSavedSinceIsRemindedLater(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w := b.wanting(t)
		b.pass(b.DraftTTL - b.RemindBefore - time.Hour)
		w.open(t, "two").must(t, Autosave, form.Answers{"pet": {"cat"}})
		saved := b.now
		b.pass(2 * time.Hour)
		b.reminded(t, 0)
		b.now = saved.Add(b.DraftTTL - b.RemindBefore - time.Second)
		b.reminded(t, 0)
		b.now = saved.Add(b.DraftTTL - b.RemindBefore)
		b.reminded(t, 1)
	})
}

func TestThereIsNoSecondReminder(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w := b.wanting(t)
		b.pass(b.DraftTTL - b.RemindBefore)
		b.reminded(t, 1)
		for range 3 { // it is saved again, and mail asked for again
			b.pass(time.Hour)
			w.open(t, "two").must(t, Continue, nil)
			w.mailed(t, "Zoe@example.ca")
			b.pass(b.DraftTTL - 2*time.Hour)
			b.reminded(t, 1)
		}
	})
}

func TestReminderGoesToWhereMailWasAskedToLast(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	w := b.wanting(t)
	fine(t, b.SendResumeLink(t.Context(), w.id, "new@example.ca", i18n.English, ""))
	b.pass(b.DraftTTL - b.RemindBefore)
	b.reminded(t, 1)
	if l := b.letter(t, mail.Reminder); l.To != "new@example.ca" || l.Lang != i18n.English {
		t.Errorf("the reminder is to %s in %s, want it to new@example.ca in English", l.To, l.Lang)
	}
}

func TestRemindersAtTheSameTimeMakeOneLetter(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w := b.wanting(t)
		b.pass(b.DraftTTL - b.RemindBefore)
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() {
				if err := b.Remind(t.Context()); err != nil {
					t.Errorf("Remind: %v", err)
				}
			})
		}
		all.Wait()
		b.reminded(t, 1)
		b.wantCount(t, "grants", 2)
		fine(t, b.Delete(t.Context(), w.id))
		if left := b.letters(t, mail.Reminder); len(left) > 0 {
			t.Error("the letter that waits was not given up with the draft")
		}
	})
}
