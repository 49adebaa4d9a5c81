package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"time"

	"joinery/app/access"
	"joinery/app/config"
	"joinery/app/draft"
)

// countFormer returns how many drafts are in a file though the site uses Redis, as after a
// move, and whether there is such a file. Nobody can open these drafts then.
func countFormer(ctx context.Context, cfg config.Config) (n int, there bool, err error) {
	if cfg.RedisURL == "" {
		return 0, false, nil
	}
	n, err = draft.CountSQL(ctx, cfg.Drafts)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, false, nil
	}
	return n, true, err
}

// checkFormer says what is to know of the file of former drafts.
func checkFormer(ctx context.Context, cfg config.Config, out io.Writer) {
	n, there, err := countFormer(ctx, cfg)
	switch {
	case err != nil:
		fmt.Fprintf(out, "warning: the site uses Redis, and it is not known whether a file has drafts of before: %v\n", err)
	case n > 0:
		fmt.Fprintf(out, "warning: %s has drafts of before the site used Redis, which nobody can open now: %d. The site removes each %s after its last save, "+
			"or sooner when nothing else is known of it\n", cfg.Drafts, n, days(cfg.DraftTTL))
	case there:
		fmt.Fprintf(out, "%s has no drafts, and the site uses Redis: you may delete the file, with those of its name that end in -wal and -shm\n", cfg.Drafts)
	}
}

// sweepFormer returns the work that removes former drafts, or nil when there are none.
func (p *Parts) sweepFormer(ctx context.Context, cfg config.Config) func(context.Context) error {
	if n, _, err := countFormer(ctx, cfg); err == nil && n == 0 {
		return nil
	}
	hourly := schedule{every: time.Hour, atStart: true, jobs: []job{
		{"former drafts not removed", func(ctx context.Context) error { return p.removeFormer(ctx, cfg) }},
	}}
	return func(ctx context.Context) error {
		p.log.Warn("drafts are in Redis, and those in a file of before cannot be opened: they are removed when their time is over", "file", cfg.Drafts)
		return hourly.run(ctx, p.log)
	}
}

// removeFormer removes the former drafts whose time is over, as if the site still used their
// file, and those that were deleted or submitted. It closes the file, which may then be deleted.
func (p *Parts) removeFormer(ctx context.Context, cfg config.Config) error {
	if n, _, err := countFormer(ctx, cfg); err != nil || n == 0 {
		return err
	}
	former, err := draft.OpenSQL(ctx, cfg.Drafts, cfg.DraftTTL, p.now)
	if err != nil {
		return err
	}
	defer former.Close()
	if err := former.Sweep(ctx); err != nil {
		return err
	}
	return p.removeAllEnded(ctx, former)
}

// removeAllEnded removes the former drafts that were deleted or submitted.
func (p *Parts) removeAllEnded(ctx context.Context, former *draft.SQL) error {
	const most = 1000
	for after := ""; ; {
		keys, err := former.Keys(ctx, after, most)
		if err != nil || len(keys) == 0 {
			return err
		}
		for _, key := range keys {
			if err := p.removeEnded(ctx, former, key); err != nil {
				return err
			}
		}
		after = keys[len(keys)-1]
	}
}

// removeEnded removes a former draft whose entry or key is gone. Only Redis was told of its
// end.
func (p *Parts) removeEnded(ctx context.Context, former *draft.SQL, key string) error {
	info, err := p.browsers.ByDraft(ctx, key)
	switch {
	case err == nil && !info.Key.IsZero():
		return nil
	case err != nil && !errors.Is(err, access.ErrNotFound):
		return err
	}
	return former.Delete(ctx, key)
}
