package draft

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"joinery/app/form"
)

func returnsWhatWasSaved(t *testing.T, h harness) {
	s := h.open(t)
	save := newSave(h.now(), "about", form.Answers{
		"name":      {"Zoë \u2028Łukasz 🪵 <b>\"O'Neil\"</b> \x00 \\"},
		"interests": {"b", "a", "b"},
		"nothing":   {},
		"empty":     {""},
		"lines":     {"one\r\ntwo\n"},
	})
	save.Content.Invalid = form.Answers{"email": {"zoë@"}, "none": {}}
	save.Content.InProgress, save.Content.Completed = true, true
	other := newSave(h.now(), "contact", nil)
	want := Draft{Key: key, Sections: map[string]Section{"about": save.Content, "contact": other.Content}}
	for section, save := range map[string]Save{"about": save, "contact": other} {
		content := want.Sections[section]
		content.Version = mustSave(t, s, key, save)
		want.Sections[section] = content
	}
	got := mustLoad(t, s, key)
	if !got.Saved.Equal(h.now()) {
		t.Errorf("Load says that it was saved at %v, want %v", got.Saved, h.now())
	}
	got.Saved = want.Saved
	if !reflect.DeepEqual(got, want) {
		t.Errorf("Load = %+v\nwant %+v", got, want)
	}
}

func replacesOneSection(t *testing.T, h harness) {
	s := h.open(t)
	first := newSave(h.now(), "about", form.Answers{"name": {"Ann"}, "nickname": {"A"}})
	first.Content.Invalid, first.Content.InProgress, first.Content.Completed = form.Answers{"age": {"old"}}, true, true
	mustSave(t, s, key, first)
	mustSave(t, s, key, newSave(h.now(), "contact", form.Answers{"email": {"ann@example.com"}}))
	h.pass(time.Minute)
	last := newSave(h.now(), "about", form.Answers{"name": {"Anne"}})
	last.Content.Form = "v2"
	last.Content.Version = mustSave(t, s, key, last)

	got := mustLoad(t, s, key)
	if !got.Saved.Equal(last.At) {
		t.Errorf("Load = %+v, want the time of the last save: %+v", got, last)
	}
	if !reflect.DeepEqual(got.Sections["about"], last.Content) {
		t.Errorf("the section is %+v, want nothing but what was saved last: %+v", got.Sections["about"], last.Content)
	}
	wantAnswers(t, s, map[string]form.Answers{"about": {"name": {"Anne"}}, "contact": {"email": {"ann@example.com"}}})
}

func keepsDraftsApart(t *testing.T, h harness) {
	s := h.open(t)
	keys := []string{key, strings.ToUpper(key), key + " ", ""}
	for _, key := range keys {
		mustSave(t, s, key, newSave(h.now(), "about", form.Answers{"of": {key}}))
	}
	for _, key := range keys {
		if got := mustLoad(t, s, key); got.Key != key || got.Sections["about"].Answers.First("of") != key {
			t.Errorf("Load(%q) = %+v", key, got)
		}
	}
}

func findsNoUnknownDraft(t *testing.T, h harness) {
	s := h.open(t)
	wantGone(t, s, key)
	mustSave(t, s, key, newSave(h.now(), "about", nil))
	wantGone(t, s, "another")
	wantGone(t, s, "")
}

func loadsWithoutWriting(t *testing.T, h harness) {
	s := h.open(t)
	mustSave(t, s, key, newSave(h.now(), "about", nil))
	mustClose(t, s)
	before := h.raw(t)

	s = h.open(t)
	mustLoad(t, s, key)
	wantGone(t, s, "another")
	h.pass(ttl)
	wantGone(t, s, key)
	mustClose(t, s)
	if after := h.raw(t); after != before {
		t.Errorf("loading has left\n%q, want it unchanged:\n%q", after, before)
	}
}

func survivesRestart(t *testing.T, h harness) {
	s := h.open(t)
	mustSave(t, s, key, newSave(h.now(), "about", form.Answers{"name": {"Ann"}}))
	want := mustLoad(t, s, key)
	mustClose(t, s)
	if got := mustLoad(t, h.open(t), key); !reflect.DeepEqual(got, want) {
		t.Errorf("after a restart Load = %+v, want %+v", got, want)
	}
}

func saysWhenUnusable(t *testing.T, h harness) {
	s := h.open(t)
	if err := s.Ping(t.Context()); err != nil {
		t.Errorf("Ping: %v", err)
	}
	mustClose(t, s)
	_, loading := s.Load(t.Context(), idOf(key))
	_, saving := s.Save(t.Context(), idOf(key), newSave(h.now(), "about", form.Answers{"name": {"Ann-Sophie"}}))
	for call, err := range map[string]error{
		"Ping": s.Ping(t.Context()), "Load": loading, "Save": saving, "Delete": s.Delete(t.Context(), key),
	} {
		wantDiscreet(t, call, err)
	}
}

func beginsWhenTold(t *testing.T, h harness) {
	s := h.open(t)
	later := newSave(h.now(), "about", form.Answers{"name": {"Ann"}})
	later.Begin = false
	wantRefused(t, s, later, ErrNotFound)
	mustSave(t, s, key, newSave(h.now(), "contact", nil))
	mustSave(t, s, key, later)
	mustDelete(t, s, key)
	wantRefused(t, s, later, ErrNotFound)

	later.Begin, later.Base = true, 1
	wantRefused(t, s, later, ErrConflict) // the version that was shown is gone
	later.Base = 0
	mustSave(t, s, key, later)
	wantAnswers(t, s, map[string]form.Answers{"about": {"name": {"Ann"}}})
}

// takesNoMoreThanMaxBytes has answers of two bytes a character.
func takesNoMoreThanMaxBytes(t *testing.T, h harness) {
	s := h.open(t)
	sized := func(section string, bytes int) Save {
		save := newSave(h.now(), section, form.Answers{"story": {""}})
		empty, err := idOf(key).seal(section, save.Content)
		if err != nil {
			t.Fatal(err)
		}
		rest := bytes - len(empty)
		save.Content.Answers["story"] = []string{strings.Repeat("é", rest/2) + strings.Repeat("e", rest%2)}
		return save
	}
	wantRefused(t, s, sized("about", maxBytes+1), ErrTooLarge)
	mustSave(t, s, key, sized("about", maxBytes))
	mustSave(t, s, key, sized("about", maxBytes-1000)) // it replaces itself
	mustSave(t, s, key, sized("contact", 600))
	h.pass(time.Minute)
	wantRefused(t, s, sized("contact", 1001), ErrTooLarge)
	wantRefused(t, s, sized("work", 401), ErrTooLarge)
	mustSave(t, s, key, sized("work", 400))
	wantRefused(t, s, sized("contact", 1000), ErrTooLarge)
	mustSave(t, s, key, sized("about", 100)) // makes room
	mustSave(t, s, key, sized("contact", 1000))
	mustSave(t, s, "another", sized("about", maxBytes))

	unlimited := sized("about", 2*maxBytes)
	unlimited.MaxBytes = 0
	mustSave(t, s, "another", unlimited)
}

func deletes(t *testing.T, h harness) {
	s := h.open(t)
	mustSave(t, s, key, newSave(h.now(), "about", nil))
	mustSave(t, s, key, newSave(h.now(), "contact", nil))
	mustSave(t, s, "another", newSave(h.now(), "about", nil))
	for range 2 { // the second time there is no draft
		mustDelete(t, s, key)
		wantGone(t, s, key)
	}
	mustLoad(t, s, "another")
}

func leavesNoTrace(t *testing.T, h harness) {
	s := h.open(t)
	mustSave(t, s, "another", newSave(h.now(), "about", form.Answers{"name": {"Mary-Lou"}}))
	mustSave(t, s, key, newSave(h.now(), "about", form.Answers{"name": {"Ann-Sophie"}}))
	mustSave(t, s, key, newSave(h.now(), "about", form.Answers{"name": {strings.Repeat("Anne-Sophie ", 2000)}}))
	mustSave(t, s, key, newSave(h.now(), "contact", form.Answers{"email": {"ann@example.com"}}))
	mustDelete(t, s, key)
	raw := h.raw(t)
	if kept := "another"; !strings.Contains(raw, kept) {
		t.Fatalf("this test does not see what the store keeps: there is no %q", kept)
	}
	for _, gone := range []string{key, "Mary-Lou", "Ann-Sophie", "Anne-Sophie", "ann@example.com"} {
		if strings.Contains(raw, gone) {
			t.Errorf("the store still holds %q", gone)
		}
	}
}
