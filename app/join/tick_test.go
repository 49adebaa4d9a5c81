package join

import (
	"slices"
	"testing"

	"joinery/app/form"
	"joinery/app/i18n"
)

func TestTickKeepsKnownConsentsOfADraft(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w := &browser{bench: b, id: b.finished(t)}
		fine(t, b.SaveConsents(t.Context(), w.id, []string{"made up", "news"}, i18n.English))
		if got := b.SavedConsents(w.progress(t)); !slices.Equal(got, []string{"news"}) {
			t.Errorf("ticked are %q, want news alone", got)
		}
		w.wantNext(t, "")
		fine(t, b.SaveConsents(t.Context(), w.id, nil, i18n.English))
		if got := b.SavedConsents(w.progress(t)); len(got) > 0 {
			t.Errorf("ticked are %q, want none any more", got)
		}
	})
}

func TestTicksAreForTheWordsBesideThem(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	w := &browser{bench: b, id: b.finished(t)}
	fine(t, b.SaveConsents(t.Context(), w.id, []string{"keep"}, i18n.English))
	b.became(t, func(d *form.Definition) { d.Consents[0].Wording["fr"] = "Autre chose" })
	if got := b.SavedConsents(w.progress(t)); len(got) > 0 {
		t.Errorf("ticked are %q beside words that nobody has seen", got)
	}
	fine(t, b.SaveConsents(t.Context(), w.id, []string{"keep"}, i18n.English))
	if got := b.SavedConsents(w.progress(t)); !slices.Equal(got, []string{"keep"}) {
		t.Errorf("ticked are %q, want what was ticked again", got)
	}
}

func TestTickBeginsNothing(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		for _, id := range []string{"", "x"} {
			fine(t, b.SaveConsents(t.Context(), id, []string{"keep"}, i18n.English))
			(&browser{bench: b, id: id}).wantNoDraft(t)
		}
		sent := b.sent(t)
		wantError(t, "Tick of what was sent", b.SaveConsents(t.Context(), sent, []string{"keep"}, i18n.English), ErrSent)
	})
}
