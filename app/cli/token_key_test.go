package cli

import (
	"bytes"
	"io/fs"
	"log/slog"
	"strings"
	"testing"
	"time"

	"joinery/app/config"
)

// shortFiles are the files of the program with static files that need no compression.
type shortFiles struct{ fs.FS }

func (f shortFiles) ReadFile(name string) ([]byte, error) {
	if strings.HasPrefix(name, "static/") {
		return []byte(name), nil
	}
	return fs.ReadFile(f.FS, name)
}

// tokenKeyOf starts a site, and returns what signs its forms.
func tokenKeyOf(t *testing.T, cfg config.Config) []byte {
	t.Helper()
	p, err := Open(t.Context(), cfg, templates, time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	site, err := p.Site(cfg, shortFiles{templates})
	if err != nil {
		t.Fatal(err)
	}
	return site.TokenKey
}

func TestAFormFromBeforeARestartIsKnown(t *testing.T) {
	cfg := configured(t, nil)
	before := tokenKeyOf(t, cfg)
	if after := tokenKeyOf(t, cfg); len(before) < 32 || !bytes.Equal(after, before) {
		t.Error("after a restart the site signs its forms with another key")
	}
	if other := tokenKeyOf(t, configured(t, nil)); bytes.Equal(other, before) {
		t.Error("two installations sign their forms with the same key")
	}
}
