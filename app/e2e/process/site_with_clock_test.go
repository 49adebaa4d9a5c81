//go:build e2e

package e2e

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
	"joinery/app/mail"
	"joinery/app/web"
)

// A hosted site is the whole program in this process, on real files, with a
// clock that goes only when a test has it go.
type hosted struct {
	*testing.T
	*cli.Parts
	settings settings
	passed   atomic.Int64 // since the beginning
	begun    time.Time
}

func host(t *testing.T, s settings) *hosted {
	t.Helper()
	cfg, err := config.Load(func(key string) string { return s[key] })
	if err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.DiscardHandler)
	p, err := cli.Open(t.Context(), cfg, files, log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	h := &hosted{T: t, Parts: p, settings: s, begun: time.Now()}
	p.Join.Now, p.Queue.Now = h.now, h.now
	site, err := web.New(web.Options{
		Files: unpressed{files}, Join: p.Join, Outbox: p.Outbox, Name: cfg.OrgName, Contact: cfg.OrgContact, BaseURL: cfg.BaseURL, Brand: p.Brand, Log: log,
	})
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", cfg.Addr)
	if err != nil {
		t.Fatal(err)
	}
	h.goesOn(func(context.Context) error { return site.Serve(listener) }, func() error { return site.Shutdown(5 * time.Second) })
	for _, work := range p.Work() {
		h.goesOn(work, func() error { return nil })
	}
	return h
}

// Unpressed files are those of the program, but what browsers are to keep is no
// more than its name: to compress it takes longer than all else at the start.
type unpressed struct{ fs.FS }

func (u unpressed) ReadFile(name string) ([]byte, error) {
	if strings.HasPrefix(name, "static/") {
		return []byte(name), nil
	}
	return fs.ReadFile(u.FS, name)
}

// goesOn has work done until the test is over. The files close after the last.
func (h *hosted) goesOn(work func(context.Context) error, end func() error) {
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- work(ctx) }()
	h.Cleanup(func() {
		stop()
		if err := errors.Join(end(), <-ended); err != nil {
			h.Error(err)
		}
	})
}

func (h *hosted) now() time.Time { return h.begun.Add(time.Duration(h.passed.Load())) }

// pass lets time pass, and the queue look what is due by then.
func (h *hosted) pass(d time.Duration) {
	h.passed.Add(int64(d))
	h.Queue.Wake()
}

// applicant is somebody who reads a page for as long as the clock says.
func (h *hosted) applicant() *applicant {
	h.Helper()
	a := newApplicant(h.T, h.settings)
	a.reads = func() { h.pass(2 * time.Second) }
	return a
}

// letter returns how the letter stands that a waits for.
func (h *hosted) letter(a *applicant) mail.Delivery {
	h.Helper()
	sent, err := h.Join.Sent(h.Context(), a.secret())
	if err != nil {
		h.Fatal(err)
	}
	post, err := h.Join.MailStatus(h.Context(), sent)
	if err != nil {
		h.Fatal(err)
	}
	return post.Delivery
}

// secret returns the secret by which the browser of a holds a draft.
func (a *applicant) secret() string {
	a.Helper()
	site, err := url.Parse(a.base)
	if err != nil {
		a.Fatal(err)
	}
	for _, c := range a.Jar.Cookies(site) {
		return c.Value
	}
	a.Fatal("this browser holds no draft")
	return ""
}
