package member

import (
	"errors"
	"maps"
	"sync"
	"testing"
	"time"

	"joinery/app/form"
)

func (b *bench) mustArchive(t *testing.T, version, definition string) {
	t.Helper()
	if err := b.Archive(t.Context(), version, definition, noon); err != nil {
		t.Fatal(err)
	}
}

func (b *bench) wantArchived(t *testing.T, want map[string]string) {
	t.Helper()
	if got, err := b.Archived(t.Context()); err != nil || !maps.Equal(got, want) {
		t.Errorf("Archived = %q, %v, want %q", got, err, want)
	}
}

func TestArchiveKeepsEveryVersion(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.wantArchived(t, map[string]string{})
	b.mustArchive(t, "1", `{"a":1}`)
	b.mustArchive(t, "2", `{"a":2}`)
	b.mustArchive(t, "1", `{"a":1}`) // the form of before has come back
	b.wantArchived(t, map[string]string{"1": `{"a":1}`, "2": `{"a":2}`})
}

func TestArchiveRefusesAnotherFormUnderTheSameVersion(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.mustArchive(t, "1", `{"a":1}`)
	if err := b.Archive(t.Context(), "1", `{"a":2}`, noon); !errors.Is(err, ErrVersion) {
		t.Errorf("Archive: %v, want ErrVersion", err)
	}
	b.wantArchived(t, map[string]string{"1": `{"a":1}`})
}

func TestArchiveRefusesWhatIsNoJSON(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	if err := b.Archive(t.Context(), "1", `{"a":`, noon); err == nil || errors.Is(err, ErrVersion) {
		t.Errorf("Archive: %v, want another error", err)
	}
	b.wantArchived(t, map[string]string{})
}

func TestArchiveRemembersTheFirstUse(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.mustArchive(t, "1", `{}`)
	if err := b.Archive(t.Context(), "1", `{}`, noon.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if got := b.count(t, `SELECT first_used FROM forms`); got != int(noon.Unix()) {
		t.Errorf("the form was first used at %d, want %d", got, noon.Unix())
	}
}

func TestArchivesAtTheSameTimeAgree(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	var all sync.WaitGroup
	for range 10 {
		all.Go(func() {
			if err := b.Archive(t.Context(), "1", `{}`, noon); err != nil {
				t.Errorf("Archive: %v", err)
			}
		})
	}
	all.Wait()
	b.wantArchived(t, map[string]string{"1": `{}`})
}

// TestAnArchivedFormCanBeAskedAgain takes the form of the program there and back.
func TestAnArchivedFormCanBeAskedAgain(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	d, err := form.Membership()
	if err != nil {
		t.Fatal(err)
	}
	b.mustArchive(t, d.Version, d.Source())
	kept, err := b.Archived(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	again, err := form.Parse([]byte(kept[d.Version]))
	if err != nil || again.Source() != d.Source() {
		t.Errorf("what was archived is read as another form (%v)", err)
	}
	b.mustArchive(t, again.Version, again.Source())
}
