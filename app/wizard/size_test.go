package wizard_test

import (
	"slices"
	"strings"
	"testing"

	"joinery/app/draft"
	"joinery/app/form"
	"joinery/app/journeytest"
	"joinery/app/wizard"
)

// TestOfATextThatIsMuchTooLongTheBeginningIsKept wants the result to have all of it, for
// the page that refuses it.
func TestOfATextThatIsMuchTooLongTheBeginningIsKept(t *testing.T) {
	for name, m := range modes {
		t.Run(name, func(t *testing.T) {
			journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
				limit := j.Form.Field("mail").Limit()
				for _, typed := range []string{strings.Repeat("x", 60_000), strings.Repeat("é", 2*limit+1), strings.Repeat("<", 2*limit+1), strings.Repeat("a\u0323\u0302", 5*limit)} {
					b := j.Browser("")
					result := b.Open(t, "one").MustSave(t, m, form.Answers{"mail": {typed}, "lang": {"en"}})
					if result.Answers.First("mail") != typed || !slices.Equal(result.Cut, []string{"mail"}) || len(result.Problems) == 0 {
						t.Errorf("the result is %.200v, cut in %q, with problems %v", result.Answers, result.Cut, result.Problems)
					}
					kept := b.Progress(t).Draft.Typed(j.Form).First("mail")
					if n := len([]rune(kept)); n != 2*limit || !strings.HasPrefix(typed, kept) {
						t.Errorf("%d characters are kept: %.50q", n, kept)
					}
					b.WantNext(t, "one")
				}
			})
		})
	}
}

// TestWhatIsALittleTooLongIsKept also when its accents are typed apart.
func TestWhatIsALittleTooLongIsKept(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	limit := j.Form.Field("mail").Limit()
	for _, typed := range []string{strings.Repeat("x", 2*limit), strings.Repeat("a\u0323\u0302", 2*limit), strings.Repeat("각", limit), strings.Repeat("🦜", 2*limit)} {
		b := j.Browser("")
		result := b.Open(t, "one").MustSave(t, wizard.Continue, form.Answers{"mail": {typed}, "lang": {"en"}})
		if kept := b.Progress(t).Draft.Typed(j.Form).First("mail"); kept != typed || len(result.Cut) > 0 {
			t.Errorf("%d bytes became %d", len(typed), len(kept))
		}
	}
}

// TestAnAnswerThatIsNotAskedIsCutToo takes the place of one that was right.
func TestAnAnswerThatIsNotAskedIsCutToo(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	b := j.Begun(t)
	b.Open(t, "two").MustSave(t, wizard.Continue, form.Answers{"pet": {"cat"}, "petname": {"Łuna"}})
	b.Open(t, "two").MustSave(t, wizard.Continue, form.Answers{"pet": {"none"}, "petname": {strings.Repeat("x", 60_000)}})
	if kept := b.Progress(t).Draft.Sections["two"].Typed().First("petname"); len(kept) > 400 {
		t.Errorf("%d bytes are kept", len(kept))
	}
}

// TestTheLargestDraftFitsAndIsSmall fills in the membership form: all that its rules
// allow, in the letters with the most bytes, and all that is kept of what they do not
// allow.
func TestTheLargestDraftFitsAndIsSmall(t *testing.T) {
	t.Parallel()
	membership, err := form.Membership()
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"accents typed apart": "a\u0323\u0302", "syllables of letters": "\u1100\u1161\u11a8", "markup": "<<", "parrots": "🦜🦜", "quotes": `""`} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			j := journeytest.New(t, func(s *journeytest.Setup) { s.Form = membership })
			b := j.Browser("")
			for _, section := range membership.Sections {
				answers := make(form.Answers)
				for _, f := range section.Fields {
					if answers[f.Key] = []string{strings.Repeat(text, f.Limit())}; f.Kind.Choice() {
						answers[f.Key] = nil
						for _, o := range f.Options {
							answers[f.Key] = append(answers[f.Key], o.Code)
						}
					}
				}
				if result := b.Open(t, section.Key).MustSave(t, wizard.Continue, answers); len(result.Cut) > 0 {
					t.Errorf("cut are %q", result.Cut)
				}
			}
			given := []string{}
			for _, c := range membership.Consents {
				given = append(given, c.Key)
			}
			journeytest.Must(t, j.Wizard.SaveConsents(t.Context(), b.Progress(t), given, false))
			p := b.Progress(t)
			if !slices.Equal(j.Wizard.SavedConsents(p), given) {
				t.Error("the consents are not kept")
			}
			most := draft.Section{Answers: form.Answers{"notes": {strings.Repeat("x", 20_000)}}}
			_, err := j.Drafts.Save(t.Context(), j.StoredDraft(t, p.Draft.Key), draft.Save{Section: "more", Content: most, At: j.Now(), Base: draft.AnyVersion, MaxBytes: 60_000})
			journeytest.Must(t, err) // the draft has less than 40,000 bytes
		})
	}
}
