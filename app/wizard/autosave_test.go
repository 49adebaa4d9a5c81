package wizard_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"joinery/app/form"
	"joinery/app/journeytest"
	"joinery/app/wizard"
)

func TestAutosavesOfOnePageAndItsContinueDoNotConflict(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Browser("")
		p := b.Open(t, "one") // shown when there was no draft yet
		for i := range 5 {
			p.MustSave(t, wizard.Autosave, form.Answers{"mail": {fmt.Sprint("zoe", i)}})
			b.WantTyped(t, form.Answers{"mail": {fmt.Sprint("zoe", i)}})
		}
		p.MustSave(t, wizard.Continue, form.Answers{"mail": {"zoe@example.ca"}, "lang": {"en"}})
		b.WantTyped(t, form.Answers{"mail": {"zoe@example.ca"}, "lang": {"en"}})
		b.WantNext(t, "two")
		j.WantCount(t, "sessions", 1)
	})
}

// TestAButtonHasTheLastWord has an autosave arrive before and after the press of a
// button during which it was under way.
func TestAButtonHasTheLastWord(t *testing.T) {
	pressed := form.Answers{"mail": {"pressed@example.ca"}, "lang": {"fr"}}
	typed := form.Answers{"mail": {"typed@example"}}
	for name, button := range map[string]wizard.SaveMode{"continue": wizard.Continue, "leave": wizard.Leave} {
		t.Run(name, func(t *testing.T) {
			journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
				b := j.Begun(t)
				p := b.Open(t, "one")
				p.MustSave(t, wizard.Autosave, typed)
				p.MustSave(t, button, pressed)
				b.WantTyped(t, pressed)

				b = j.Begun(t)
				p = b.Open(t, "one")
				p.MustSave(t, button, pressed)
				wantConflict(t, p, wizard.Autosave, typed, "mail posted")
				b.WantTyped(t, pressed)
			})
		})
	}
}

func TestAContinueThatIsPressedTwiceCountsOnce(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Begun(t)
		p := b.Open(t, "two")
		p.MustSave(t, wizard.Autosave, form.Answers{"pet": {"cat"}})
		for range 3 {
			p.MustSave(t, wizard.Continue, form.Answers{"pet": {"cat"}, "petname": {"Łuna"}})
			b.WantNext(t, "")
			b.WantTyped(t, form.Answers{"mail": {"zoe@example.ca"}, "lang": {"en"}, "pet": {"cat"}, "petname": {"Łuna"}})
		}
		b.Open(t, "two").MustSave(t, wizard.Continue, form.Answers{"petname": {"Miou"}})
		wantConflict(t, p, wizard.Continue, form.Answers{"pet": {"cat"}, "petname": {"Łuna"}}, "petname posted")
	})
}

// TestTwoPressesOfContinueAtTheSameTimeSucceed presses twice on one page before
// there is an answer.
func TestTwoPressesOfContinueAtTheSameTimeSucceed(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Begun(t)
		p := b.Open(t, "two")
		p.Answers = form.Answers{"pet": {"none"}}
		var all sync.WaitGroup
		for range 2 {
			all.Go(func() {
				if _, err := j.Save(t.Context(), b.Session, p.Submission(wizard.Continue)); err != nil {
					t.Errorf("Save: %v", err)
				}
			})
		}
		all.Wait()
		b.WantTyped(t, form.Answers{"mail": {"zoe@example.ca"}, "lang": {"en"}, "pet": {"none"}})
	})
}

func TestAutosavesOfTwoPagesConflict(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Begun(t)
		first, second := b.Open(t, "one"), b.Beside(t).Open(t, "one")
		first.MustSave(t, wizard.Autosave, form.Answers{"mail": {"first@example.ca"}})
		wantConflict(t, second, wizard.Autosave, form.Answers{"lang": {"fr"}}, "mail stored", "lang posted")
		later := b.Open(t, "one") // shows what the first has saved by now
		first.MustSave(t, wizard.Autosave, form.Answers{"mail": {"again@example.ca"}})
		wantConflict(t, later, wizard.Autosave, form.Answers{"lang": {"fr"}}, "mail stored", "lang posted")
		first.MustSave(t, wizard.Continue, nil)
		b.WantTyped(t, form.Answers{"mail": {"again@example.ca"}, "lang": {"en"}})
	})
}

// TestARefusedAutosaveIsAskedAboutOnContinue has the autosaves of a page refused:
// what was typed is still on the page.
func TestARefusedAutosaveIsAskedAboutOnContinue(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Begun(t)
		p := b.Open(t, "one")
		b.Open(t, "one").MustSave(t, wizard.Continue, form.Answers{"lang": {"fr"}})
		wantConflict(t, p, wizard.Autosave, form.Answers{"mail": {"posted@example.ca"}}, "mail posted", "lang stored")
		c := wantConflict(t, p, wizard.Continue, nil, "mail posted", "lang stored")
		if _, err := choose(t, p, c.Conflict, "lang"); err != nil {
			t.Errorf("choosing: %v", err)
		}
		b.WantTyped(t, form.Answers{"mail": {"posted@example.ca"}, "lang": {"fr"}})
	})
}

// TestManyDevicesLoseNothing has each device add something to one answer and, where
// that is refused, look again.
func TestManyDevicesLoseNothing(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b := j.Begun(t)
		var devices []*journeytest.Browser
		for range 8 {
			devices = append(devices, b.Beside(t))
		}
		b.Open(t, "two").MustSave(t, wizard.Continue, form.Answers{"pet": {"cat"}, "petname": {"-"}})
		var all sync.WaitGroup
		for i, device := range devices {
			all.Go(func() {
				for {
					p := device.Open(t, "two")
					name := p.Answers.First("petname") + fmt.Sprint(i)
					if _, err := p.Save(t, wizard.Continue, form.Answers{"petname": {name}}); err == nil {
						return
					} else if !errors.Is(err, wizard.ErrConflict) {
						t.Errorf("Save: %v", err)
						return
					}
				}
			})
		}
		all.Wait()
		if got := b.Open(t, "two").Answers.First("petname"); len(got) != 1+len(devices) {
			t.Errorf("%d devices have left %q", len(devices), got)
		}
	})
}
