package draft

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"joinery/app/form"
)

func raisesVersions(t *testing.T, h harness) {
	s := h.open(t)
	want := make(map[string]int64)
	var last int64
	for i, section := range []string{"about", "contact", "about", "about", "work", "contact"} {
		save := newSave(h.now(), section, form.Answers{"i": {fmt.Sprint(i)}})
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

func refusesOldPages(t *testing.T, h harness) {
	s := h.open(t)
	first := mustSave(t, s, key, newSave(h.now(), "about", form.Answers{"name": {"Ann"}}))
	second := mustSave(t, s, key, newSave(h.now(), "about", form.Answers{"name": {"Anne"}}))
	other := mustSave(t, s, key, newSave(h.now(), "contact", nil))
	h.pass(time.Minute)
	save := newSave(h.now(), "about", form.Answers{"name": {"Anna"}})
	save.Page = "a page"
	for _, base := range []int64{0, first, other, other + 1, -2} {
		save.Base = base
		save.Autosave = !save.Autosave
		wantRefused(t, s, save, ErrConflict)
	}
	save.Base = second
	mustSave(t, s, key, save)
	save.Section, save.Base = "work", second
	wantRefused(t, s, save, ErrConflict) // the section is empty
}

func replacesAnything(t *testing.T, h harness) {
	s := h.open(t)
	autosave := newSave(h.now(), "about", form.Answers{"name": {"Ann"}})
	autosave.Page, autosave.Autosave = "a page", true
	mustSave(t, s, key, autosave)
	mustSave(t, s, key, newSave(h.now(), "about", form.Answers{"name": {"Anne"}}))
	wantAnswers(t, s, map[string]form.Answers{"about": {"name": {"Anne"}}})
	autosave.Base = 0
	wantRefused(t, s, autosave, ErrConflict) // another save came between
}

// A pageSave is a save of a page that shows version base of the section. The first save
// makes version 1.
type pageSave struct {
	page  string
	base  int64
	how   string
	taken bool
}

func followsAutosaves(t *testing.T, h harness) {
	const auto, button, taken, refused = "autosave", "button", true, false
	tests := []struct {
		name  string
		saves []pageSave
	}{
		{"autosaves with the base of the page", []pageSave{{"A", 0, auto, taken}, {"A", 0, auto, taken}, {"A", 0, auto, taken}}},
		{"the button after its autosaves", []pageSave{{"A", 0, auto, taken}, {"A", 0, auto, taken}, {"A", 0, button, taken}}},
		{"no autosave after the button of its page", []pageSave{{"A", 0, auto, taken}, {"A", 0, button, taken}, {"A", 0, auto, refused}}},
		{"no button after itself", []pageSave{{"A", 0, auto, taken}, {"A", 0, button, taken}, {"A", 0, button, refused}}},
		{"autosaves with the version of the button", []pageSave{
			{"A", 0, button, taken}, {"A", 1, auto, taken}, {"A", 1, auto, taken}, {"A", 1, button, taken}}},
		{"no autosave of another page", []pageSave{{"A", 0, auto, taken}, {"B", 0, auto, refused}, {"A", 0, auto, taken}}},
		{"the button of another page only if it shows the newest version", []pageSave{
			{"A", 0, auto, taken}, {"A", 0, auto, taken}, {"B", 0, button, refused}, {"B", 1, button, refused},
			{"B", 2, button, taken}, {"A", 0, auto, refused}, {"A", 2, button, refused}}},
		{"until another page with the newest version saves", []pageSave{
			{"A", 0, auto, taken}, {"B", 1, auto, taken}, {"A", 0, auto, refused}, {"A", 0, button, refused}, {"B", 1, auto, taken}}},
		{"no autosave without a page", []pageSave{{"", 0, auto, taken}, {"", 0, auto, refused}, {"", 0, button, refused}, {"", 1, button, taken}}},
		{"pages differ by each letter", []pageSave{
			{"A (1)\n%d\x00 ", 0, auto, taken}, {"A (1)\n%d\x00", 0, auto, refused}, {"A (1)", 0, auto, refused}, {"A (1)\n%d\x00 ", 0, auto, taken}}},
	}
	s := h.open(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			mustDelete(t, s, key)
			for i, step := range tt.saves {
				h.pass(time.Second)
				save := newSave(h.now(), "about", form.Answers{"step": {fmt.Sprint(i)}})
				save.Base, save.Page, save.Autosave = step.base, step.page, step.how == auto
				if !step.taken {
					wantRefused(t, s, save, ErrConflict)
					continue
				}
				mustSave(t, s, key, save)
				wantAnswers(t, s, map[string]form.Answers{"about": save.Content.Answers})
			}
		})
	}
	t.Run("only in one section", func(t *testing.T) {
		mustDelete(t, s, key)
		save := newSave(h.now(), "about", nil)
		save.Base, save.Page, save.Autosave = 0, "A", true
		mustSave(t, s, key, newSave(h.now(), "contact", nil))
		mustSave(t, s, key, save)
		save.Section = "contact"
		wantRefused(t, s, save, ErrConflict)
	})
}
