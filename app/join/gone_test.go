package join

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"joinery/app/draft"
	"joinery/app/form"
	"joinery/app/i18n"
)

// endings are the ways in which a draft ends under a page that shows it.
var endings = map[string]func(*testing.T, *browser){
	"deleted":          func(t *testing.T, w *browser) { fine(t, w.Delete(t.Context(), w.id)) },
	"expired":          func(_ *testing.T, w *browser) { w.pass(w.DraftTTL) },
	"expired and gone": func(t *testing.T, w *browser) { w.pass(w.DraftTTL); fine(t, w.Sweep(t.Context())) },
}

func TestQuietSavesToADraftThatIsGoneBeginNothing(t *testing.T) {
	for name, end := range endings {
		t.Run(name, func(t *testing.T) {
			overStores(t, func(t *testing.T, b *bench) {
				w := b.begun(t)
				p := w.open(t, "two")
				end(t, w)
				_, err := p.save(t, Autosave, form.Answers{"pet": {"none"}})
				wantError(t, "Answer", err, ErrDraftGone)
				w.wantNoDraft(t)
				b.wantCount(t, fmt.Sprint("draft_access WHERE expires_at > ", b.now.Unix()), 0)
			})
		})
	}
}

func TestContinueOfADraftThatIsGoneBeginsAnother(t *testing.T) {
	for name, end := range endings {
		for _, m := range []SaveMode{Continue, Leave} {
			t.Run(name, func(t *testing.T) {
				overStores(t, func(t *testing.T, b *bench) {
					w := b.begun(t)
					p, before := w.open(t, "two"), w.id
					end(t, w)
					reply := p.must(t, m, form.Answers{"pet": {"cat"}, "petname": {"Łuna"}})
					if !reply.NewDraft || reply.Session == before || reply.Session == "" {
						t.Errorf("Answer = %+v, want a draft begun anew, with a new id", reply)
					}
					w.wantTyped(t, form.Answers{"pet": {"cat"}, "petname": {"Łuna"}})
					w.wantNext(t, "one")
					(&browser{bench: b, id: before}).wantNoDraft(t)
				})
			})
		}
	}
}

// A fickle store ends a draft between looking and saving.
type fickle struct {
	draft.Store
	end func()
}

func (f *fickle) Save(ctx context.Context, key string, s draft.Save) (int64, error) {
	if f.end != nil {
		end := f.end
		f.end = nil
		end()
	}
	return f.Store.Save(ctx, key, s)
}

func TestADraftThatEndsWhileItIsSaved(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		store := &fickle{Store: b.Drafts}
		b.Drafts = store
		endings := map[string]struct {
			end         func(w *browser)
			quiet, goOn error
		}{
			"deleted": {func(w *browser) { fine(t, b.Delete(t.Context(), w.id)) }, ErrDraftGone, nil},
			"sent":    {func(w *browser) { b.send(t, w.id) }, ErrSent, ErrSent},
		}
		for name, tt := range endings {
			for m, want := range map[SaveMode]error{Autosave: tt.quiet, Continue: tt.goOn} {
				w := &browser{bench: b, id: b.finished(t)}
				p := w.open(t, "two")
				store.end = func() { tt.end(w) }
				_, err := p.save(t, m, form.Answers{"pet": {"cat"}})
				wantError(t, name, err, want)
			}
		}
	})
}

func TestADraftThatWouldBeTooLargeStaysAsItIs(t *testing.T) {
	for name, m := range manners {
		t.Run(name, func(t *testing.T) {
			overStores(t, func(t *testing.T, b *bench) {
				w := b.begun(t)
				w.open(t, "two").must(t, Continue, form.Answers{"pet": {"cat"}, "petname": {"Łuna"}})
				_, err := w.open(t, "two").save(t, m, form.Answers{"petname": {strings.Repeat("x", draft.MaxBytes)}})
				wantError(t, "Answer", err, ErrTooLarge)
				w.wantTyped(t, form.Answers{"mail": {"zoe@example.ca"}, "lang": {"en"}, "pet": {"cat"}, "petname": {"Łuna"}})
				w.wantNext(t, "")

				fresh := &browser{bench: b}
				_, err = fresh.open(t, "one").save(t, m, form.Answers{"mail": {strings.Repeat("x", draft.MaxBytes)}})
				wantError(t, "the first Answer", err, ErrTooLarge)
				fresh.wantNoDraft(t)
			})
		})
	}
}

// TestAPageOfAnotherDraftNeverWritesIntoThisOne has a browser given another
// draft while a page of the first is open.
func TestAPageOfAnotherDraftNeverWritesIntoThisOne(t *testing.T) {
	for name, m := range manners {
		t.Run(name, func(t *testing.T) {
			overStores(t, func(t *testing.T, b *bench) {
				w, other := b.begun(t), b.begun(t)
				other.open(t, "one").must(t, Continue, form.Answers{"mail": {"other@example.ca"}})
				one, two := w.open(t, "one"), w.open(t, "two")
				w.id = other.beside(t).id
				one.elsewhere(t, m, form.Answers{"lang": {"fr"}}, "mail theirs", "lang mine")
				c := two.elsewhere(t, m, form.Answers{"pet": {"none"}}, "pet mine")
				if m == Autosave {
					return
				}
				if _, err := two.choose(t, c.Conflict); err != nil {
					t.Errorf("choosing: %v", err)
				}
				w.wantTyped(t, form.Answers{"mail": {"other@example.ca"}, "lang": {"en"}, "pet": {"none"}})
			})
		})
	}
}

func TestAPageOfACorrectedApplicationNeverWritesIntoTheCorrection(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w := &browser{bench: b, id: b.finished(t)}
		p := w.open(t, "one")
		b.send(t, w.id)
		fine(t, b.StartCorrection(t.Context(), w.id))
		p.elsewhere(t, Continue, form.Answers{"mail": {"stale@example.ca"}}, "mail mine")
		p.must(t, Continue, form.Answers{"mail": {"Zoe@Hospital.EXAMPLE"}}) // says the same
	})
}

func TestAPageThatTellsNothingOfWhatItShowedOverwritesNothing(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w := b.begun(t)
		for _, seen := range []string{"", "garbage", "0-P--", "-1-P-d-v", strings.Repeat("9", 30) + "-P--"} {
			p := w.open(t, "one")
			p.seen = ParseSnapshot(seen)
			p.elsewhere(t, Continue, form.Answers{"mail": {"other@example.ca"}}, "mail mine")
		}
		_, err := b.Save(t.Context(), w.id, Submission{Section: &b.Form.Sections[1], Answers: form.Answers{"pet": {"none"}}, Lang: i18n.English})
		if errors.Is(err, ErrConflict) {
			t.Error("a section that was never saved was changed elsewhere")
		}
	})
}

// TestAPageOfWhatBecameAMemberIsToldSo saves from it after the confirmation.
func TestAPageOfWhatBecameAMemberIsToldSo(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	w := &browser{bench: b, id: b.finished(t)}
	stale := w.open(t, "two")
	b.send(t, w.id)
	b.confirmed(t)
	for _, m := range []SaveMode{Autosave, Leave, Continue} {
		_, err := stale.save(t, m, form.Answers{"pet": {"cat"}})
		wantError(t, "Answer", err, ErrSent)
	}
}
