package cli

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"joinery/app/config"
)

// sealedBefore returns the settings of a site that has run, and a text that it has sealed.
func sealedBefore(t *testing.T) (env map[string]string, sealed string) {
	t.Helper()
	env = map[string]string{"DATA": t.TempDir(), "MX_CHECK": "0"}
	p, err := Open(t.Context(), mustConfigure(t, env), templates, time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	sealed = p.ring.Seal("row 1", "Xylophone")
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	return env, sealed
}

func mustConfigure(t *testing.T, env map[string]string) config.Config {
	t.Helper()
	cfg, err := config.Load(func(key string) string { return env[key] })
	if err != nil {
		t.Fatal(err)
	}
	return cfg
}

// wantOpens wants a text to be readable with the keys that the settings give.
func wantOpens(t *testing.T, env map[string]string, sealed string) {
	t.Helper()
	file, ring, err := openSealed(t.Context(), mustConfigure(t, env))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if plain, err := ring.Open(t.Context(), "row 1", sealed); err != nil || plain != "Xylophone" {
		t.Errorf("what was sealed before is %q, %v", plain, err)
	}
}

func TestKeysAreRotatedAndWhatWasSealedStaysReadable(t *testing.T) {
	env, sealed := sealedBefore(t)
	path := filepath.Join(env["DATA"], "master.key")
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	wantWords(t, env, "keys rotate", "new keys are in use", path)
	after, err := os.ReadFile(path)
	if err != nil || len(strings.Fields(string(after))) != 2 || strings.HasPrefix(string(after), string(before)) {
		t.Errorf("the file has %d keys, %v, want a new one before the old one", len(strings.Fields(string(after))), err)
	}
	wantOpens(t, env, sealed)
}

func TestMasterKeysInTheEnvironmentAreRotatedByHand(t *testing.T) {
	env, sealed := sealedBefore(t)
	file, err := os.ReadFile(filepath.Join(env["DATA"], "master.key"))
	if err != nil {
		t.Fatal(err)
	}
	env["MASTER_KEY"] = strings.TrimSpace(string(file))
	if _, err := ranOn(t, env, "keys", "rotate"); err == nil || !strings.Contains(err.Error(), "put a new one before it") {
		t.Errorf("with one key in MASTER_KEY it ends with %v", err)
	}
	env["MASTER_KEY"] = "QSBtYXN0ZXIga2V5IGZvciB0ZXN0cywgMzIgYnl0ZXM=," + env["MASTER_KEY"]
	wantWords(t, env, "keys rotate", "MASTER_KEY")
	env["MASTER_KEY"] = "QSBtYXN0ZXIga2V5IGZvciB0ZXN0cywgMzIgYnl0ZXM="
	wantOpens(t, env, sealed)
}
