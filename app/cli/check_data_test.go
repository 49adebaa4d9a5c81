package cli

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"joinery/app/dbtest"
	"joinery/app/journeytest"
)

func TestCheckCreatesNothingBeforeTheFirstStart(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	env := map[string]string{"DATA": data, "MX_CHECK": "0", "TZ": "Europe/Zurich"}
	wantWords(t, env, "check", "no database at "+data, "TZ has no effect", "are free in", "kept: drafts 720h", "ok: drafts and members can be read")
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
	out := wantWords(t, env, "check", "the start of this version changes the tables, after a backup: 0021_")
	if strings.Contains(out, "0020_") {
		t.Errorf("it names changes that were made already:\n%s", out)
	}
	if after, err := os.ReadFile(path); err != nil || string(after) != string(before) {
		t.Errorf("check has changed the file (%v)", err)
	}
}
