package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"joinery/app/config"
	"joinery/app/listener"
	"joinery/app/web"
)

// How the site ends after a signal.
const (
	drainTime    = 300 * time.Millisecond // for requests that clients have sent on open connections
	sendingTime  = 5 * time.Second        // for clients to send the rest of a request
	shutdownTime = 9 * time.Second        // for all requests under way
)

// serveCommand runs the site.
func (p *program) serveCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "serve",
		Short: "Run the site",
		Long: `serve runs the site until it gets SIGINT or SIGTERM. It prints one line when the
site is ready, and logs to standard error in JSON.

Environment: every setting in docs/operations.md. The first ones to set are
ADDR, where the site listens; BASE_URL, the address people use; DATA, the folder
of its files; REDIS_URL, the store of drafts; SMTP_URL, the server that takes
mail. When a new version changes the tables of the database, it first writes a
backup to DATA/backups.

Exit codes: 0 after a signal, when all requests under way have ended; 1 when the
site cannot start or cannot go on.`,
		Example: `  joinery serve
  ADDR=:8080 BASE_URL=http://localhost:8080 joinery serve`,
		Args: refuseArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			cfg, err := p.settings()
			if err != nil {
				return err
			}
			if err := errors.Join(removeUnfinished(cfg), p.backUpBeforeMigration(c.Context(), cfg)); err != nil {
				return err
			}
			parts, err := Open(c.Context(), cfg, p.files(cfg), p.now, p.log)
			if err != nil {
				return err
			}
			defer parts.Close()
			return p.serve(c.Context(), cfg, parts, c.OutOrStdout())
		},
	}
}

// serve runs the site and the work beside it until ctx is done and everything
// under way has ended.
func (p *program) serve(ctx context.Context, cfg config.Config, parts *Parts, out io.Writer) error {
	if err := parts.Archive(ctx); err != nil {
		return err
	}
	site, err := parts.Site(cfg, p.files(cfg))
	if err != nil {
		return err
	}
	port, err := listen(cfg, p.log)
	if err != nil {
		return err
	}
	if err := errors.Join(parts.browsers.FollowTTL(ctx, cfg.DraftTTL), parts.listenForMetrics(ctx, cfg)); err != nil {
		return errors.Join(err, port.Close())
	}
	g, ctx := errgroup.WithContext(ctx)
	after, siteEnded := context.WithCancel(context.WithoutCancel(ctx))
	g.Go(func() error { return parts.Queue.Run(ctx) })
	for _, work := range parts.Work() {
		g.Go(func() error { return work(after) })
	}
	g.Go(func() error { return serveUntil(ctx, site, port) })
	g.Go(func() error {
		<-ctx.Done()
		defer siteEnded()  // what the last requests have asked for is still done
		defer port.Close() // for a site that has not begun to serve yet
		return end(site, port)
	})
	fmt.Fprintf(out, "Joinery is ready at %s\n", cfg.BaseURL)
	if parts.Outbox != nil {
		fmt.Fprintf(out, "Mail goes no further than %s/outbox\n", cfg.BaseURL)
	}
	return g.Wait()
}

// end ends the site and loses no request that was sent before: answers end their
// connections for a moment, before the site closes those without a request.
func end(site *web.Server, l *listener.Listener) error {
	site.Drain()
	time.Sleep(drainTime)
	late := time.AfterFunc(sendingTime, l.CloseWaiting)
	defer late.Stop()
	return site.Shutdown(shutdownTime)
}

// Site returns the site over the parts. Files hold its templates and static files.
func (p *Parts) Site(cfg config.Config, files fs.FS) (*web.Server, error) {
	return web.New(web.Options{
		Files:   files,
		Reload:  cfg.Dev,
		Wizard:  p.Wizard,
		Confirm: p.Confirm,
		Resume:  p.Resume,
		Ready:   p.Ready,
		Now:     p.now,
		Zone:    cfg.Zone,
		Outbox:  p.Outbox,
		HTTPS:   cfg.HTTPS(),
		Name:    cfg.OrgName,
		Address: cfg.OrgAddress,
		Contact: cfg.OrgContact,
		Places:  cfg.Places,
		BaseURL: cfg.BaseURL,
		Brand:   p.Brand,
		MX:      p.MX,
		Proxies: cfg.TrustedProxies,
		Log:     p.log,
		Count:   p.metrics.Request,
		Failed:  p.metrics.Failure,

		TokenKey: []byte(p.ring.Digest("form", "token")),

		DraftTTL:   cfg.DraftTTL,
		WaitingTTL: cfg.WaitingTTL,
		Notice:     notice(cfg),
	})
}

// Work returns the work that goes on beside the site and the mail queue: each
// function until its context is done.
func (p *Parts) Work() []func(context.Context) error {
	work := []func(context.Context) error{p.Resume.Run}
	for _, s := range p.schedules() {
		work = append(work, func(ctx context.Context) error { return s.run(ctx, p.log) })
	}
	if p.metricsListener != nil {
		work = append(work, p.serveMetrics)
	}
	if p.sweep != nil {
		work = append(work, p.sweep)
	}
	return work
}

// serveUntil serves the site at listener. A listener that is closed because ctx
// is done is no error.
func serveUntil(ctx context.Context, site *web.Server, listener net.Listener) error {
	err := site.Serve(listener)
	if ctx.Err() != nil && errors.Is(err, net.ErrClosed) {
		return nil
	}
	return err
}
