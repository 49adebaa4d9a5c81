package wizard_test

import (
	"fmt"
	"testing"

	"joinery/app/form"
	"joinery/app/journeytest"
	"joinery/app/wizard"
)

// endings are the ways in which a draft ends under a page that shows it.
var endings = map[string]func(*testing.T, *journeytest.Browser){
	"deleted": func(t *testing.T, b *journeytest.Browser) { journeytest.Must(t, b.Delete(t.Context(), b.Session)) },
	"expired": func(_ *testing.T, b *journeytest.Browser) { b.Pass(b.DraftTTL) },
	"expired and swept": func(t *testing.T, b *journeytest.Browser) {
		b.Pass(b.DraftTTL)
		journeytest.Must(t, b.Resume.Sweep(t.Context()))
	},
}

func TestAnAutosaveOfADraftThatIsGoneBeginsNothing(t *testing.T) {
	for name, end := range endings {
		t.Run(name, func(t *testing.T) {
			journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
				b := j.Begun(t)
				p := b.Open(t, "two")
				end(t, b)
				_, err := p.Save(t, wizard.Autosave, form.Answers{"pet": {"none"}})
				journeytest.WantError(t, "Save", err, wizard.ErrDraftGone)
				b.WantNoDraft(t)
				j.WantCount(t, fmt.Sprint("draft_access WHERE expires_at > ", j.Time.Unix()), 0)
			})
		})
	}
}

func TestAContinueOfADraftThatIsGoneBeginsAnother(t *testing.T) {
	for name, end := range endings {
		for mode, m := range map[string]wizard.SaveMode{"continue": wizard.Continue, "leave": wizard.Leave} {
			t.Run(name+", "+mode, func(t *testing.T) {
				journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
					b := j.Begun(t)
					p, before := b.Open(t, "two"), b.Session
					end(t, b)
					result := p.MustSave(t, m, form.Answers{"pet": {"cat"}, "petname": {"Łuna"}})
					if !result.NewDraft || result.Session == before || result.Session == "" {
						t.Errorf("Save = %+v, want a new draft, with a new session", result)
					}
					b.WantTyped(t, form.Answers{"pet": {"cat"}, "petname": {"Łuna"}})
					b.WantNext(t, "one")
					j.Browser(before).WantNoDraft(t)
				})
			})
		}
	}
}

// TestADraftMayEndWhileItIsSaved ends it between loading and saving.
func TestADraftMayEndWhileItIsSaved(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		store := j.HookDrafts(t)
		endings := map[string]struct {
			end                 func(session string)
			autosave, continued error
		}{
			"deleted":   {func(s string) { journeytest.Must(t, j.Delete(t.Context(), s)) }, wizard.ErrDraftGone, nil},
			"submitted": {func(s string) { j.MustSubmit(t, s) }, wizard.ErrSubmitted, wizard.ErrSubmitted},
		}
		for name, tt := range endings {
			for m, want := range map[wizard.SaveMode]error{wizard.Autosave: tt.autosave, wizard.Continue: tt.continued} {
				b := j.Browser(j.Finished(t))
				p := b.Open(t, "two")
				store.BeforeSave = func(string) error {
					store.BeforeSave = nil
					tt.end(b.Session)
					return nil
				}
				_, err := p.Save(t, m, form.Answers{"pet": {"cat"}})
				journeytest.WantError(t, name, err, want)
			}
		}
	})
}
