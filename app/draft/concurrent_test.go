package draft

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"sync"
	"testing"

	"joinery/app/form"
)

const writers = 64

// keepsConcurrentSaves has each of many writers add an answer to the section.
func keepsConcurrentSaves(t *testing.T, h harness) {
	s := h.open(t)
	base := mustSave(t, s, key, newSave(h.now(), "about", form.Answers{}))
	versions := make([]int64, writers)
	var all sync.WaitGroup
	for i := range writers {
		all.Go(func() {
			var err error
			if versions[i], err = add(t.Context(), s, newSave(h.now(), "about", nil), fmt.Sprint(i)); err != nil {
				t.Errorf("writer %d: %v", i, err)
			}
		})
	}
	all.Wait()

	want := form.Answers{}
	saves := map[int64]int{base: -1}
	for i, version := range versions {
		want[fmt.Sprint(i)] = []string{"of " + fmt.Sprint(i)}
		if other, ok := saves[version]; ok {
			t.Errorf("writers %d and %d both made version %d", i, other, version)
		}
		saves[version] = i
	}
	wantAnswers(t, s, map[string]form.Answers{"about": want})
}

// add loads the section, adds one answer and saves it, until no other save comes between.
func add(ctx context.Context, s Store, save Save, question string) (version int64, err error) {
	for {
		d, err := s.Load(ctx, idOf(key))
		if err != nil {
			return 0, err
		}
		section := d.Sections[save.Section]
		save.Base = section.Version
		save.Content.Answers = maps.Clone(section.Answers)
		save.Content.Answers[question] = []string{"of " + question}
		version, err := s.Save(ctx, idOf(key), save)
		if !errors.Is(err, ErrConflict) {
			return version, err
		}
	}
}

// keepsSectionsApart has each of many writers save a section of its own three times, each
// time with the version before as its base.
func keepsSectionsApart(t *testing.T, h harness) {
	s := h.open(t)
	want := make(map[string]form.Answers)
	var all sync.WaitGroup
	for i := range writers {
		section := fmt.Sprint("section", i)
		want[section] = form.Answers{"last": {section + " 3"}}
		all.Go(func() {
			var base int64
			for n := 1; n <= 3; n++ {
				save := newSave(h.now(), section, form.Answers{"last": {fmt.Sprint(section, " ", n)}})
				save.Base = base
				version, err := s.Save(t.Context(), idOf(key), save)
				if err != nil || version <= base {
					t.Errorf("%s: Save = %d, %v, want more than %d", section, version, err, base)
				}
				base = version
			}
		})
	}
	all.Wait()
	wantAnswers(t, s, want)
}
