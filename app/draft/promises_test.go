package draft

import (
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"joinery/app/form"
	"joinery/app/i18n"
)

func returnsWhatWasSaved(t *testing.T, b bench) {
	s := b.open(t)
	save := aSave("about", form.Answers{
		"name":      {"Zoë \u2028Łukasz 🪵 <b>\"O'Neil\"</b> \x00 \\"},
		"interests": {"b", "a", "b"},
		"nothing":   {},
		"empty":     {""},
		"lines":     {"one\r\ntwo\n"},
	})
	mustSave(t, s, id, save)
	got := mustLoad(t, s, id)
	if got.ID != id || got.Form != save.Form || got.Lang != save.Lang || !got.Saved.Equal(save.At) {
		t.Errorf("Load = %+v, want ID %q and what was saved: %+v", got, id, save)
	}
	if want := map[string]form.Answers{"about": save.Answers}; !reflect.DeepEqual(got.Sections, want) {
		t.Errorf("sections are %q, want %q", got.Sections, want)
	}
}

func replacesOneSection(t *testing.T, b bench) {
	s := b.open(t)
	mustSave(t, s, id, aSave("about", form.Answers{"name": {"Ann"}, "nickname": {"A"}}))
	mustSave(t, s, id, aSave("contact", form.Answers{"email": {"ann@example.com"}}))
	last := aSave("about", form.Answers{"name": {"Anne"}})
	last.Form, last.Lang, last.At = "v2", i18n.French, last.At.Add(time.Minute)
	mustSave(t, s, id, last)

	got := mustLoad(t, s, id)
	if got.Form != last.Form || got.Lang != last.Lang || !got.Saved.Equal(last.At) {
		t.Errorf("Load = %+v, want form, language and time of the last save: %+v", got, last)
	}
	want := map[string]form.Answers{"about": {"name": {"Anne"}}, "contact": {"email": {"ann@example.com"}}}
	if !reflect.DeepEqual(got.Sections, want) {
		t.Errorf("sections are %v, want %v", got.Sections, want)
	}
}

func forgetsAfterTTL(t *testing.T, b bench) {
	s := b.open(t)
	mustSave(t, s, id, aSave("about", nil))
	b.pass(t, ttl-time.Minute)
	mustSave(t, s, id, aSave("contact", nil))
	b.pass(t, ttl-time.Minute)
	if got := mustLoad(t, s, id); len(got.Sections) != 2 {
		t.Errorf("before the ttl there are the sections %v, want about and contact", got.Sections)
	}
	b.pass(t, 2*time.Minute)
	wantGone(t, s, id)
}

func beginsAnew(t *testing.T, b bench) {
	s := b.open(t)
	mustSave(t, s, id, aSave("about", form.Answers{"name": {"Ann"}}))
	b.pass(t, ttl+time.Minute)
	mustSave(t, s, id, aSave("contact", form.Answers{"email": {"ann@example.com"}}))
	want := map[string]form.Answers{"contact": {"email": {"ann@example.com"}}}
	if got := mustLoad(t, s, id).Sections; !reflect.DeepEqual(got, want) {
		t.Errorf("sections are %v, want %v: what expired has come back", got, want)
	}
}

func findsNoUnknownDraft(t *testing.T, b bench) {
	s := b.open(t)
	wantGone(t, s, id)
	mustSave(t, s, id, aSave("about", nil))
	wantGone(t, s, "another")
	wantGone(t, s, "")
	wantGone(t, s, Digest(id)) // which is all that someone with a copy of the store has
}

func loadsWithoutWriting(t *testing.T, b bench) {
	s := b.open(t)
	mustSave(t, s, id, aSave("about", nil))
	mustClose(t, s)
	before := b.raw(t)

	s = b.open(t)
	mustLoad(t, s, id)
	wantGone(t, s, "another")
	mustClose(t, s)
	if after := b.raw(t); after != before {
		t.Errorf("loading has left\n%q, want what was there before:\n%q", after, before)
	}

	s = b.open(t)
	b.pass(t, ttl-time.Minute)
	mustLoad(t, s, id) // must not prolong
	b.pass(t, 2*time.Minute)
	wantGone(t, s, id)
}

func keepsConcurrentSaves(t *testing.T, b bench) {
	s := b.open(t)
	const writers = 64
	var wg sync.WaitGroup
	for i := range writers {
		wg.Go(func() {
			section := fmt.Sprint("section", i)
			if err := s.Save(t.Context(), id, aSave(section, form.Answers{"q": {section}})); err != nil {
				t.Errorf("Save: %v", err)
			}
			if _, err := s.Load(t.Context(), id); err != nil {
				t.Errorf("Load: %v", err)
			}
		})
	}
	wg.Wait()
	sections := mustLoad(t, s, id).Sections
	for i := range writers {
		section := fmt.Sprint("section", i)
		if got, want := sections[section], (form.Answers{"q": {section}}); !reflect.DeepEqual(got, want) {
			t.Errorf("%s is %v, want %v", section, got, want)
		}
	}
}

func keepsDraftsApart(t *testing.T, b bench) {
	s := b.open(t)
	ids := []string{id, strings.ToUpper(id), id + " "}
	for _, id := range ids {
		mustSave(t, s, id, aSave("about", form.Answers{"of": {id}}))
	}
	for _, id := range ids {
		if got := mustLoad(t, s, id); got.ID != id || got.Answers()["of"][0] != id {
			t.Errorf("Load(%q) = %+v", id, got)
		}
	}
}

func deletes(t *testing.T, b bench) {
	s := b.open(t)
	mustSave(t, s, id, aSave("about", nil))
	mustSave(t, s, id, aSave("contact", nil))
	mustSave(t, s, "another", aSave("about", nil))
	for range 2 { // the second time there is nothing, which is no error
		if err := s.Delete(t.Context(), id); err != nil {
			t.Fatalf("Delete: %v", err)
		}
		wantGone(t, s, id)
	}
	mustLoad(t, s, "another")
}

func survivesRestart(t *testing.T, b bench) {
	s := b.open(t)
	mustSave(t, s, id, aSave("about", form.Answers{"name": {"Ann"}}))
	want := mustLoad(t, s, id)
	mustClose(t, s)
	if got := mustLoad(t, b.open(t), id); !reflect.DeepEqual(got, want) {
		t.Errorf("after a restart Load = %+v, want %+v", got, want)
	}
}

func holdsNoID(t *testing.T, b bench) {
	s := b.open(t)
	mustSave(t, s, id, aSave("about", form.Answers{"name": {"Ann-Sophie"}}))
	mustClose(t, s)
	raw := b.raw(t)
	if !strings.Contains(raw, "Ann-Sophie") {
		t.Fatalf("this test does not see what the store keeps, only %q", raw)
	}
	if strings.Contains(raw, id) {
		t.Errorf("the store holds the ID %q:\n%q", id, raw)
	}
}

func saysWhenUnusable(t *testing.T, b bench) {
	s := b.open(t)
	if err := s.Ping(t.Context()); err != nil {
		t.Errorf("Ping: %v", err)
	}
	mustClose(t, s)
	_, loading := s.Load(t.Context(), id)
	for call, err := range map[string]error{
		"Ping":   s.Ping(t.Context()),
		"Load":   loading,
		"Save":   s.Save(t.Context(), id, aSave("about", form.Answers{"name": {"Ann-Sophie"}})),
		"Delete": s.Delete(t.Context(), id),
	} {
		wantDiscreet(t, call, err)
	}
}
