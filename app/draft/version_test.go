package draft

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"joinery/app/form"
)

func raisesVersions(t *testing.T, b bench) {
	s := b.open(t)
	want := make(map[string]int64)
	var last int64
	for i, section := range []string{"about", "contact", "about", "about", "work", "contact"} {
		save := aSave(b.now(), section, form.Answers{"i": {fmt.Sprint(i)}})
		save.Base = want[section] // 0 at first
		version := mustSave(t, s, key, save)
		if version <= last {
			t.Errorf("save %d has version %d, want more than %d", i, version, last)
		}
		want[section], last = version, version
	}
	got := make(map[string]int64)
	for section, content := range mustLoad(t, s, key).Sections {
		got[section] = content.Version
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("Load has the versions %v, want those that Save returned: %v", got, want)
	}
}

func refusesOldPages(t *testing.T, b bench) {
	s := b.open(t)
	first := mustSave(t, s, key, aSave(b.now(), "about", form.Answers{"name": {"Ann"}}))
	second := mustSave(t, s, key, aSave(b.now(), "about", form.Answers{"name": {"Anne"}}))
	other := mustSave(t, s, key, aSave(b.now(), "contact", nil))
	b.pass(time.Minute)
	save := aSave(b.now(), "about", form.Answers{"name": {"Anna"}})
	save.Page = "a page"
	for _, base := range []int64{0, first, other, other + 1, -2} {
		save.Base = base
		save.Autosave = !save.Autosave
		wantRefused(t, s, save, ErrConflict)
	}
	save.Base = second
	mustSave(t, s, key, save)
	save.Section, save.Base = "work", second
	wantRefused(t, s, save, ErrConflict) // there was none to show
}

func replacesAnything(t *testing.T, b bench) {
	s := b.open(t)
	quiet := aSave(b.now(), "about", form.Answers{"name": {"Ann"}})
	quiet.Page, quiet.Autosave = "a page", true
	mustSave(t, s, key, quiet)
	mustSave(t, s, key, aSave(b.now(), "about", form.Answers{"name": {"Anne"}}))
	wantAnswers(t, s, map[string]form.Answers{"about": {"name": {"Anne"}}})
	quiet.Base = 0
	wantRefused(t, s, quiet, ErrConflict) // its page has been spoken over
}

// A pageSave is a save of a page that was shown when the section had version
// base. Versions count from 1, so the first save that is taken makes it 1.
type pageSave struct {
	page  string
	base  int64
	how   string
	taken bool
}

func followsQuietSaves(t *testing.T, b bench) {
	const quiet, aloud, taken, refused = "quiet", "aloud", true, false
	tests := []struct {
		name  string
		saves []pageSave
	}{
		{"with the base the page began with", []pageSave{{"A", 0, quiet, taken}, {"A", 0, quiet, taken}, {"A", 0, quiet, taken}}},
		{"and its button follows them", []pageSave{{"A", 0, quiet, taken}, {"A", 0, quiet, taken}, {"A", 0, aloud, taken}}},
		{"but none that comes after its button", []pageSave{{"A", 0, quiet, taken}, {"A", 0, aloud, taken}, {"A", 0, quiet, refused}}},
		{"nor does its button follow itself", []pageSave{{"A", 0, quiet, taken}, {"A", 0, aloud, taken}, {"A", 0, aloud, refused}}},
		{"and go on from what its button saved", []pageSave{
			{"A", 0, aloud, taken}, {"A", 1, quiet, taken}, {"A", 1, quiet, taken}, {"A", 1, aloud, taken}}},
		{"not those of another page", []pageSave{{"A", 0, quiet, taken}, {"B", 0, quiet, refused}, {"A", 0, quiet, taken}}},
		{"nor the button of another, unless it shows the newest", []pageSave{
			{"A", 0, quiet, taken}, {"A", 0, quiet, taken}, {"B", 0, aloud, refused}, {"B", 1, aloud, refused},
			{"B", 2, aloud, taken}, {"A", 0, quiet, refused}, {"A", 2, aloud, refused}}},
		{"until another page that shows the newest takes over", []pageSave{
			{"A", 0, quiet, taken}, {"B", 1, quiet, taken}, {"A", 0, quiet, refused}, {"A", 0, aloud, refused}, {"B", 1, quiet, taken}}},
		{"not those of no page", []pageSave{{"", 0, quiet, taken}, {"", 0, quiet, refused}, {"", 0, aloud, refused}, {"", 1, aloud, taken}}},
		{"pages are told apart to the letter", []pageSave{
			{"A (1)\n%d\x00 ", 0, quiet, taken}, {"A (1)\n%d\x00", 0, quiet, refused}, {"A (1)", 0, quiet, refused}, {"A (1)\n%d\x00 ", 0, quiet, taken}}},
	}
	s := b.open(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			mustDelete(t, s, key)
			for i, step := range tt.saves {
				b.pass(time.Second)
				save := aSave(b.now(), "about", form.Answers{"step": {fmt.Sprint(i)}})
				save.Base, save.Page, save.Autosave = step.base, step.page, step.how == quiet
				if !step.taken {
					wantRefused(t, s, save, ErrConflict)
					continue
				}
				mustSave(t, s, key, save)
				wantAnswers(t, s, map[string]form.Answers{"about": save.Content.Answers})
			}
		})
	}
	t.Run("in one section alone", func(t *testing.T) {
		mustDelete(t, s, key)
		save := aSave(b.now(), "about", nil)
		save.Base, save.Page, save.Autosave = 0, "A", true
		mustSave(t, s, key, aSave(b.now(), "contact", nil))
		mustSave(t, s, key, save)
		save.Section = "contact"
		wantRefused(t, s, save, ErrConflict)
	})
}
