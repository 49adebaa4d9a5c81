package join

import (
	"errors"
	"io"
	"maps"
	"reflect"
	"slices"
	"testing"

	"joinery/app/draft"
	"joinery/app/form"
	"joinery/app/i18n"
)

func TestAnswerSavesRightOrWrong(t *testing.T) {
	for name, newBench := range benches {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			reply := b.answer(t, "", "one", form.Answers{"mail": {"nobody"}, "lang": {"en"}})
			if got := slices.Collect(maps.Keys(reply.Problems)); !slices.Equal(got, []string{"mail"}) {
				t.Errorf("problems in %v, want them in mail", got)
			}
			progress, err := b.Progress(t.Context(), reply.ID)
			if err != nil || progress.Draft.Answers().One("mail") != "nobody" {
				t.Errorf("the draft is %+v, %v, want the wrong answer in it", progress.Draft, err)
			}
		})
	}
}

func TestAnswerBlamesNobodyForWhatWasNotOnThePage(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	id := b.answer(t, "", "one", form.Answers{"mail": {"zoe@example.ca"}, "lang": {"en"}}).ID
	unseen := b.answer(t, id, "two", form.Answers{"pet": {"cat"}})
	if !unseen.Unseen || len(unseen.Problems) > 0 {
		t.Errorf("%+v, want a question that was not seen and no problem", unseen)
	}
	seen := b.answer(t, id, "two", form.Answers{"pet": {"cat"}, "petname": {}}, "petname")
	if seen.Unseen || len(seen.Problems) != 1 {
		t.Errorf("%+v, want one problem", seen)
	}
}

func TestAnswerAdoptsNoID(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	for _, made := range []string{"", "x", draft.Digest("x"), "ABCDEFGHIJKLMNOPQRSTUVWXYZ"} {
		reply := b.answer(t, made, "one", form.Answers{"mail": {"zoe@example.ca"}, "lang": {"en"}})
		if reply.ID == made || len(reply.ID) < 26 {
			t.Errorf("with the id %q the draft has %q", made, reply.ID)
		}
	}
}

func TestAnswerAfterSending(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	id := b.finished(t)
	if _, err := b.Send(t.Context(), id, []string{"keep"}, i18n.English); err != nil {
		t.Fatal(err)
	}
	section := &b.Form.Sections[0]
	reply, err := b.Answer(t.Context(), id, section, form.Answers{"mail": {"x@example.ca"}}, nil, i18n.English)
	if !errors.Is(err, ErrSent) || reply.ID != "" {
		t.Errorf("Answer = %+v, %v, want ErrSent", reply, err)
	}
	if _, err := b.Drafts.Load(t.Context(), id); !errors.Is(err, draft.ErrNotFound) {
		t.Errorf("there is a draft again: %v", err)
	}
	b.now = noon.Add(b.WaitingTTL) // the sweep has not come yet
	if again := b.answer(t, id, "one", form.Answers{"mail": {"x@example.ca"}}); again.ID == id {
		t.Error("a new application has the secret of the old one")
	}
}

func TestAnswerThatCannotBeSaved(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	id := b.answer(t, "", "one", form.Answers{"mail": {"zoe@example.ca"}, "lang": {"en"}}).ID
	b.Drafts.(io.Closer).Close()
	typed := form.Answers{"pet": {"cat"}, "petname": {"Łuna"}}
	for _, id := range []string{id, ""} {
		reply, err := b.Answer(t.Context(), id, &b.Form.Sections[1], typed, []string{"petname"}, i18n.English)
		if !errors.Is(err, ErrNotSaved) {
			t.Errorf("Answer: %v, want ErrNotSaved", err)
		}
		for key, values := range typed {
			if !reflect.DeepEqual(reply.Answers[key], values) {
				t.Errorf("%s is %q, want what was typed, %q", key, reply.Answers[key], values)
			}
		}
	}
}

func TestReopenGivesTheAnswersBack(t *testing.T) {
	for name, newBench := range benches {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			id := b.finished(t)
			if _, err := b.Reopen(t.Context(), id); !errors.Is(err, ErrNoDraft) {
				t.Errorf("Reopen of what was not sent: %v, want ErrNoDraft", err)
			}
			if _, err := b.Send(t.Context(), id, []string{"keep"}, i18n.English); err != nil {
				t.Fatal(err)
			}
			correction, err := b.Reopen(t.Context(), id)
			if err != nil || correction == id {
				t.Fatalf("Reopen = %q, %v", correction, err)
			}
			progress, err := b.Progress(t.Context(), correction)
			if err != nil || progress.Next != nil {
				t.Errorf("the correction is not finished: %+v, %v", progress, err)
			}
			if got := progress.Draft.Answers(); got.One("mail") != "Zoe@Hospital.EXAMPLE" || got.One("pet") != "none" {
				t.Errorf("the answers have come back as %v", got)
			}
		})
	}
}
