package draft

import (
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"
	"time"

	"joinery/app/form"
	"joinery/app/seal"
)

const (
	maxBytes = 100_000

	ttl = 30 * 24 * time.Hour
	key = "the-key-of-a-draft"
)

// A harness is an empty store, its clock and a view of its data.
type harness struct {
	*clock
	open func(t *testing.T) store  // opens the store as a starting program does
	raw  func(t *testing.T) string // returns the data as the store keeps it; the store must be closed before, or only be closed after
}

type store interface {
	Store
	io.Closer
}

// A clock stands still between calls of pass.
type clock struct{ at time.Time }

func newClock() *clock {
	return &clock{time.Date(2026, time.March, 1, 12, 0, 0, int(5*time.Millisecond), time.UTC)}
}

func (c *clock) now() time.Time { return c.at }

// pass lets d pass, or sets the clock back.
func (c *clock) pass(d time.Duration) { c.at = c.at.Add(d) }

// harnesses are those of every implementation that can be tested: Redis only where
// there is a redis-server.
var harnesses = map[string]func(*testing.T) harness{"SQL": newSQLHarness}

// TestStore checks the promises of Store with each implementation.
func TestStore(t *testing.T) {
	promises := []struct {
		name string
		kept func(t *testing.T, h harness)
	}{
		{"returns what was saved", returnsWhatWasSaved},
		{"replaces one section and remembers the last save", replacesOneSection},
		{"keeps drafts apart", keepsDraftsApart},
		{"does not find an unknown draft", findsNoUnknownDraft},
		{"writes nothing when loading", loadsWithoutWriting},
		{"survives a restart of the program", survivesRestart},
		{"says when it cannot be used", saysWhenUnusable},
		{"begins a draft only when told to", beginsWhenTold},
		{"takes no more than MaxBytes", takesNoMoreThanMaxBytes},
		{"deletes", deletes},
		{"leaves no trace of what it deleted", leavesNoTrace},
		{"keeps nothing that can be read", keepsNothingReadable},
		{"opens a draft with its key alone", opensWithItsKeyAlone},

		{"forgets after the ttl, counted from the last save of any section", forgetsAfterTTL},
		{"begins anew when saved after the ttl", beginsAnew},
		{"follows a clock that is put forward and back", followsTheClock},
		{"changes nothing of an expired draft when it refuses", refusesAfterTTL},

		{"gives every save a higher version", raisesVersions},
		{"refuses a save from an old page", refusesOldPages},
		{"lets a save with AnyVersion replace anything", replacesAnything},
		{"lets autosaves of one page follow each other", followsAutosaves},

		{"keeps all of many concurrent saves of one section", keepsConcurrentSaves},
		{"lets saves of different sections never conflict", keepsSectionsApart},
	}
	for name, newHarness := range harnesses {
		t.Run(name, func(t *testing.T) {
			for _, p := range promises {
				t.Run(p.name, func(t *testing.T) { p.kept(t, newHarness(t)) })
			}
		})
	}
}

// newSave returns a save that replaces any version, and begins the draft if there is none.
func newSave(at time.Time, section string, answers form.Answers) Save {
	return Save{
		Section: section, Content: Section{Answers: answers, Form: "v1"},
		At: at, Base: AnyVersion, Begin: true, MaxBytes: maxBytes,
	}
}

// testSeal seals the drafts of all tests.
var testSeal = seal.NewKey()

// idOf returns the draft with the given name, which an earlier version may have begun.
func idOf(key string) ID { return ID{Key: key, Seal: testSeal, MayBeClear: true} }

func mustSave(t *testing.T, s Store, key string, save Save) (version int64) {
	t.Helper()
	version, err := s.Save(t.Context(), idOf(key), save)
	if err != nil {
		t.Fatalf("Save: %v", err)
	}
	return version
}

func mustLoad(t *testing.T, s Store, key string) Draft {
	t.Helper()
	d, err := s.Load(t.Context(), idOf(key))
	if err != nil {
		t.Fatalf("Load(%q): %v", key, err)
	}
	return d
}

func mustDelete(t *testing.T, s Store, key string) {
	t.Helper()
	if err := s.Delete(t.Context(), key); err != nil {
		t.Fatalf("Delete(%q): %v", key, err)
	}
}

func mustClose(t *testing.T, c io.Closer) {
	t.Helper()
	if err := c.Close(); err != nil {
		t.Fatalf("Close: %v", err)
	}
}

func wantGone(t *testing.T, s Store, key string) {
	t.Helper()
	if d, err := s.Load(t.Context(), idOf(key)); !errors.Is(err, ErrNotFound) {
		t.Errorf("Load(%q) = %+v, %v, want ErrNotFound", key, d, err)
	}
}

// wantRefused wants s to refuse save, and the draft to stay unchanged.
func wantRefused(t *testing.T, s Store, save Save, want error) {
	t.Helper()
	before, missing := s.Load(t.Context(), idOf(key))
	if version, err := s.Save(t.Context(), idOf(key), save); version != 0 || !errors.Is(err, want) {
		t.Errorf("Save = %d, %v, want 0 and %v", version, err, want)
	}
	after, err := s.Load(t.Context(), idOf(key))
	if !reflect.DeepEqual(after, before) || !errors.Is(err, missing) {
		t.Errorf("the refused save has left %+v, %v\nwant it unchanged: %+v, %v", after, err, before, missing)
	}
}

// wantAnswers wants the draft to have these sections with these answers.
func wantAnswers(t *testing.T, s Store, want map[string]form.Answers) {
	t.Helper()
	got := make(map[string]form.Answers)
	for section, content := range mustLoad(t, s, key).Sections {
		got[section] = content.Answers
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("the answers are %v, want %v", got, want)
	}
}

// wantDiscreet wants an error of this package that is not one of the errors of Store, and
// has neither the key nor an answer in it.
func wantDiscreet(t *testing.T, call string, err error) {
	t.Helper()
	if err == nil || errors.Is(err, ErrNotFound) || errors.Is(err, ErrConflict) || errors.Is(err, ErrTooLarge) {
		t.Errorf("%s: %v, want an error that says why it cannot", call, err)
		return
	}
	text := err.Error()
	if !strings.HasPrefix(text, "draft: ") || strings.Contains(text, key) || strings.Contains(text, "Ann-Sophie") {
		t.Errorf("%s: %q, want it to begin with draft: and to hold no key and no answers", call, text)
	}
}

func mustPing(t *testing.T, s Store) {
	t.Helper()
	if err := s.Ping(t.Context()); err != nil {
		t.Fatal(err)
	}
}
