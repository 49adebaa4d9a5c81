package draft

import (
	"testing"
	"time"

	"joinery/app/form"
)

func forgetsAfterTTL(t *testing.T, h harness) {
	s := h.open(t)
	mustSave(t, s, key, newSave(h.now(), "about", form.Answers{}))
	h.pass(ttl - time.Minute)
	mustSave(t, s, key, newSave(h.now(), "contact", form.Answers{}))
	h.pass(ttl - time.Millisecond)
	wantAnswers(t, s, map[string]form.Answers{"about": {}, "contact": {}}) // loading must not prolong
	h.pass(time.Millisecond)
	wantGone(t, s, key)
}

func beginsAnew(t *testing.T, h harness) {
	s := h.open(t)
	mustSave(t, s, key, newSave(h.now(), "about", form.Answers{"name": {"Ann"}}))
	mustSave(t, s, key, newSave(h.now(), "contact", form.Answers{"email": {"old@example.com"}}))
	h.pass(ttl)
	first := newSave(h.now(), "contact", form.Answers{"email": {"ann@example.com"}})
	first.Base = 0
	mustSave(t, s, key, first)
	wantAnswers(t, s, map[string]form.Answers{"contact": {"email": {"ann@example.com"}}}) // no old section comes back
}

// followsTheClock sets the clock back and forward.
func followsTheClock(t *testing.T, h harness) {
	const years = 400 * 24 * time.Hour
	s := h.open(t)
	base := mustSave(t, s, key, newSave(h.now(), "about", form.Answers{"times": {"0"}}))
	for i, step := range []time.Duration{-time.Hour, 2 * time.Hour, -time.Hour} {
		h.pass(step)
		mustLoad(t, s, key)
		save := newSave(h.now(), "about", form.Answers{"times": {string(rune('1' + i))}})
		save.Base = base
		if version := mustSave(t, s, key, save); version <= base {
			t.Errorf("after %v the version is %d, want more than %d", step, version, base)
		} else {
			base = version
		}
		if saved := mustLoad(t, s, key).Saved; !saved.Equal(h.now()) {
			t.Errorf("it was saved at %v, want %v", saved, h.now())
		}
	}
	h.pass(years)
	wantGone(t, s, key)
	h.pass(-years)
	wantAnswers(t, s, map[string]form.Answers{"about": {"times": {"3"}}})
}

// refusesAfterTTL sets the clock back to see that an expired draft is unchanged.
func refusesAfterTTL(t *testing.T, h harness) {
	s := h.open(t)
	mustSave(t, s, key, newSave(h.now(), "about", form.Answers{"name": {"Ann"}}))
	h.pass(ttl)
	late := newSave(h.now(), "about", form.Answers{"name": {"Anne"}})
	late.Begin = false
	wantRefused(t, s, late, ErrNotFound)
	late.Begin, late.Base = true, 1
	wantRefused(t, s, late, ErrConflict) // the version that was shown is gone
	h.pass(-ttl)
	wantAnswers(t, s, map[string]form.Answers{"about": {"name": {"Ann"}}})
}
