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
	"joinery/app/member"
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
	return startSiteAt(t, s, time.Now())
}

// startSiteAt does the same at another time than now.
func startSiteAt(t *testing.T, s harness.Settings, begun time.Time) *clockedSite {
	t.Helper()
	cfg, err := config.Load(s.Getenv)
	if err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.DiscardHandler)
	c := &clockedSite{T: t, settings: s, begun: begun}
	parts, err := cli.Open(t.Context(), cfg, harness.Files, c.now, log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { parts.Close() })
	c.Parts = parts
	site, err := parts.Site(cfg, smallFiles{harness.Files})
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", cfg.Addr)
	if err != nil {
		t.Fatal(err)
	}
	c.background(func(context.Context) error { return site.Serve(listener) }, func() error { return site.Shutdown(5 * time.Second) })
	for _, work := range append(parts.Work(), parts.Queue.Run) {
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
	state, err := c.Confirm.Confirmation(c.Context(), c.application(a))
	if err != nil {
		c.Fatal(err)
	}
	return state.Delivery
}

// application returns what an applicant has submitted.
func (c *clockedSite) application(a *harness.Applicant) member.Application {
	c.Helper()
	info, err := c.Wizard.Session(c.Context(), session(a))
	if err != nil {
		c.Fatal(err)
	}
	submitted, err := c.Confirm.Application(c.Context(), info.Draft)
	if err != nil {
		c.Fatal(err)
	}
	return submitted
}

// session returns the secret that opens the draft of an applicant.
func session(a *harness.Applicant) string {
	a.Helper()
	site, err := url.Parse(a.Base)
	if err != nil {
		a.Fatal(err)
	}
	for _, cookie := range a.Jar.Cookies(site) {
		if cookie.Name == "draft" {
			return cookie.Value
		}
	}
	a.Fatal("this browser has no draft")
	return ""
}
