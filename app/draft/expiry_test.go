package draft

import (
	"testing"
	"time"

	"joinery/app/form"
)

func forgetsAfterTTL(t *testing.T, b bench) {
	s := b.open(t)
	mustSave(t, s, key, aSave(b.now(), "about", form.Answers{}))
	b.pass(ttl - time.Minute)
	mustSave(t, s, key, aSave(b.now(), "contact", form.Answers{}))
	b.pass(ttl - time.Millisecond)
	wantAnswers(t, s, map[string]form.Answers{"about": {}, "contact": {}}) // and must not prolong
	b.pass(time.Millisecond)
	wantGone(t, s, key)
}

func beginsAnew(t *testing.T, b bench) {
	s := b.open(t)
	mustSave(t, s, key, aSave(b.now(), "about", form.Answers{"name": {"Ann"}}))
	mustSave(t, s, key, aSave(b.now(), "contact", form.Answers{"email": {"old@example.com"}}))
	b.pass(ttl)
	first := aSave(b.now(), "contact", form.Answers{"email": {"ann@example.com"}})
	first.Base = 0
	mustSave(t, s, key, first)
	wantAnswers(t, s, map[string]form.Answers{"contact": {"email": {"ann@example.com"}}}) // nothing of before comes back
}

// followsTheClock puts the clock wrong and right again, as happens.
func followsTheClock(t *testing.T, b bench) {
	const years = 400 * 24 * time.Hour
	s := b.open(t)
	base := mustSave(t, s, key, aSave(b.now(), "about", form.Answers{"times": {"0"}}))
	for i, step := range []time.Duration{-time.Hour, 2 * time.Hour, -time.Hour} {
		b.pass(step)
		mustLoad(t, s, key)
		save := aSave(b.now(), "about", form.Answers{"times": {string(rune('1' + i))}})
		save.Base = base
		if version := mustSave(t, s, key, save); version <= base {
			t.Errorf("after %v the version is %d, want more than %d", step, version, base)
		} else {
			base = version
		}
		if saved := mustLoad(t, s, key).Saved; !saved.Equal(b.now()) {
			t.Errorf("it was saved at %v, want %v", saved, b.now())
		}
	}
	b.pass(years)
	wantGone(t, s, key)
	b.pass(-years)
	wantAnswers(t, s, map[string]form.Answers{"about": {"times": {"3"}}})
}

// refusesAfterTTL tells by putting the clock back.
func refusesAfterTTL(t *testing.T, b bench) {
	s := b.open(t)
	mustSave(t, s, key, aSave(b.now(), "about", form.Answers{"name": {"Ann"}}))
	b.pass(ttl)
	late := aSave(b.now(), "about", form.Answers{"name": {"Anne"}})
	late.Begin = false
	wantRefused(t, s, late, ErrNotFound)
	late.Begin, late.Base = true, 1
	wantRefused(t, s, late, ErrConflict) // what was shown is gone
	b.pass(-ttl)
	wantAnswers(t, s, map[string]form.Answers{"about": {"name": {"Ann"}}})
}
