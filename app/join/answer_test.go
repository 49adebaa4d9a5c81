package join

import (
	"errors"
	"io"
	"reflect"
	"testing"

	"joinery/app/draft"
	"joinery/app/form"
	"joinery/app/token"
)

func TestAnswerBlamesNobodyForWhatWasNotOnThePage(t *testing.T) {
	t.Parallel()
	w := benches["embedded"](t).begun(t)
	unseen := w.open(t, "two").must(t, Continue, form.Answers{"pet": {"cat"}})
	if !unseen.MoreQuestions || len(unseen.Problems) > 0 {
		t.Errorf("%+v, want a question that was not seen and no problem", unseen)
	}
	w.wantNext(t, "two")
	seen := w.open(t, "two").must(t, Continue, form.Answers{"pet": {"cat"}, "petname": {}})
	if seen.MoreQuestions || len(seen.Problems) != 1 {
		t.Errorf("%+v, want one problem", seen)
	}
}

func TestAnAnswerComesBackWithItsQuestion(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w := b.begun(t)
		w.open(t, "two").must(t, Continue, form.Answers{"pet": {"cat"}, "petname": {"Łuna"}})
		w.open(t, "two").must(t, Continue, form.Answers{"pet": {"none"}})
		w.wantNext(t, "")
		w.open(t, "two").must(t, Autosave, form.Answers{"pet": {"cat"}})
		if got := w.open(t, "two").answers.First("petname"); got != "Łuna" {
			t.Errorf("the name is %q, want the one that was given", got)
		}
	})
}

func TestAnswerAdoptsNoID(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		key := b.begun(t).progress(t).Draft.Key
		for _, made := range []string{"", "x", token.Digest("x"), "ABCDEFGHIJKLMNOPQRSTUVWXYZ", key} {
			for _, m := range []SaveMode{Continue, Leave, Autosave} {
				w := &browser{bench: b, id: made}
				w.wantNoDraft(t)
				reply := w.open(t, "one").must(t, m, form.Answers{"mail": {"zoe@example.ca"}})
				if reply.Session == made || len(reply.Session) < 26 || reply.NewDraft {
					t.Errorf("with the id %q the draft has %q", made, reply.Session)
				}
				(&browser{bench: b, id: made}).wantNoDraft(t)
			}
		}
	})
}

func TestAnswerAfterSending(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w := &browser{bench: b, id: b.finished(t)}
		stale := w.open(t, "one")
		b.send(t, w.id)
		for _, m := range []SaveMode{Continue, Leave, Autosave} {
			reply, err := stale.save(t, m, form.Answers{"mail": {"x@example.ca"}})
			if !errors.Is(err, ErrSent) || reply.Session != "" {
				t.Errorf("Answer = %+v, %v, want ErrSent", reply, err)
			}
		}
		a, err := b.Sent(t.Context(), w.id)
		if err != nil || a.Answers.First("mail") != "Zoe@Hospital.EXAMPLE" {
			t.Errorf("what was sent is %+v, %v, want it as it was", a, err)
		}
		if _, err := b.Drafts.Load(t.Context(), a.Draft); !errors.Is(err, draft.ErrNotFound) {
			t.Errorf("there is a draft again: %v", err)
		}
		b.pass(b.WaitingTTL) // the sweep has not come yet
		before := w.id
		if again := stale.must(t, Continue, nil); again.Session == before || !again.NewDraft {
			t.Errorf("Answer = %+v, want a new application with a secret of its own", again)
		}
	})
}

func TestAnswerThatCannotBeSaved(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	w := b.begun(t)
	p := w.open(t, "two")
	fine(t, b.Drafts.(io.Closer).Close())
	typed := form.Answers{"pet": {"cat"}, "petname": {"Łuna"}}
	for _, id := range []string{w.id, ""} {
		w.id = id
		reply, err := p.save(t, Continue, typed)
		wantError(t, "Answer", err, ErrNotSaved)
		for key, values := range typed {
			if !reflect.DeepEqual(reply.Answers[key], values) {
				t.Errorf("%s is %q, want what was typed, %q", key, reply.Answers[key], values)
			}
		}
	}
}
