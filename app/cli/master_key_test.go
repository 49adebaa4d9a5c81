package cli

import (
	"errors"
	"log/slog"
	"os"
	"testing"
	"time"

	"joinery/app/dbtest"
	"joinery/app/journeytest"
	"joinery/app/seal"
)

// TestTheMasterKeyIsMadeOnceAndMissed makes a site, and takes its master key away.
func TestTheMasterKeyIsMadeOnceAndMissed(t *testing.T) {
	cfg := configured(t, nil)
	open := func() error {
		p, err := Open(t.Context(), cfg, templates, time.Now, slog.New(slog.DiscardHandler))
		if err == nil {
			err = p.Close()
		}
		return err
	}
	if err := errors.Join(open(), open()); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(cfg.MasterKeyFile); err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("the file of the master key: %v, %v, want one of mode 0600", info, err)
	}
	if err := os.Remove(cfg.MasterKeyFile); err != nil {
		t.Fatal(err)
	}
	if err := open(); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("without the file Open: %v, want an error that says so", err)
	}
	if _, err := os.Stat(cfg.MasterKeyFile); err == nil {
		t.Error("another master key was made for a database that has keys already")
	}
	cfg.MasterKey = "QSBtYXN0ZXIga2V5IGZvciB0ZXN0cywgMzIgYnl0ZXM="
	if err := open(); !errors.Is(err, seal.ErrMaster) {
		t.Errorf("with another master key Open: %v, want ErrMaster", err)
	}
}

// TestAFirstStartThatWasKilledIsGoneOnWith wherever that was: with tables and no master key,
// and with a master key and no keys in the tables.
func TestAFirstStartThatWasKilledIsGoneOnWith(t *testing.T) {
	for made, more := range map[string]func(path string) error{
		"the tables":                    func(string) error { return nil },
		"the tables and the master key": seal.CreateFile,
	} {
		cfg := configured(t, nil)
		journeytest.Must(t, dbtest.Open(t, cfg.Database).Close())
		journeytest.Must(t, more(cfg.MasterKeyFile))
		before, _ := os.ReadFile(cfg.MasterKeyFile)
		for range 2 {
			p, err := Open(t.Context(), cfg, templates, time.Now, slog.New(slog.DiscardHandler))
			if err != nil {
				t.Fatalf("after a start that made %s, Open: %v", made, err)
			}
			journeytest.Must(t, p.Close())
		}
		if after, err := os.ReadFile(cfg.MasterKeyFile); err != nil || len(before) > 0 && string(after) != string(before) {
			t.Errorf("after a start that made %s, there is another master key (%v)", made, err)
		}
	}
}
