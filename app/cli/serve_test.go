package cli

import (
	"context"
	"database/sql"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"sync/atomic"
	"testing"
	"time"

	"joinery/app/config"
	"joinery/app/dbtest"
	"joinery/app/journeytest"
)

// A site is the whole program, which serves at a URL until stop.
type site struct {
	url   string
	cfg   config.Config
	ahead atomic.Int64 // of the machine is the clock of the site, in nanoseconds
	stop  context.CancelFunc
	ended chan error
}

// serving starts a site with the questions of the harness and a draft for each of
// the addresses.
func serving(t *testing.T, addresses ...string) *site {
	t.Helper()
	addr := freeAddress(t)
	env := map[string]string{
		"ADDR": addr, "BASE_URL": "http://" + addr, "DATA": t.TempDir(), "FORM": write(t, journeytest.Questions), "MX_CHECK": "0", "METRICS_ADDR": freeAddress(t),
	}
	getenv := func(key string) string { return env[key] }
	cfg, err := config.Load(getenv)
	journeytest.Must(t, err)
	beginDrafts(t, cfg, addresses)
	s := &site{url: env["BASE_URL"], cfg: cfg, ended: make(chan error, 1)}
	ctx, stop := context.WithCancel(t.Context())
	s.stop = stop
	now := func() time.Time { return time.Now().Add(time.Duration(s.ahead.Load())) }
	ready := make(announced, 10)
	root := (&program{templates, getenv, now, slog.New(slog.DiscardHandler)}).root(ready)
	root.SetArgs([]string{"serve"})
	go func() { s.ended <- root.ExecuteContext(ctx) }()
	select {
	case <-ready:
	case err := <-s.ended:
		t.Fatalf("joinery serve ends with %v", err)
	}
	return s
}

// freeAddress returns an address of this machine at which nothing listens.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	journeytest.Must(t, err)
	defer l.Close()
	return l.Addr().String()
}

// beginDrafts begins a draft for each of the addresses.
func beginDrafts(t *testing.T, cfg config.Config, addresses []string) {
	t.Helper()
	p, err := Open(t.Context(), cfg, templates, time.Now, slog.New(slog.DiscardHandler))
	journeytest.Must(t, err)
	defer p.Close()
	j := &journeytest.Journey{Setup: journeytest.Setup{Form: p.Wizard.Form}, Wizard: p.Wizard}
	for _, address := range addresses {
		j.BegunWith(t, address)
	}
}

// announced gets what a program prints.
type announced chan string

func (a announced) Write(p []byte) (int, error) { a <- string(p); return len(p), nil }

// A visitor follows no redirect, and leaves no connection open.
var visitor = http.Client{
	Transport:     &http.Transport{DisableKeepAlives: true},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

var stampField = regexp.MustCompile(`name="stamp" value="([^"]+)"`)

// stamp looks at the page on which links are asked for, for as long as a person
// does, and returns its stamp.
func (s *site) stamp(t *testing.T) string {
	t.Helper()
	page, err := visitor.Get(s.url + "/en/resume")
	journeytest.Must(t, err)
	defer page.Body.Close()
	body, err := io.ReadAll(page.Body)
	found := stampField.FindSubmatch(body)
	if err != nil || found == nil {
		t.Fatalf("the page is %s, %v, want a stamp in it", body, err)
	}
	s.ahead.Add(int64(time.Minute))
	return string(found[1])
}

// requestLink asks for a link to the drafts of an address.
func (s *site) requestLink(t *testing.T, stamp, address string) {
	t.Helper()
	answer, err := visitor.PostForm(s.url+"/en/resume", url.Values{"stamp": {stamp}, "address": {address}})
	journeytest.Must(t, err)
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK { // on the page itself: visitor keeps no cookies
		t.Fatalf("asked for a link for %s the site answers %s", address, answer.Status)
	}
}

// TestLinksThatWereAskedForAreSentAfterTheEnd of the program, which comes while the
// letters cannot be written yet.
func TestLinksThatWereAskedForAreSentAfterTheEnd(t *testing.T) {
	t.Parallel()
	addresses := []string{"ann@example.ca", "bob@example.ca", "zoe@example.ca"}
	s := serving(t, addresses...)
	stamp := s.stamp(t)
	file := dbtest.Open(t, s.cfg.Database)
	journeytest.Must(t, file.InTx(t.Context(), func(*sql.Tx) error { // nothing else can write meanwhile
		for _, address := range addresses {
			s.requestLink(t, stamp, address)
		}
		s.stop()
		return nil
	}))
	journeytest.Must(t, <-s.ended)
	j := &journeytest.Journey{Setup: journeytest.Setup{File: file}}
	j.WantCount(t, "mails WHERE kind = 'resume' AND state = 'waiting'", 3)
}
