package member

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"joinery/app/form"
)

// TestByApplication finds a member only by the application with the present answers.
func TestByApplication(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	first := newApplication("zoe@example.ca", form.Answers{"name": {"Zoë"}})
	again := newApplication("Zoe@example.ca", form.Answers{"name": {"Zoé"}})
	h.join(t, "other@example.ca", form.Answers{"name": {"Other"}})
	h.mustSubmit(t, first)
	h.wantByApplication(t, first, false) // it waits
	h.mustConfirm(t, first, noon.Add(time.Minute))
	h.wantByApplication(t, first, true)

	h.mustSubmit(t, again)
	h.wantByApplication(t, first, true)
	h.mustConfirm(t, again, noon.Add(time.Hour))
	h.wantByApplication(t, first, false) // its answers were replaced
	h.wantByApplication(t, again, true)

	if _, err := h.file.Write().ExecContext(t.Context(), `DELETE FROM members WHERE lower(email) = 'zoe@example.ca'`); err != nil {
		t.Fatal(err)
	}
	h.wantByApplication(t, again, false)
	if m, err := h.ByApplication(t.Context(), ""); !errors.Is(err, ErrNotFound) {
		t.Errorf("ByApplication of no ID: %+v, %v", m, err)
	}
}

func (h *harness) wantByApplication(t *testing.T, a Application, there bool) {
	t.Helper()
	m, err := h.ByApplication(t.Context(), a.ID)
	if !there {
		if !errors.Is(err, ErrNotFound) {
			t.Errorf("ByApplication: %+v, %v, want ErrNotFound", m, err)
		}
		return
	}
	if err != nil || !reflect.DeepEqual(m.Answers, a.Answers) || !reflect.DeepEqual(m.Consents, a.Consents) {
		t.Errorf("ByApplication: %+v, %v, want what was sent: %+v", m, err, a)
	}
}

func TestIsMember(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.join(t, "Zoe@example.ca", nil)
	h.mustSubmit(t, newApplication("ann@example.ca", nil))
	for address, want := range map[string]bool{
		"Zoe@example.ca": true, "zoe@example.ca": true, "ZOE@EXAMPLE.CA": true,
		"ann@example.ca": false, "oe@example.ca": false, "zoe@example.c": false, "zoe+x@example.ca": false, "%": false, "": false,
	} {
		if got, err := h.IsMember(t.Context(), address); err != nil || got != want {
			t.Errorf("%q is a member: %t, %v, want %t", address, got, err, want)
		}
	}
}

// TestWaitingByEmailReadsOneAddress and not all that wait.
func TestWaitingByEmailReadsOneAddress(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	rows, err := h.file.Read().QueryContext(t.Context(), `EXPLAIN QUERY PLAN `+waitingByEmail, "zoe@example.ca", 5)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	plan := ""
	for rows.Next() {
		var id, parent, unused int
		var step string
		if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
			t.Fatal(err)
		}
		plan += step + "\n"
	}
	if !strings.Contains(plan, "applications_email_digest (email_digest=?)") || rows.Err() != nil {
		t.Errorf("the plan is %s, %v, want the index of addresses", plan, rows.Err())
	}
}
