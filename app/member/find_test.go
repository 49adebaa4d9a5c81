package member

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"joinery/app/form"
)

// TestMadeOf finds the member by the application that the answers came with, and
// by no other.
func TestMadeOf(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	first := anApplication("zoe@example.ca", form.Answers{"name": {"Zoë"}})
	again := anApplication("Zoe@example.ca", form.Answers{"name": {"Zoé"}})
	b.join(t, "other@example.ca", form.Answers{"name": {"Other"}})
	b.mustSend(t, first)
	b.wantMadeOf(t, first, false) // it waits
	b.mustConfirm(t, first, noon.Add(time.Minute))
	b.wantMadeOf(t, first, true)

	b.mustSend(t, again)
	b.wantMadeOf(t, first, true)
	b.mustConfirm(t, again, noon.Add(time.Hour))
	b.wantMadeOf(t, first, false) // newer answers have taken the place of these
	b.wantMadeOf(t, again, true)

	if _, err := b.file.Write().ExecContext(t.Context(), `DELETE FROM members WHERE lower(email) = 'zoe@example.ca'`); err != nil {
		t.Fatal(err)
	}
	b.wantMadeOf(t, again, false)
	if m, err := b.ByApplication(t.Context(), ""); !errors.Is(err, ErrNotFound) {
		t.Errorf("MadeOf nothing: %+v, %v", m, err)
	}
}

func (b *bench) wantMadeOf(t *testing.T, a Application, there bool) {
	t.Helper()
	m, err := b.ByApplication(t.Context(), a.ID)
	if !there {
		if !errors.Is(err, ErrNotFound) {
			t.Errorf("MadeOf: %+v, %v, want ErrNotFound", m, err)
		}
		return
	}
	if err != nil || !reflect.DeepEqual(m.Answers, a.Answers) || !reflect.DeepEqual(m.Consents, a.Consents) {
		t.Errorf("MadeOf: %+v, %v, want what was sent: %+v", m, err, a)
	}
}
