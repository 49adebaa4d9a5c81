package join

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"joinery/app/form"
)

func TestQuietSavesOfOnePageAndItsContinueDoNotConflict(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w := &browser{bench: b}
		p := w.open(t, "one") // shown when there was no draft yet
		for i := range 5 {
			p.must(t, Autosave, form.Answers{"mail": {fmt.Sprint("zoe", i)}})
			w.wantTyped(t, form.Answers{"mail": {fmt.Sprint("zoe", i)}})
		}
		p.must(t, Continue, form.Answers{"mail": {"zoe@example.ca"}, "lang": {"en"}})
		w.wantTyped(t, form.Answers{"mail": {"zoe@example.ca"}, "lang": {"en"}})
		w.wantNext(t, "two")
		b.wantCount(t, "sessions", 1)
	})
}

// TestContinueHasTheLastWord has a quiet save arrive before and after the
// Continue that was pressed while it was under way.
func TestContinueHasTheLastWord(t *testing.T) {
	said := form.Answers{"mail": {"said@example.ca"}, "lang": {"fr"}}
	quiet := form.Answers{"mail": {"quiet@example"}}
	for _, aloud := range []SaveMode{Continue, Leave} {
		t.Run(fmt.Sprint("manner ", aloud), func(t *testing.T) {
			overStores(t, func(t *testing.T, b *bench) {
				w := b.begun(t)
				p := w.open(t, "one")
				p.must(t, Autosave, quiet)
				p.must(t, aloud, said)
				w.wantTyped(t, said)

				w = b.begun(t)
				p = w.open(t, "one")
				p.must(t, aloud, said)
				p.elsewhere(t, Autosave, quiet, "mail mine")
				w.wantTyped(t, said)
			})
		})
	}
}

func TestAContinueThatIsPressedTwiceCountsOnce(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w := b.begun(t)
		p := w.open(t, "two")
		p.must(t, Autosave, form.Answers{"pet": {"cat"}})
		for range 3 {
			p.must(t, Continue, form.Answers{"pet": {"cat"}, "petname": {"Łuna"}})
			w.wantNext(t, "")
			w.wantTyped(t, form.Answers{"mail": {"zoe@example.ca"}, "lang": {"en"}, "pet": {"cat"}, "petname": {"Łuna"}})
		}
		w.open(t, "two").must(t, Continue, form.Answers{"petname": {"Miou"}})
		p.elsewhere(t, Continue, form.Answers{"pet": {"cat"}, "petname": {"Łuna"}}, "petname mine")
	})
}

// TestPressesAtTheSameTimeAllSucceed presses Continue twice on one page, before
// there is an answer.
func TestPressesAtTheSameTimeAllSucceed(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w := b.begun(t)
		p := w.open(t, "two")
		p.answers = form.Answers{"pet": {"none"}}
		var all sync.WaitGroup
		for range 2 {
			all.Go(func() {
				if _, err := b.Save(t.Context(), w.id, p.filled(Continue)); err != nil {
					t.Errorf("Answer: %v", err)
				}
			})
		}
		all.Wait()
		w.wantTyped(t, form.Answers{"mail": {"zoe@example.ca"}, "lang": {"en"}, "pet": {"none"}})
	})
}

func TestQuietSavesOfTwoPagesConflict(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w := b.begun(t)
		first, second := w.open(t, "one"), w.beside(t).open(t, "one")
		first.must(t, Autosave, form.Answers{"mail": {"first@example.ca"}})
		second.elsewhere(t, Autosave, form.Answers{"lang": {"fr"}}, "mail theirs", "lang mine")
		later := w.open(t, "one") // shows what the first has saved by now
		first.must(t, Autosave, form.Answers{"mail": {"again@example.ca"}})
		later.elsewhere(t, Autosave, form.Answers{"lang": {"fr"}}, "mail theirs", "lang mine")
		first.must(t, Continue, nil)
		w.wantTyped(t, form.Answers{"mail": {"again@example.ca"}, "lang": {"en"}})
	})
}

// TestWhoCannotSaveQuietlyIsAskedOnContinue has the quiet saves of a page
// refused: what was typed is still on it.
func TestWhoCannotSaveQuietlyIsAskedOnContinue(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w := b.begun(t)
		mine := w.open(t, "one")
		w.open(t, "one").must(t, Continue, form.Answers{"lang": {"fr"}})
		mine.elsewhere(t, Autosave, form.Answers{"mail": {"mine@example.ca"}}, "mail mine", "lang theirs")
		c := mine.elsewhere(t, Continue, nil, "mail mine", "lang theirs")
		if _, err := mine.choose(t, c.Conflict, "lang"); err != nil {
			t.Errorf("choosing: %v", err)
		}
		w.wantTyped(t, form.Answers{"mail": {"mine@example.ca"}, "lang": {"fr"}})
	})
}

// TestManyDevicesLoseNothing has each add to one section what it has to say,
// and where that is refused, look again.
func TestManyDevicesLoseNothing(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w := b.begun(t)
		var devices []*browser
		for range 8 {
			devices = append(devices, w.beside(t))
		}
		w.open(t, "two").must(t, Continue, form.Answers{"pet": {"cat"}, "petname": {"-"}})
		var all sync.WaitGroup
		for i, device := range devices {
			all.Go(func() {
				for {
					p := device.open(t, "two")
					name := p.answers.First("petname") + fmt.Sprint(i)
					if _, err := p.save(t, Continue, form.Answers{"petname": {name}}); err == nil {
						return
					} else if !errors.Is(err, ErrConflict) {
						t.Errorf("Answer: %v", err)
						return
					}
				}
			})
		}
		all.Wait()
		if got := w.open(t, "two").answers.First("petname"); len(got) != 1+len(devices) {
			t.Errorf("%d devices have left %q", len(devices), got)
		}
	})
}
