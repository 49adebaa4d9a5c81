package join

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"joinery/app/form"
)

// elsewhere saves p, which must not be possible because of what was saved
// elsewhere, and returns the conflict. It wants it to be about the questions
// named, each with whose answer is the newer one, and nothing to be changed.
func (p *page) elsewhere(t *testing.T, m SaveMode, typed form.Answers, want ...string) SaveResult {
	t.Helper()
	before := p.progress(t).Draft
	reply, err := p.save(t, m, typed)
	if !errors.Is(err, ErrConflict) || reply.Conflict == nil {
		t.Fatalf("Answer = %+v, %v, want ErrElsewhere", reply, err)
	}
	var got []string
	for _, d := range reply.Conflict.Differences {
		got = append(got, d.Field.Key+map[bool]string{true: " mine", false: " theirs"}[d.PostedIsNewer])
	}
	if !slices.Equal(got, want) {
		t.Errorf("the conflict is about %q, want %q", got, want)
	}
	if after := p.progress(t).Draft; !reflect.DeepEqual(after, before) {
		t.Errorf("the draft has become\n%+v, want what it was\n%+v", after, before)
	}
	return reply
}

// choose saves again what stands on p once a conflict was shown. Theirs are the
// questions of which the other answer is to stay.
func (p *page) choose(t *testing.T, c *Conflict, theirs ...string) (SaveResult, error) {
	t.Helper()
	f := p.filled(Continue)
	f.Snapshot, f.KeepStored = ParseSnapshot(c.Snapshot.String()), theirs
	return p.Save(t.Context(), p.id, f)
}

func TestASectionThatWasChangedElsewhereIsNotOverwritten(t *testing.T) {
	for name, m := range manners {
		t.Run(name, func(t *testing.T) {
			overStores(t, func(t *testing.T, b *bench) {
				w := b.begun(t)
				mine, theirs := w.open(t, "one"), w.beside(t).open(t, "one")
				theirs.must(t, Continue, form.Answers{"mail": {"theirs@example.ca"}})
				reply := mine.elsewhere(t, m, form.Answers{"lang": {"fr"}}, "mail theirs", "lang mine")
				if got := reply.Conflict.Stored; got.First("mail") != "theirs@example.ca" || got.First("lang") != "en" {
					t.Errorf("the other answers are %v", got)
				}
				if got := reply.Answers; got.First("mail") != "zoe@example.ca" || got.First("lang") != "fr" {
					t.Errorf("the answers of the page are %v", got)
				}
			})
		})
	}
}

func TestBothHaveChangedTheSameQuestion(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w := b.begun(t)
		mine, theirs := w.open(t, "one"), w.open(t, "one")
		theirs.must(t, Autosave, form.Answers{"mail": {"nobody"}}) // right or wrong
		mine.elsewhere(t, Continue, form.Answers{"mail": {"mine@example.ca"}}, "mail mine")
		mine.elsewhere(t, Autosave, form.Answers{"mail": {}}, "mail mine")
		theirs.must(t, Continue, form.Answers{"mail": {"theirs@example.ca"}})
		mine.elsewhere(t, Leave, form.Answers{"mail": {"mine@example.ca"}}, "mail mine")
	})
}

func TestWhatIsChosenStays(t *testing.T) {
	tests := []struct {
		theirs []string
		want   form.Answers
	}{
		{nil, form.Answers{"mail": {"mine@example.ca"}, "lang": {"fr"}}},
		{[]string{"mail"}, form.Answers{"mail": {"theirs@example.ca"}, "lang": {"fr"}}},
		{[]string{"lang"}, form.Answers{"mail": {"mine@example.ca"}, "lang": {"en"}}},
		{[]string{"mail", "lang"}, form.Answers{"mail": {"theirs@example.ca"}, "lang": {"en"}}},
		{[]string{"mail", "pet", "made up"}, form.Answers{"mail": {"theirs@example.ca"}, "lang": {"fr"}}},
	}
	overStores(t, func(t *testing.T, b *bench) {
		for _, tt := range tests {
			t.Run(fmt.Sprint("theirs in ", tt.theirs), func(t *testing.T) {
				w := b.begun(t)
				mine, theirs := w.open(t, "one"), w.open(t, "one")
				theirs.must(t, Autosave, form.Answers{"mail": {"theirs@example.ca"}})
				c := mine.elsewhere(t, Continue, form.Answers{"mail": {"mine@example.ca"}, "lang": {"fr"}}, "mail mine", "lang mine")
				if _, err := mine.choose(t, c.Conflict, tt.theirs...); err != nil {
					t.Errorf("choosing: %v", err)
				}
				w.wantTyped(t, tt.want)
				w.wantNext(t, "two")
				if reply, err := mine.choose(t, c.Conflict, tt.theirs...); err != nil {
					t.Errorf("choosing twice: %+v, %v", reply.Conflict, err)
				}
				w.wantTyped(t, tt.want)
			})
		}
	})
}

func TestAThirdOneComesBetweenAConflictAndTheChoice(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w := b.begun(t)
		mine, theirs := w.open(t, "one"), w.open(t, "one")
		theirs.must(t, Continue, form.Answers{"mail": {"theirs@example.ca"}})
		c := mine.elsewhere(t, Continue, form.Answers{"lang": {"fr"}}, "mail theirs", "lang mine")
		w.open(t, "one").must(t, Continue, form.Answers{"mail": {"third@example.ca"}})
		reply, err := mine.choose(t, c.Conflict, "lang")
		wantError(t, "choosing", err, ErrConflict)
		w.wantTyped(t, form.Answers{"mail": {"third@example.ca"}, "lang": {"en"}})
		if _, err := mine.choose(t, reply.Conflict, "mail"); err != nil {
			t.Errorf("choosing again: %v", err)
		}
		w.wantTyped(t, form.Answers{"mail": {"third@example.ca"}, "lang": {"fr"}})
	})
}

func TestWhereBothSayTheSameThereIsNoConflict(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w := b.begun(t)
		first, second, quiet := w.open(t, "one"), w.open(t, "one"), w.open(t, "one")
		same := form.Answers{"mail": {"new@example.ca"}, "lang": {"fr"}}
		first.must(t, Leave, same)
		second.must(t, Continue, same)
		w.wantNext(t, "two")
		if left := w.progress(t).LeftAt; left != "" {
			t.Errorf("%s was left in the middle, though it was continued", left)
		}
		quiet.must(t, Autosave, same)
		if left := w.progress(t).LeftAt; left != "" {
			t.Errorf("a late quiet save left %s in the middle", left)
		}
		w.wantTyped(t, same)
	})
}

func TestSavesOfDifferentSectionsNeverConflict(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w := &browser{bench: b, id: b.finished(t)}
		other := w.beside(t)
		one, two := w.open(t, "one"), other.open(t, "two")
		for i := range 5 {
			one.must(t, Autosave, form.Answers{"mail": {fmt.Sprint("zoe", i, "@example.ca")}})
			two.must(t, Autosave, form.Answers{"pet": {"cat"}, "petname": {fmt.Sprint("Łuna ", i)}})
		}
		one.must(t, Continue, nil)
		two.must(t, Continue, nil)
		w.wantTyped(t, form.Answers{"mail": {"zoe4@example.ca"}, "lang": {"fr"}, "pet": {"cat"}, "petname": {"Łuna 4"}})
		w.wantNext(t, "")
	})
}

// TestAQuestionThatTheirAnswerAsksHasTwoAnswersToo has the page take away the
// question by its answer, while its answer was changed elsewhere.
func TestAQuestionThatTheirAnswerAsksHasTwoAnswersToo(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w := b.begun(t)
		w.open(t, "two").must(t, Continue, form.Answers{"pet": {"cat"}, "petname": {"of before"}})
		mine, theirs := w.open(t, "two"), w.open(t, "two")
		theirs.must(t, Continue, form.Answers{"petname": {"Łuna"}})
		c := mine.elsewhere(t, Continue, form.Answers{"pet": {"none"}}, "pet mine", "petname theirs")
		if got := c.Answers.First("petname"); got != "of before" {
			t.Errorf("the name on the page is %q, want what was on it", got)
		}
		if _, err := mine.choose(t, c.Conflict, "pet", "petname"); err != nil {
			t.Errorf("choosing: %v", err)
		}
		if got := w.open(t, "two").answers.First("petname"); got != "Łuna" {
			t.Errorf("the name is %q, want the one that was saved elsewhere", got)
		}
	})
}
