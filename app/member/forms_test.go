package member

import (
	"errors"
	"maps"
	"sync"
	"testing"
	"time"

	"joinery/app/form"
)

func (h *harness) mustArchive(t *testing.T, version, definition string) {
	t.Helper()
	if err := h.Archive(t.Context(), version, definition, noon); err != nil {
		t.Fatal(err)
	}
}

func (h *harness) wantArchived(t *testing.T, want map[string]string) {
	t.Helper()
	if got, err := h.Archived(t.Context()); err != nil || !maps.Equal(got, want) {
		t.Errorf("Archived = %q, %v, want %q", got, err, want)
	}
}

func TestArchiveKeepsEveryVersion(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.wantArchived(t, map[string]string{})
	h.mustArchive(t, "1", `{"a":1}`)
	h.mustArchive(t, "2", `{"a":2}`)
	h.mustArchive(t, "1", `{"a":1}`) // the first form comes back
	h.wantArchived(t, map[string]string{"1": `{"a":1}`, "2": `{"a":2}`})
}

func TestArchiveRefusesAnotherFormUnderTheSameVersion(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.mustArchive(t, "1", `{"a":1}`)
	if err := h.Archive(t.Context(), "1", `{"a":2}`, noon); !errors.Is(err, ErrVersion) {
		t.Errorf("Archive: %v, want ErrVersion", err)
	}
	h.wantArchived(t, map[string]string{"1": `{"a":1}`})
}

func TestArchiveRefusesInvalidJSON(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	if err := h.Archive(t.Context(), "1", `{"a":`, noon); err == nil || errors.Is(err, ErrVersion) {
		t.Errorf("Archive: %v, want another error", err)
	}
	h.wantArchived(t, map[string]string{})
}

func TestArchiveRemembersTheFirstUse(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.mustArchive(t, "1", `{}`)
	if err := h.Archive(t.Context(), "1", `{}`, noon.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if got := h.count(t, `SELECT first_used FROM forms`); got != int(noon.Unix()) {
		t.Errorf("the form was first used at %d, want %d", got, noon.Unix())
	}
}

func TestArchivesAtTheSameTimeAgree(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	var all sync.WaitGroup
	for range 10 {
		all.Go(func() {
			if err := h.Archive(t.Context(), "1", `{}`, noon); err != nil {
				t.Errorf("Archive: %v", err)
			}
		})
	}
	all.Wait()
	h.wantArchived(t, map[string]string{"1": `{}`})
}

// TestAnArchivedFormCanBeParsed archives the form of the program and parses it.
func TestAnArchivedFormCanBeParsed(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	d, err := form.Membership()
	if err != nil {
		t.Fatal(err)
	}
	h.mustArchive(t, d.Version, d.Source())
	kept, err := h.Archived(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	again, err := form.Parse([]byte(kept[d.Version]))
	if err != nil || again.Source() != d.Source() {
		t.Errorf("the archived form parses as another form (%v)", err)
	}
	h.mustArchive(t, again.Version, again.Source())
}
