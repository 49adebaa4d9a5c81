package cli

import (
	"context"
	"log/slog"
	"time"
)

// A job is work that no person waits for. One that fails is logged and done again
// in its turn.
type job struct {
	failed string // what to log
	do     func(context.Context) error
}

// A schedule does its jobs one after the other, again and again.
type schedule struct {
	every   time.Duration
	atStart bool // also at once
	jobs    []job
	atEnd   []job // once more, when its context is done
}

// schedules returns the jobs of the rooms. Each schedule has a goroutine of its
// own, so a slow job holds up only those of its own schedule.
func (p *Parts) schedules() []schedule {
	flush := job{"link opens not counted", p.Confirm.FlushOpens}
	return []schedule{
		{every: time.Second, jobs: []job{{"choices not applied", p.Confirm.ApplyPendingChoices}}},
		{every: time.Minute, jobs: []job{flush}, atEnd: []job{flush}},
		{every: time.Minute, jobs: []job{{"submitted drafts not cleared", p.Confirm.ClearDiscarded}}},
		{every: time.Hour, atStart: true, jobs: []job{
			{"applications not expired", p.Confirm.Expire},
			{"former answers not cleared", p.Confirm.ClearFormer},
			{"new addresses not cleared", p.Confirm.ClearAddressChanges},
			{"consents not emptied", p.emptyConsents},
			{"drafts not reminded of", p.Resume.Remind},
			{"drafts not swept", p.Resume.Sweep},
			{"counts of new drafts not swept", p.Wizard.SweepBegun},
			{"old backups not removed", p.removeBackupsBefore},
		}},
	}
}

// emptyConsents ends the proof of consents of those that left long ago.
func (p *Parts) emptyConsents(ctx context.Context) error {
	return p.consents.Empty(ctx, p.consentKeep, p.now())
}

// run does the jobs until ctx is done.
func (s schedule) run(ctx context.Context, log *slog.Logger) error {
	defer func() {
		for _, j := range s.atEnd {
			j.run(context.WithoutCancel(ctx), log)
		}
	}()
	if s.atStart {
		s.once(ctx, log)
	}
	ticks := time.NewTicker(s.every)
	defer ticks.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-ticks.C:
			s.once(ctx, log)
		}
	}
}

func (s schedule) once(ctx context.Context, log *slog.Logger) {
	for _, j := range s.jobs {
		j.run(ctx, log)
	}
}

func (j job) run(ctx context.Context, log *slog.Logger) {
	if err := j.do(ctx); err != nil && ctx.Err() == nil {
		log.Error(j.failed+"; will try again", "err", err)
	}
}
