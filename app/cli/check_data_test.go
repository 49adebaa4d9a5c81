package cli

import (
	"compress/gzip"
	"database/sql"
	"io"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"joinery/app/dbtest"
	"joinery/app/journeytest"
)

func TestCheckCreatesNothingBeforeTheFirstStart(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	env := map[string]string{"DATA": data, "MX_CHECK": "0", "TZ": "Europe/Zurich"}
	wantWords(t, env, "check", "no database at "+data, "TZ has no effect", "are free in", "kept: drafts 30 days", "ok: drafts and members can be read")
	if _, err := os.Stat(data); err == nil {
		t.Error("check has made the folder")
	}
}

// TestCheckNamesWhatAStartWouldChange in a file of an earlier version, and changes nothing.
func TestCheckNamesWhatAStartWouldChange(t *testing.T) {
	env := map[string]string{"DATA": t.TempDir(), "MX_CHECK": "0"}
	path := filepath.Join(env["DATA"], "joinery.db")
	file := dbtest.Open(t, path)
	journeytest.Must(t, file.InTx(t.Context(), func(tx *sql.Tx) error {
		_, err := tx.Exec(`DELETE FROM migrations WHERE name LIKE '0021%'`)
		return err
	}))
	file.Close()
	dbtest.Drafts(t, filepath.Join(env["DATA"], "drafts.db"), time.Hour, time.Now).Close()
	before, err := os.ReadFile(path)
	journeytest.Must(t, err)
	out := wantWords(t, env, "check", "the start of this version changes the tables, after a backup: 0021_", "note its head with joinery consents verify of the version that runs")
	if strings.Contains(out, "0020_") {
		t.Errorf("it names changes that were made already:\n%s", out)
	}
	if after, err := os.ReadFile(path); err != nil || string(after) != string(before) {
		t.Errorf("check has changed the file (%v)", err)
	}
}

// TestCheckSpeaksOfNoChainThatIsNotThere in a file from before there was one.
func TestCheckSpeaksOfNoChainThatIsNotThere(t *testing.T) {
	dir := t.TempDir()
	unpackEarlier(t, dir, "joinery.db")
	unpackEarlier(t, dir, "drafts.db")
	if out := wantWords(t, map[string]string{"DATA": dir, "MX_CHECK": "0"}, "check", "the start of this version changes the tables"); strings.Contains(out, "chain of consents") {
		t.Errorf("it says\n%s", out)
	}
}

// TestCheckReportsEachMistakeBeforeAnUpgrade, though the form cannot be read.
func TestCheckReportsEachMistakeBeforeAnUpgrade(t *testing.T) {
	dir := t.TempDir()
	unpackEarlier(t, dir, "joinery.db")
	unpackEarlier(t, dir, "drafts.db")
	_, err := ranOn(t, map[string]string{"DATA": dir, "MX_CHECK": "0", "FORM": filepath.Join(dir, "form.json"), "ORG_LOGO": filepath.Join(dir, "logo.svg")}, "check")
	if err == nil || !strings.Contains(err.Error(), "form.json") || !strings.Contains(err.Error(), "logo.svg") {
		t.Errorf("check ends with %v, want both files named", err)
	}
}

// TestCheckLeavesTheFilesOfASiteAsTheyAre of an earlier version, and those that no start has
// made or finished.
func TestCheckLeavesTheFilesOfASiteAsTheyAre(t *testing.T) {
	current := func(t *testing.T, dir string) { dbtest.Open(t, filepath.Join(dir, "joinery.db")).Close() }
	for name, prepare := range map[string]func(t *testing.T, dir string){
		"of an earlier version": func(t *testing.T, dir string) {
			unpackEarlier(t, dir, "joinery.db")
			unpackEarlier(t, dir, "drafts.db")
		},
		"with drafts of an earlier version": func(t *testing.T, dir string) { current(t, dir); unpackEarlier(t, dir, "drafts.db") },
		"empty": func(t *testing.T, dir string) {
			journeytest.Must(t, os.WriteFile(filepath.Join(dir, "joinery.db"), nil, 0o600))
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			prepare(t, dir)
			before := content(t, dir)
			wantWords(t, map[string]string{"DATA": dir, "MX_CHECK": "0"}, "check", "ok: drafts and members can be read")
			if after := content(t, dir); !maps.Equal(before, after) {
				t.Errorf("check has changed the files %v to %v", names(before), names(after))
			}
		})
	}
}

// TestCheckMakesNoFileOfDrafts for a site that kept them in Redis until now.
func TestCheckMakesNoFileOfDrafts(t *testing.T) {
	cfg := configured(t, nil)
	p, err := Open(t.Context(), cfg, templates, time.Now, slog.New(slog.DiscardHandler))
	journeytest.Must(t, err)
	journeytest.Must(t, p.Close())
	journeytest.Must(t, os.Remove(cfg.Drafts))
	wantWords(t, map[string]string{"DATA": cfg.Data, "MX_CHECK": "0"}, "check", "no drafts at "+cfg.Drafts, "ok: drafts and members can be read")
	if _, err := os.Stat(cfg.Drafts); err == nil {
		t.Error("check has made the file")
	}
}

// unpackEarlier writes a file of a site of an earlier version to dir.
func unpackEarlier(t *testing.T, dir, name string) {
	t.Helper()
	packed, err := os.Open(filepath.Join("../e2e/testdata/before-sealing/sqlite", name+".gz"))
	journeytest.Must(t, err)
	defer packed.Close()
	r, err := gzip.NewReader(packed)
	journeytest.Must(t, err)
	text, err := io.ReadAll(r)
	journeytest.Must(t, err)
	journeytest.Must(t, os.WriteFile(filepath.Join(dir, name), text, 0o600))
}

// content returns what is in the files of a folder, by name, without the empty journal
// that SQLite reads a file with.
func content(t *testing.T, dir string) map[string]string {
	t.Helper()
	files, err := os.ReadDir(dir)
	journeytest.Must(t, err)
	all := make(map[string]string)
	for _, f := range files {
		text, err := os.ReadFile(filepath.Join(dir, f.Name()))
		journeytest.Must(t, err)
		if !strings.HasSuffix(f.Name(), "-shm") && !(strings.HasSuffix(f.Name(), "-wal") && len(text) == 0) {
			all[f.Name()] = string(text)
		}
	}
	return all
}

func names(files map[string]string) []string { return slices.Sorted(maps.Keys(files)) }
