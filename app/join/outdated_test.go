package join

import (
	"testing"

	"joinery/app/form"
	"joinery/app/i18n"
)

var likes = form.Field{
	Key: "likes", Kind: form.Checkboxes, Label: i18n.Text{"en": "Likes", "fr": "Goûts"},
	Options: []form.Option{
		{Code: "sun", Label: i18n.Text{"en": "Sun", "fr": "Soleil"}}, {Code: "rain", Label: i18n.Text{"en": "Rain", "fr": "Pluie"}},
	},
}

// likers changes the form, in which rain was liked, to one without it. A page
// that was open before is returned, and the browser that shows it.
func (b *bench) likers(t *testing.T, edit func(*form.Definition)) (*browser, *page) {
	t.Helper()
	old := reworked(t, questions, func(d *form.Definition) { put(d, "two", likes) })
	b.Form = old
	w := &browser{bench: b, id: b.finished(t)}
	w.open(t, "two").must(t, Continue, form.Answers{"likes": {"sun", "rain"}})
	before := w.open(t, "two")
	b.Former = map[string]*form.Definition{old.Version: old}
	b.Form = reworked(t, old.Source(), func(d *form.Definition) { d.Version = "2"; edit(d) })
	before.section, _ = b.Form.Section("two")
	return w, before
}

func withoutRain(d *form.Definition) {
	f := d.Field("likes")
	f.Options = f.Options[:1]
}

// TestWhatIsNoLongerOfferedStaysUntilSomebodyChooses changes another question
// meanwhile.
func TestWhatIsNoLongerOfferedStaysUntilSomebodyChooses(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w, _ := b.likers(t, withoutRain)
		for _, m := range []SaveMode{Autosave, Leave} {
			w.open(t, "two").must(t, m, form.Answers{"pet": {"cat"}, "likes": {"sun"}})
			w.wantChanges(t, "two", "lost likes Rain")
			w.wantNext(t, "two")
		}
		w.open(t, "two").must(t, Continue, form.Answers{"pet": {"none"}, "likes": {"sun"}})
		w.wantChanges(t, "two", "")
		w.wantNext(t, "")
	})
}

// TestAPageOfAnEarlierFormFinishesNothing continues from one that was open when
// the form changed.
func TestAPageOfAnEarlierFormFinishesNothing(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w, before := b.likers(t, func(d *form.Definition) { withoutRain(d); put(d, "two", colour) })
		reply := before.must(t, Continue, form.Answers{"likes": {"sun"}})
		if !reply.FormChanged {
			t.Error("nobody is told that the page was of an earlier form")
		}
		w.wantChanges(t, "two", "lost likes Rain, new colour")
		w.wantNext(t, "two")
		if reply := w.open(t, "two").must(t, Continue, form.Answers{"likes": {"sun"}}); reply.FormChanged {
			t.Error("the page is of the form that is asked now")
		}
		w.wantNext(t, "")
	})
}
