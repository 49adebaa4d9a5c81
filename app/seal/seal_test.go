package seal_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"joinery/app/db"
	"joinery/app/dbtest"
	"joinery/app/seal"
)

var day = time.Date(2026, 12, 1, 17, 0, 0, 0, time.UTC)

func open(t *testing.T, d *db.DB, masters seal.Masters) *seal.Ring {
	t.Helper()
	r, err := seal.Open(t.Context(), d, masters, day)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestAKeyOpensOnlyWhatItHasSealed(t *testing.T) {
	key, other := seal.NewKey(), seal.NewKey()
	sealed := key.Seal("row 1", []byte("lupus"))
	if plain, err := key.Open("row 1", sealed); err != nil || string(plain) != "lupus" {
		t.Fatalf("Open = %q, %v, want what was sealed", plain, err)
	}
	if strings.Contains(string(sealed), "lupus") {
		t.Error("what is sealed can be read")
	}
	for name, open := range map[string]func() ([]byte, error){
		"another key": func() ([]byte, error) { return other.Open("row 1", sealed) },
		"another row": func() ([]byte, error) { return key.Open("row 2", sealed) },
		"cut":         func() ([]byte, error) { return key.Open("row 1", sealed[:len(sealed)-1]) },
		"nothing":     func() ([]byte, error) { return key.Open("row 1", nil) },
	} {
		if plain, err := open(); !errors.Is(err, seal.ErrSealed) {
			t.Errorf("%s: Open = %q, %v, want ErrSealed", name, plain, err)
		}
	}
}

func TestADigestDependsOnKeyAndKind(t *testing.T) {
	key := seal.NewKey()
	digest := key.Digest("email", "zoe@example.org")
	if digest != key.Digest("email", "zoe@example.org") {
		t.Error("the digest of a text differs from call to call")
	}
	if digest == key.Digest("network", "zoe@example.org") || digest == seal.NewKey().Digest("email", "zoe@example.org") {
		t.Error("another kind, or another key, gives the same digest")
	}
}

func TestAKeyIsNotPrinted(t *testing.T) {
	key := seal.NewKey()
	for _, printed := range []string{fmt.Sprint(key), fmt.Sprintf("%+v", key), fmt.Sprintf("%#v", key)} {
		if strings.Contains(printed, key.Text()) || printed != "a key" {
			t.Errorf("a key is printed as %s", printed)
		}
	}
}

func TestAnInstallationKeepsItsKeys(t *testing.T) {
	d, masters := dbtest.New(t), seal.Given(seal.NewKey().Text())
	first := open(t, d, masters)
	sealed, digest := first.Seal("row 1", "lupus"), first.Digest("email", "zoe@example.org")
	again := open(t, d, masters)
	if plain, err := again.Open(t.Context(), "row 1", sealed); err != nil || plain != "lupus" {
		t.Errorf("after a restart Open = %q, %v, want what was sealed before", plain, err)
	}
	if again.Digest("email", "zoe@example.org") != digest {
		t.Error("after a restart the digest differs")
	}
	if _, err := seal.Open(t.Context(), d, seal.Given(seal.NewKey().Text()), day); !errors.Is(err, seal.ErrMaster) {
		t.Errorf("with another master key Open: %v, want ErrMaster", err)
	}
}

func TestNothingIsSealedForNothing(t *testing.T) {
	r := open(t, dbtest.New(t), seal.Given(seal.NewKey().Text()))
	if plain, err := r.Open(t.Context(), "row 1", r.Seal("row 1", "")); err != nil || plain != "" || r.Seal("row 1", "") != "" {
		t.Errorf("an empty text is sealed as %q and opened as %q, %v", r.Seal("row 1", ""), plain, err)
	}
	for _, damaged := range []string{"1", "1.", "x.aaaa", "9.aaaa", "1.%%%", "lupus"} {
		if plain, err := r.Open(t.Context(), "row 1", damaged); !errors.Is(err, seal.ErrSealed) {
			t.Errorf("Open(%q) = %q, %v, want ErrSealed", damaged, plain, err)
		}
	}
}

func TestAfterARotationTheOldMasterKeyIsNotNeeded(t *testing.T) {
	d := dbtest.New(t)
	path := filepath.Join(t.TempDir(), "master.key")
	if err := seal.CreateFile(path); err != nil {
		t.Fatal(err)
	}
	running := open(t, d, seal.FromFile(path))
	sealed := running.Seal("row 1", "lupus")
	if err := errors.Join(seal.AddToFile(path), seal.Rotate(t.Context(), d, seal.FromFile(path), day)); err != nil {
		t.Fatal(err)
	}
	newest := onlyFirstLine(t, path)
	fresh := open(t, d, seal.Given(newest))
	if plain, err := fresh.Open(t.Context(), "row 1", sealed); err != nil || plain != "lupus" {
		t.Errorf("Open = %q, %v, want what was sealed before the rotation", plain, err)
	}
	later := fresh.Seal("row 2", "asthma")
	if strings.HasPrefix(later, sealed[:2]) {
		t.Error("the key that sealed before the rotation still seals")
	}
	if plain, err := running.Open(t.Context(), "row 2", later); err != nil || plain != "asthma" {
		t.Errorf("a process that ran meanwhile: Open = %q, %v, want what was sealed after the rotation", plain, err)
	}
}

func onlyFirstLine(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	lines := strings.Fields(string(text))
	if err != nil || len(lines) != 2 {
		t.Fatalf("the file has %d keys, %v, want the new one and the old one", len(lines), err)
	}
	return lines[0]
}

func TestTheFileOfTheMasterKeyIsMadeOnceAndForThisUserAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data", "master.key")
	if err := seal.CreateFile(path); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := seal.CreateFile(path); err != nil {
		t.Fatal(err)
	}
	if after, err := os.ReadFile(path); err != nil || string(after) != string(before) {
		t.Errorf("a second call changes the key (%v)", err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file has the mode %v, %v, want 0600", info.Mode(), err)
	}
}

func TestAMasterKeyThatIsNoneIsExplained(t *testing.T) {
	for _, text := range []string{"", "secret", "AAAA"} {
		if _, err := seal.Given(text)(); err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("Given(%q): %v, want an error that does not quote it", text, err)
		}
	}
}

func TestADraftKeyGoesWithItsRow(t *testing.T) {
	r := open(t, dbtest.New(t), seal.Given(seal.NewKey().Text()))
	key, row := r.NewKey("draft 1")
	sealed := key.Seal("section", []byte("asthma"))
	again, err := r.OpenKey(t.Context(), "draft 1", row)
	if err != nil {
		t.Fatal(err)
	}
	if plain, err := again.Open("section", sealed); err != nil || string(plain) != "asthma" {
		t.Errorf("the key from the row opens %q, %v", plain, err)
	}
	if _, err := r.OpenKey(t.Context(), "draft 2", row); !errors.Is(err, seal.ErrSealed) {
		t.Errorf("the key of another draft: %v, want ErrSealed", err)
	}
}
