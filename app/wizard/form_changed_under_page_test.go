package wizard_test

import (
	"testing"

	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/journeytest"
	"joinery/app/wizard"
)

var likes = form.Field{
	Key: "likes", Kind: form.Checkboxes, Label: i18n.Text{"en": "Likes", "fr": "Goûts"},
	Options: []form.Option{
		{Code: "sun", Label: i18n.Text{"en": "Sun", "fr": "Soleil"}}, {Code: "rain", Label: i18n.Text{"en": "Rain", "fr": "Pluie"}},
	},
}

// changedUnderPage changes the form, in which rain was ticked, by edit. It returns
// the browser and a page that was open before.
func changedUnderPage(t *testing.T, j *journeytest.Journey, edit func(*form.Definition)) (*journeytest.Browser, *journeytest.Page) {
	t.Helper()
	old := journeytest.Reworked(t, journeytest.Questions, func(d *form.Definition) { journeytest.Put(d, "two", likes) })
	j.Change(t, func(s *journeytest.Setup) { s.Form = old })
	b := j.Browser(j.Finished(t))
	b.Open(t, "two").MustSave(t, wizard.Continue, form.Answers{"likes": {"sun", "rain"}})
	before := b.Open(t, "two")
	j.Change(t, func(s *journeytest.Setup) {
		s.Former = map[string]*form.Definition{old.Version: old}
		s.Form = journeytest.Reworked(t, old.Source(), func(d *form.Definition) { d.Version = "2"; edit(d) })
	})
	before.Section, _ = j.Form.Section("two")
	return b, before
}

func withoutRain(d *form.Definition) {
	f := d.Field("likes")
	f.Options = f.Options[:1]
}

// TestAWithdrawnTickStaysUntilTheSectionIsContinued changes another question
// meanwhile.
func TestAWithdrawnTickStaysUntilTheSectionIsContinued(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b, _ := changedUnderPage(t, j, withoutRain)
		for _, m := range []wizard.SaveMode{wizard.Autosave, wizard.Leave} {
			b.Open(t, "two").MustSave(t, m, form.Answers{"pet": {"cat"}, "likes": {"sun"}})
			wantChanges(t, b, "two", "lost likes Rain")
			b.WantNext(t, "two")
		}
		b.Open(t, "two").MustSave(t, wizard.Continue, form.Answers{"pet": {"none"}, "likes": {"sun"}})
		wantChanges(t, b, "two", "")
		b.WantNext(t, "")
	})
}

// TestAPageOfAFormerFormFinishesNothing continues from a page that was open when
// the form changed.
func TestAPageOfAFormerFormFinishesNothing(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		b, before := changedUnderPage(t, j, func(d *form.Definition) { withoutRain(d); addColour(d) })
		result := before.MustSave(t, wizard.Continue, form.Answers{"likes": {"sun"}})
		if !result.FormChanged {
			t.Error("the result does not say that the page was of a former form")
		}
		wantChanges(t, b, "two", "lost likes Rain, new colour")
		b.WantNext(t, "two")
		if result := b.Open(t, "two").MustSave(t, wizard.Continue, form.Answers{"likes": {"sun"}}); result.FormChanged {
			t.Error("the page is of the form of now")
		}
		b.WantNext(t, "")
	})
}
