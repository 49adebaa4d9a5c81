package draft

import (
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"joinery/app/form"
	"joinery/app/i18n"
)

const (
	ttl = 30 * 24 * time.Hour
	id  = "the-secret-of-a-draft"
)

// A bench is an empty store and what a test needs to look behind it.
type bench struct {
	open func(t *testing.T) store            // opens the store, as a program that starts
	pass func(t *testing.T, d time.Duration) // lets time pass in it
	raw  func(t *testing.T) string           // all that it keeps, as it keeps it; the store must be closed
}

type store interface {
	Store
	io.Closer
}

var benches = map[string]func(*testing.T) bench{"Redis": newRedisBench, "SQL": newSQLBench}

// TestStore holds every implementation to what Store promises.
func TestStore(t *testing.T) {
	promises := []struct {
		name string
		kept func(t *testing.T, b bench)
	}{
		{"returns what was saved", returnsWhatWasSaved},
		{"replaces one section and remembers the last save", replacesOneSection},
		{"forgets after the ttl, counted from the last save of any section", forgetsAfterTTL},
		{"begins anew when saved after the ttl", beginsAnew},
		{"does not find what never was", findsNoUnknownDraft},
		{"writes nothing when loading", loadsWithoutWriting},
		{"keeps all of many concurrent saves", keepsConcurrentSaves},
		{"keeps drafts apart", keepsDraftsApart},
		{"deletes", deletes},
		{"survives a restart of the program", survivesRestart},
		{"does not hold the ID", holdsNoID},
		{"says when it cannot be used", saysWhenUnusable},
	}
	for name, newBench := range benches {
		t.Run(name, func(t *testing.T) {
			for _, p := range promises {
				t.Run(p.name, func(t *testing.T) { p.kept(t, newBench(t)) })
			}
		})
	}
}

// wantDiscreet wants an error of this package that is not ErrNotFound and
// tells neither the ID nor an answer.
func wantDiscreet(t *testing.T, call string, err error) {
	t.Helper()
	if err == nil || errors.Is(err, ErrNotFound) {
		t.Errorf("%s: %v, want an error that says why it cannot", call, err)
		return
	}
	text := err.Error()
	if !strings.HasPrefix(text, "draft: ") || strings.Contains(text, id) || strings.Contains(text, "Ann-Sophie") {
		t.Errorf("%s: %q, want it to begin with draft: and to hold no ID and no answers", call, text)
	}
}

func aSave(section string, answers form.Answers) Save {
	return Save{
		Section: section, Answers: answers, Form: "v1", Lang: i18n.English,
		At: time.Date(2026, time.March, 1, 12, 0, 0, int(5*time.Millisecond), time.UTC),
	}
}

func mustSave(t *testing.T, s Store, id string, save Save) {
	t.Helper()
	if err := s.Save(t.Context(), id, save); err != nil {
		t.Fatalf("Save: %v", err)
	}
}

func mustLoad(t *testing.T, s Store, id string) Draft {
	t.Helper()
	d, err := s.Load(t.Context(), id)
	if err != nil {
		t.Fatalf("Load(%q): %v", id, err)
	}
	return d
}

func mustClose(t *testing.T, c io.Closer) {
	t.Helper()
	if err := c.Close(); err != nil {
		t.Fatalf("Close: %v", err)
	}
}

func wantGone(t *testing.T, s Store, id string) {
	t.Helper()
	if d, err := s.Load(t.Context(), id); !errors.Is(err, ErrNotFound) {
		t.Errorf("Load(%q) = %+v, %v, want ErrNotFound", id, d, err)
	}
}
