//go:build e2e

package process

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"net"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"joinery/app/cli"
	"joinery/app/config"
	"joinery/app/e2e/harness"
	"joinery/app/mail"
	"joinery/app/web"
)

// A clockedSite is the whole program in this process, on real files, with a
// clock that moves only when a test moves it.
type clockedSite struct {
	*testing.T
	*cli.Parts
	settings harness.Settings
	begun    time.Time
	passed   atomic.Int64 // since then
}

// startClockedSite starts a site that runs until the test is over.
func startClockedSite(t *testing.T, s harness.Settings) *clockedSite {
	t.Helper()
	cfg, err := config.Load(s.Getenv)
	if err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.DiscardHandler)
	parts, err := cli.Open(t.Context(), cfg, harness.Files, log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { parts.Close() })
	c := &clockedSite{T: t, Parts: parts, settings: s, begun: time.Now()}
	parts.Join.Now, parts.Queue.Now = c.now, c.now
	site, err := web.New(web.Options{
		Files: smallFiles{harness.Files}, Join: parts.Join, Outbox: parts.Outbox, Name: cfg.OrgName, Contact: cfg.OrgContact, BaseURL: cfg.BaseURL, Brand: parts.Brand, Log: log,
	})
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", cfg.Addr)
	if err != nil {
		t.Fatal(err)
	}
	c.background(func(context.Context) error { return site.Serve(listener) }, func() error { return site.Shutdown(5 * time.Second) })
	for _, work := range parts.Work() {
		c.background(work, func() error { return nil })
	}
	return c
}

// smallFiles are the files of the program, but static files hold no more than
// their names: to compress them takes longer than all else at the start.
type smallFiles struct{ fs.FS }

func (f smallFiles) ReadFile(name string) ([]byte, error) {
	if strings.HasPrefix(name, "static/") {
		return []byte(name), nil
	}
	return fs.ReadFile(f.FS, name)
}

// background does work until the test is over. The stores close after it.
func (c *clockedSite) background(work func(context.Context) error, end func() error) {
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- work(ctx) }()
	c.Cleanup(func() {
		stop()
		if err := errors.Join(end(), <-ended); err != nil {
			c.Error(err)
		}
	})
}

func (c *clockedSite) now() time.Time { return c.begun.Add(time.Duration(c.passed.Load())) }

// advance moves the clock, and has the queue look for what is due by then.
func (c *clockedSite) advance(d time.Duration) {
	c.passed.Add(int64(d))
	c.Queue.Wake()
}

// newApplicant returns an applicant for whom reading a page moves the clock.
func (c *clockedSite) newApplicant() *harness.Applicant {
	c.Helper()
	a := harness.NewApplicant(c.T, c.settings)
	a.ReadPage = func() { c.advance(2 * time.Second) }
	return a
}

// delivery returns how the letter to an applicant stands.
func (c *clockedSite) delivery(a *harness.Applicant) mail.Delivery {
	c.Helper()
	sent, err := c.Join.Sent(c.Context(), session(a))
	if err != nil {
		c.Fatal(err)
	}
	post, err := c.Join.Post(c.Context(), sent)
	if err != nil {
		c.Fatal(err)
	}
	return post.Delivery
}

// session returns the secret that opens the draft of an applicant.
func session(a *harness.Applicant) string {
	a.Helper()
	site, err := url.Parse(a.Base)
	if err != nil {
		a.Fatal(err)
	}
	for _, cookie := range a.Jar.Cookies(site) {
		return cookie.Value
	}
	a.Fatal("this browser has no draft")
	return ""
}
