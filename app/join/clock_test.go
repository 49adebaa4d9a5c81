package join

import (
	"testing"
	"time"

	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/mail"
)

// tidied does what is done once an hour, and wants no trouble.
func (b *bench) tidied(t *testing.T) {
	t.Helper()
	fine(t, b.Expire(t.Context()))
	fine(t, b.Remind(t.Context()))
	fine(t, b.Sweep(t.Context()))
}

// jumps are what a clock may do, in either order.
var jumps = map[string][]time.Duration{
	"an hour back":               {-time.Hour},
	"an hour forward":            {time.Hour},
	"an hour back and forward":   {-time.Hour, time.Hour},
	"an hour forward and back":   {time.Hour, -time.Hour},
	"three hours, one at a time": {time.Hour, time.Hour, time.Hour},
}

func TestTheClockJumpsWhileADraftIsFilledIn(t *testing.T) {
	for name, jumps := range jumps {
		t.Run(name, func(t *testing.T) {
			overStores(t, func(t *testing.T, b *bench) {
				b.Limits.PerAddress = mail.Budget{}
				w := b.begun(t)
				token, p := w.mailed(t, "zoe@example.ca"), w.open(t, "two")
				for _, jump := range jumps {
					b.pass(jump)
					b.tidied(t)
					p.must(t, Autosave, form.Answers{"pet": {"cat"}, "petname": {b.now.String()}})
					if got := w.progress(t).Draft; !got.Saved.Equal(b.now) || w.open(t, "two").answers.First("petname") != b.now.String() {
						t.Errorf("what was saved at %s is %+v", b.now, got)
					}
					b.wantStanding(t, token, Open)
				}
				p.must(t, Continue, nil)
				wantSame(t, b.enter(t, b.way(t, token), "press"), w)
				wantSame(t, w.beside(t), w)
				b.send(t, w.id)
				b.tidied(t)
				b.confirmed(t)
				b.wantCount(t, "mails WHERE kind = 'reminder'", 0)
			})
		})
	}
}

// TestTheClockJumpsAroundAReminder has the clock cross the time of the reminder
// several times.
func TestTheClockJumpsAroundAReminder(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w := b.wanting(t)
		b.now = noon.Add(b.DraftTTL - b.RemindBefore - time.Minute)
		b.tidied(t)
		b.wantCount(t, "mails WHERE kind = 'reminder'", 0)
		for _, jump := range []time.Duration{time.Hour, -time.Hour, time.Hour, -2 * time.Hour, 3 * time.Hour} {
			b.pass(jump)
			b.tidied(t)
			b.wantCount(t, "mails WHERE kind = 'reminder'", 1)
		}
		w.wantNext(t, "")
	})
}

func TestLinksAndCodesGoByTheClock(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w := b.begun(t)
		token, code := w.mailed(t, "zoe@example.ca"), w.code(t)
		for _, at := range []struct {
			after      time.Duration
			link, code LinkStatus
		}{
			{-time.Hour, Open, Open},
			{time.Minute, Open, Open},
			{time.Hour, Open, Late},
			{25 * time.Hour, Late, Late},
			{time.Hour, Open, Late},
			{time.Minute, Open, Open},
		} {
			b.now = noon.Add(at.after)
			b.wantStanding(t, token, at.link)
			b.wantCode(t, "phone", code, at.code, 0)
		}
	})
}

// TestTheClockJumpsBackWhileCodesAreTyped must make guessing no easier, and lock
// nobody out for longer than the code would have lasted.
func TestTheClockJumpsBackWhileCodesAreTyped(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	w := b.begun(t)
	code := w.code(t)
	for i := range deviceAttempts {
		b.pass(-time.Hour)
		b.wantCode(t, "phone", "AAAA AAAA", Mistyped, deviceAttempts-1-i)
	}
	b.pass(-time.Hour)
	b.wantCode(t, "phone", "AAAA AAAA", Mistyped, 0)
	b.now = noon
	b.wantCode(t, "phone", code, Open, 0) // the tries are hours ago
}

func TestAfter400DaysAllHasEndedAndAFreshStartWorks(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w, sent := b.wanting(t), &browser{bench: b, id: b.sent(t)}
		token, code, confirm := w.mailed(t, "zoe@example.ca"), w.code(t), b.proof(t)
		p := w.open(t, "two")
		b.pass(400 * 24 * time.Hour)
		b.wantStanding(t, token, Gone)
		b.wantCode(t, "phone", code, Gone, 0)
		w.wantNoDraft(t)
		sent.wantNoDraft(t)
		_, err := p.save(t, Autosave, nil)
		wantError(t, "a quiet save", err, ErrDraftGone)
		for range 2 {
			b.tidied(t)
		}
		b.wantCount(t, "mails WHERE kind = 'reminder'", 0)
		b.wantCount(t, "members", 0)
		for _, table := range []string{"draft_access", "sessions", "grants", "attempts"} {
			b.wantCount(t, table, 0)
		}
		b.wantStanding(t, token, Mistyped)
		b.wantCode(t, "phone", code, Mistyped, 4)
		if standing := b.link(t, confirm).Status; standing != Gone {
			t.Errorf("the link to confirm is %s, want gone", standing)
		}
		if reply := p.must(t, Continue, form.Answers{"pet": {"none"}}); !reply.NewDraft {
			t.Errorf("Answer = %+v, want a fresh start", reply)
		}
		w.open(t, "one").must(t, Continue, form.Answers{"mail": {"zoe@example.ca"}, "lang": {"en"}})
		b.send(t, w.id)
		b.confirmed(t)
		b.wantCount(t, "members", 1)
	})
}

// TestTheClockComesBackFrom400Days has it set right after a while. What was
// begun meanwhile is kept for long; what was swept is lost.
func TestTheClockComesBackFrom400Days(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w := b.wanting(t)
		b.pass(400 * 24 * time.Hour)
		b.now = noon.Add(time.Hour) // before anything swept
		w.wantNext(t, "")
		b.pass(400 * 24 * time.Hour)
		future := b.begun(t)
		b.now = noon.Add(2 * time.Hour)
		b.tidied(t)
		future.open(t, "two").must(t, Continue, form.Answers{"pet": {"none"}})
		fine(t, b.SaveConsents(t.Context(), future.id, []string{"news"}, i18n.English))
		b.send(t, future.id)
		b.confirmed(t)
		b.pass(b.DraftTTL)
		b.tidied(t)
		b.wantCount(t, "draft_access", 0)
	})
}

// TestADraftBegunByAClockThatWasAheadEndsInTime once it was saved by a right
// one.
func TestADraftBegunByAClockThatWasAheadEndsInTime(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	b.pass(400 * 24 * time.Hour)
	w := b.wanting(t)
	b.pass(-400 * 24 * time.Hour)
	w.open(t, "two").must(t, Continue, nil)
	b.pass(b.DraftTTL - b.RemindBefore)
	b.reminded(t, 1)
}
