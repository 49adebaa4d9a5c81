package draft

import (
	"errors"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"joinery/app/form"
	"joinery/app/seal"
)

func keepsNothingReadable(t *testing.T, h harness) {
	s := h.open(t)
	save := newSave(h.now(), "about", form.Answers{"name": {"Ann-Sophie"}, "health": {"a rare disease"}})
	save.Content.Invalid = form.Answers{"email": {"ann@"}}
	mustSave(t, s, key, save)
	mustClose(t, s)
	raw := h.raw(t)
	if !strings.Contains(raw, key) {
		t.Fatal("this test does not see what the store keeps")
	}
	for _, word := range []string{"Ann-Sophie", "rare", "ann@", "health", "answers"} {
		if strings.Contains(raw, word) {
			t.Errorf("the store keeps %q in clear", word)
		}
	}
}

func opensWithItsKeyAlone(t *testing.T, h harness) {
	s := h.open(t)
	mustSave(t, s, key, newSave(h.now(), "about", form.Answers{"name": {"Ann"}}))
	for name, other := range map[string]seal.Key{"another key": seal.NewKey(), "no key": {}} {
		if d, err := s.Load(t.Context(), ID{Key: key, Seal: other}); !errors.Is(err, ErrNotFound) {
			t.Errorf("with %s Load = %+v, %v, want ErrNotFound", name, d, err)
		}
	}
	if _, err := s.Save(t.Context(), ID{Key: key}, newSave(h.now(), "about", nil)); !errors.Is(err, ErrNotFound) {
		t.Errorf("without a key Save = %v, want ErrNotFound", err)
	}
	wantAnswers(t, s, map[string]form.Answers{"about": {"name": {"Ann"}}})
}

// sealAll returns the sections of a draft as a store keeps them.
func sealAll(t *testing.T, id ID, names ...string) map[string]sealedSection {
	t.Helper()
	all := make(map[string]sealedSection)
	for i, name := range names {
		content, err := id.seal(name, Section{Answers: form.Answers{"of": {name}}})
		if err != nil {
			t.Fatal(err)
		}
		all[name] = sealedSection{content, int64(i)}
	}
	return all
}

// TestASectionOpensNowhereElse moves sections between drafts of one key, and within one.
func TestASectionOpensNowhereElse(t *testing.T) {
	mine := sealAll(t, idOf(key), "about", "contact")
	if opened, err := idOf(key).open(mine); err != nil || len(opened) != 2 || opened["contact"].Version != 1 {
		t.Fatalf("open = %+v, %v", opened, err)
	}
	if _, err := idOf("another").open(mine); !errors.Is(err, ErrNotFound) {
		t.Errorf("in another draft open = %v, want ErrNotFound", err)
	}
	swapped := map[string]sealedSection{"about": mine["contact"], "contact": mine["contact"]}
	if _, err := idOf(key).open(swapped); !errors.Is(err, errCorrupt) {
		t.Errorf("as another section open = %v, want errCorrupt", err)
	}
}

// TestWhatIsNoSectionIsCorrupt has what the program does not write in the place of one.
func TestWhatIsNoSectionIsCorrupt(t *testing.T) {
	whole := sealAll(t, idOf(key), "about")["about"].content
	for name, content := range map[string]string{
		"nothing": "", "another text": "Dear diary", "a later way to seal": "\x02" + string(whole[1:]), "clear text cut short": `{"answers":`,
	} {
		opened, err := idOf(key).open(map[string]sealedSection{"about": {[]byte(content), 1}})
		if !errors.Is(err, errCorrupt) {
			t.Errorf("of %s open = %+v, %v, want errCorrupt", name, opened, err)
		}
	}
	for _, content := range []string{"\x01", string(whole[:len(whole)-1])} {
		if opened, err := idOf(key).open(map[string]sealedSection{"about": {[]byte(content), 1}}); !errors.Is(err, ErrNotFound) {
			t.Errorf("of what is cut short open = %+v, %v, want ErrNotFound", opened, err)
		}
	}
}

func TestClearSectionsOfAnEarlierVersionOpenBesideSealedOnes(t *testing.T) {
	all := sealAll(t, idOf(key), "about", "contact")
	all["work"] = sealedSection{[]byte(`{"answers":{"of":["work"]},"form":"v1"}`), 7}
	opened, err := idOf(key).open(all)
	if names := slices.Sorted(maps.Keys(opened)); err != nil || !reflect.DeepEqual(names, []string{"about", "contact", "work"}) || opened["work"].Version != 7 {
		t.Errorf("open = %+v, %v, want all three", opened, err)
	}
}

// TestClearSectionsBesideOnesOfAnotherKeyAreGone as after the restore of a backup that was
// made before the upgrade: the draft gets another key.
func TestClearSectionsBesideOnesOfAnotherKeyAreGone(t *testing.T) {
	all := sealAll(t, idOf(key), "about", "contact")
	all["work"] = sealedSection{[]byte(`{"answers":{"of":["work"]},"form":"v1"}`), 7}
	if opened, err := (ID{Key: key, Seal: seal.NewKey()}).open(all); !errors.Is(err, ErrNotFound) {
		t.Errorf("open = %+v, %v, want ErrNotFound", opened, err)
	}
	all["about"] = all["contact"]
	if opened, err := idOf(key).open(all); !errors.Is(err, errCorrupt) {
		t.Errorf("with one that opens open = %+v, %v, want errCorrupt", opened, err)
	}
}

// TestNoClearSectionOpensInADraftThatWasAlwaysSealed since anybody who can write to the
// store can have made it.
func TestNoClearSectionOpensInADraftThatWasAlwaysSealed(t *testing.T) {
	id := ID{Key: key, Seal: testSeal}
	clear := sealedSection{[]byte(`{"answers":{"of":["work"]},"form":"v1"}`), 7}
	if opened, err := id.open(map[string]sealedSection{"work": clear}); !errors.Is(err, ErrNotFound) {
		t.Errorf("alone: open = %+v, %v, want ErrNotFound", opened, err)
	}
	all := sealAll(t, id, "about")
	all["work"] = clear
	if opened, err := id.open(all); !errors.Is(err, errCorrupt) {
		t.Errorf("beside a sealed one: open = %+v, %v, want errCorrupt", opened, err)
	}
}

func TestNoClearSectionOpensWithoutAKey(t *testing.T) {
	all := map[string]sealedSection{"work": {[]byte(`{"answers":{"of":["work"]},"form":"v1"}`), 7}}
	if opened, err := (ID{Key: key}).open(all); !errors.Is(err, ErrNotFound) {
		t.Errorf("open = %+v, %v, want ErrNotFound", opened, err)
	}
}
