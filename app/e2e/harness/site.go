//go:build e2e

package harness

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"os"
	"sync"
	"testing"

	"joinery/app/cli"
)

// Settings are the whole environment of a program.
type Settings map[string]string

// Getenv returns a setting, or "".
func (s Settings) Getenv(key string) string { return s[key] }

// NewSettings returns the settings of a site with a folder and an address of
// its own, and more.
func NewSettings(t *testing.T, more Settings) Settings {
	t.Helper()
	return settings(t, t.TempDir(), more)
}

func settings(t *testing.T, data string, more Settings) Settings {
	t.Helper()
	addr := FreeAddr(t)
	s := Settings{
		"ADDR": addr, "BASE_URL": "http://" + addr, "DATA": data, "MX_CHECK": "0", "NEWS_URL": "https://www.example.org/news",
		"MEMBERS_URL": "https://www.example.org/members", "PROGRAMS_URL": "https://www.example.org/programs",
	}
	for key, value := range more {
		s[key] = value
	}
	return s
}

// NewSite starts a site with nothing configured.
func NewSite(t *testing.T) Settings {
	t.Helper()
	s := NewSettings(t, nil)
	StartSite(t, s)
	return s
}

// StartSite runs a site in this process until the test is over, and returns
// when the site is ready.
func StartSite(t *testing.T, s Settings) {
	t.Helper()
	StartUnreadySite(t, s)
	WaitUntilOK(t, s, "/readyz")
}

// StartUnreadySite does the same, but returns when the site answers, though its
// stores may not.
func StartUnreadySite(t *testing.T, s Settings) {
	t.Helper()
	end := Begin(s)
	t.Cleanup(func() {
		if err := end(); err != nil {
			t.Errorf("the site ended with %v", err)
		}
	})
	WaitUntilOK(t, s, "/healthz")
}

// Begin runs a site in this process until end is called.
func Begin(s Settings) (end func() error) {
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() {
		ended <- cli.Run(ctx, Files, []string{"serve"}, s.Getenv, io.Discard, slog.New(slog.DiscardHandler))
	}()
	return func() error {
		stop()
		return <-ended
	}
}

// The site that the tests of a package share: to compress its files takes longer
// than many a test.
var (
	beginSharedSite sync.Once
	sharedSite      Settings
	closeSharedSite = func() error { return nil }
)

// SharedSite returns a site that all tests of the package use, each with drafts
// of its own.
func SharedSite(t *testing.T) Settings {
	t.Helper()
	beginSharedSite.Do(func() {
		data, err := os.MkdirTemp("", "joinery-shared-site") // which outlives this test
		if err != nil {
			t.Fatal(err)
		}
		sharedSite = settings(t, data, nil)
		end := Begin(sharedSite)
		closeSharedSite = func() error { return errors.Join(end(), os.RemoveAll(data)) }
	})
	WaitUntilOK(t, sharedSite, "/readyz")
	return sharedSite
}

// WaitUntilOK waits until a path of the site answers with 200.
func WaitUntilOK(t *testing.T, s Settings, path string) {
	t.Helper()
	Eventually(t, path+" is fine", func() error {
		r, err := http.Get(s["BASE_URL"] + path)
		if err != nil {
			return err
		}
		defer r.Body.Close()
		if r.StatusCode != http.StatusOK {
			return errors.New(r.Status)
		}
		return nil
	})
}
