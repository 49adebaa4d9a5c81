package draft

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"joinery/app/seal"
)

// TestDraftsOfAFileAreCountedAndListed also when they have expired, and the file has no
// tables yet.
func TestDraftsOfAFileAreCountedAndListed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path, empty := filepath.Join(dir, "drafts.db"), filepath.Join(dir, "empty.db")
	want := func(path string, drafts int) {
		t.Helper()
		if n, err := CountSQL(t.Context(), path); err != nil || n != drafts {
			t.Errorf("%s has %d drafts, %v, want %d", filepath.Base(path), n, err, drafts)
		}
	}
	if _, err := CountSQL(t.Context(), path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("without a file there is %v", err)
	}
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	want(empty, 0)
	s, err := OpenSQL(t.Context(), path, time.Hour, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	want(path, 0)
	for _, key := range []string{"b", "c", "a"} {
		save := Save{Section: "about", Content: Section{Form: "1"}, At: time.Now().Add(-2 * time.Hour), Begin: true}
		if _, err := s.Save(t.Context(), ID{Key: key, Seal: seal.NewKey()}, save); err != nil {
			t.Fatal(err)
		}
	}
	want(path, 3)
	for after, keys := range map[string][]string{"": {"a", "b"}, "b": {"c"}, "c": nil} {
		if got, err := s.Keys(t.Context(), after, 2); err != nil || !slices.Equal(got, keys) {
			t.Errorf("after %q there are the keys %q, %v, want %q", after, got, err, keys)
		}
	}
}
