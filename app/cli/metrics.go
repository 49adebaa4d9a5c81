package cli

import (
	"context"
	"fmt"
	"net"
	"path/filepath"

	"joinery/app/access"
	"joinery/app/config"
	"joinery/app/mail"
	"joinery/app/metrics"
	"joinery/app/wizard"
)

// count has the parts told what is counted. It is called before the rooms are opened.
func (p *Parts) count(cfg config.Config, browsers *access.Store) {
	p.metrics = metrics.New(version)
	p.limits.Full = func(budget string) { p.metrics.Full("mail_" + budget) }
	p.begins = beginLimits(cfg, p.log)
	p.begins.Full = func(budget string) { p.metrics.Full("drafts_" + budget) }
	p.metrics.Ask(func(ctx context.Context) metrics.Standing { return p.standing(ctx, cfg, browsers) })
}

// countStep counts a step to membership.
func (p *Parts) countStep(s wizard.Step) {
	p.metrics.Step(string(s.Kind), s.Section, string(s.Lang), s.Form)
}

// standing finds out how the program stands. It leaves out what cannot be read, as of a
// file that is locked: Ready then says so.
func (p *Parts) standing(ctx context.Context, cfg config.Config, browsers *access.Store) metrics.Standing {
	s := metrics.Standing{
		Ready:   map[string]bool{"drafts": p.drafts.Ping(ctx) == nil, "members": p.members.Ping(ctx) == nil},
		Budgets: make(map[string]metrics.Use),
		Disk:    metrics.DiskOf(filepath.Dir(cfg.Database)),
	}
	if f, err := p.limits.Figures(ctx, p.Queue.DB, p.now()); err == nil {
		s.Mail, s.Overdue = letterCounts(f.Letters), f.Overdue
		s.Budgets[metrics.MailTotal] = metrics.Use{Used: f.Planned, Max: cfg.MailTotal.Max}
	}
	if n, err := browsers.BegunInTotal(ctx, p.begins, p.now()); err == nil {
		s.Budgets[metrics.DraftsTotal] = metrics.Use{Used: n, Max: cfg.DraftsTotal.Max}
	}
	return s
}

func letterCounts(figures []mail.Figure) []metrics.Letters {
	counts := make([]metrics.Letters, 0, len(figures))
	for _, f := range figures {
		counts = append(counts, metrics.Letters{Kind: string(f.Kind), State: f.State, Count: f.Count})
	}
	return counts
}

// listenForMetrics opens the address at which Prometheus asks, if there is one.
func (p *Parts) listenForMetrics(ctx context.Context, cfg config.Config) (err error) {
	if cfg.MetricsAddr == "" {
		return nil
	}
	if p.metricsListener, err = new(net.ListenConfig).Listen(ctx, "tcp", cfg.MetricsAddr); err != nil {
		return fmt.Errorf("cannot listen at METRICS_ADDR %s: %w", cfg.MetricsAddr, err)
	}
	return nil
}

// serveMetrics answers Prometheus until ctx is done.
func (p *Parts) serveMetrics(ctx context.Context) error {
	return p.metrics.Serve(ctx, p.metricsListener)
}
