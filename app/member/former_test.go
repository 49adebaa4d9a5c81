package member

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"joinery/app/form"
	"joinery/app/i18n"
)

// replace replaces the answers of the only member by those of a later application, and
// returns the link that puts the former ones back.
func (h *harness) replace(t *testing.T, a Application, at time.Time) CodedLink {
	t.Helper()
	h.mustSubmit(t, a)
	l := letters(a.Email)
	if did, err := h.Confirm(t.Context(), a.ID, Proof{At: at}, anyMember, l); err != nil || did != Updated {
		t.Fatalf("Confirm = %q, %v", did, err)
	}
	return l.Restore
}

// TestRestorePutsAnswersAndConsentsBackAsTheyWere and adds to the consents on record: a
// question that was not asked before counts as refused.
func TestRestorePutsAnswersAndConsentsBackAsTheyWere(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.join(t, "zoe@example.ca", form.Answers{"name": {"Zoé"}, "old": {"x"}})
	before := h.members(t)[0]
	a := newApplication("zoe@example.ca", form.Answers{"name": {"Paul"}})
	a.Lang, a.Form = i18n.French, "2"
	a.Consents[0].Given, a.Consents[1].Given = false, true
	a.Consents = append(a.Consents, Consent{Key: "list", Version: "1", Purpose: "list", Wording: "You may list me.", Lang: i18n.French, Given: true, At: noon})
	l := h.replace(t, a, noon.Add(time.Hour))
	later := noon.Add(2 * time.Hour)
	for range 3 {
		if err := h.Restore(t.Context(), l.Selector, noon, later); err != nil {
			t.Fatal(err)
		}
	}
	after := h.members(t)[0]
	refused := Consent{Key: "list", Version: "1", Purpose: "list", Wording: "You may list me.", Lang: i18n.French, At: later}
	if len(after.Consents) != 3 || after.Consents[0] != refused {
		t.Fatalf("the consents are %+v, want those of before and one refused", after.Consents)
	}
	after.Consents = after.Consents[1:]
	if !reflect.DeepEqual(after, before) {
		t.Errorf("the member is %+v, want as before %+v", after, before)
	}
	if n := h.count(t, `SELECT count(*) FROM consents`); n != 2+3+3 {
		t.Errorf("%d consents are on record, want all 8", n)
	}
	f, err := h.FormerBySelector(t.Context(), l.Selector)
	if err != nil || len(f.Answers) > 0 || !f.RestoredAt.Equal(later) {
		t.Errorf("what is known of the former answers is %+v, %v", f, err)
	}
}

// TestRestoreDoesNothing when its time is over, when other answers have come, and for a
// link that is not known.
func TestRestoreDoesNothing(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.join(t, "zoe@example.ca", form.Answers{"name": {"Zoé"}})
	first := h.replace(t, newApplication("zoe@example.ca", form.Answers{"name": {"Paul"}}), noon.Add(time.Hour))
	restore := func(selector string, after time.Time, want string) {
		t.Helper()
		if err := h.Restore(t.Context(), selector, after, noon); err != nil {
			t.Fatal(err)
		}
		if got := h.members(t)[0].Answers.First("name"); got != want {
			t.Errorf("the member is %q, want %q", got, want)
		}
	}
	restore(first.Selector, noon.Add(time.Hour), "Paul")
	restore("unknown", noon, "Paul")
	second := h.replace(t, newApplication("zoe@example.ca", form.Answers{"name": {"Léa"}}), noon.Add(2*time.Hour))
	restore(first.Selector, noon, "Léa")
	restore(second.Selector, noon, "Paul")
	restore(second.Selector, noon, "Paul")
	restore(first.Selector, noon, "Zoé")
}

func TestClearFormerForgetsAnswersAndLaterAll(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.join(t, "zoe@example.ca", form.Answers{"name": {"Zoé"}})
	l := h.replace(t, newApplication("zoe@example.ca", form.Answers{"name": {"Paul"}}), noon)
	for _, step := range []struct {
		before time.Time
		want   string
	}{
		{noon.Add(-time.Second), "1 map[name:[Zoé]]"}, {noon, "1 map[]"}, {noon.Add(keepCleared - time.Second), "1 map[]"}, {noon.Add(keepCleared), "0 map[]"},
	} {
		if err := h.ClearFormer(t.Context(), step.before); err != nil {
			t.Fatal(err)
		}
		f, _ := h.FormerBySelector(t.Context(), l.Selector)
		if got := fmt.Sprint(h.count(t, `SELECT count(*) FROM former_answers`), " ", f.Answers); got != step.want {
			t.Errorf("cleared before %v there are %s, want %s", step.before, got, step.want)
		}
	}
}

func TestCountRestoreAttemptStopsCounting(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.join(t, "zoe@example.ca", nil)
	l := h.replace(t, newApplication("zoe@example.ca", nil), noon)
	for _, want := range []int{1, 2, 3, 3, 3} {
		if f, err := h.CountRestoreAttempt(t.Context(), l.Selector, 2); err != nil || f.Attempts != want {
			t.Errorf("attempt %d, %v, want %d", f.Attempts, err, want)
		}
	}
}
