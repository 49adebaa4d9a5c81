package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"joinery/app/config"
	"joinery/app/draft"
)

// hasFormerDrafts reports whether there is a file of drafts though the site uses Redis, as
// after a move. Nobody can open these drafts then.
func hasFormerDrafts(cfg config.Config) bool {
	if cfg.RedisURL == "" {
		return false
	}
	_, err := os.Stat(cfg.Drafts)
	return err == nil
}

// sweepFormer returns the job that removes former drafts when their time is over, as if the
// site still used their file, or nil when there is none.
func (p *Parts) sweepFormer(cfg config.Config) func(context.Context) error {
	if !hasFormerDrafts(cfg) {
		return nil
	}
	return func(ctx context.Context) error {
		p.log.Warn("drafts are in Redis, and those in a file of before cannot be opened: they are removed when their time is over", "file", cfg.Drafts)
		former, err := draft.OpenSQL(ctx, cfg.Drafts, cfg.DraftTTL, p.now)
		if err != nil {
			p.log.Error("the former drafts cannot be removed", "err", err)
			return nil // the site does without them
		}
		defer former.Close()
		former.Log = p.log
		return former.Run(ctx)
	}
}

// checkFormerDrafts warns of former drafts.
func checkFormerDrafts(cfg config.Config, out io.Writer) {
	if hasFormerDrafts(cfg) {
		fmt.Fprintf(out, "warning: %s has drafts of before the site used Redis, which nobody can open now: the site removes each %s after its last save. "+
			"When that has passed since the change, stop the site and delete the file, with those of its name that end in -wal and -shm\n", cfg.Drafts, days(cfg.DraftTTL))
	}
}

// A movedStore is Redis, and the file of former drafts, from which it deletes too.
type movedStore struct {
	openDrafts
	former *draft.SQL
}

// Delete removes every trace of a draft from both.
func (m movedStore) Delete(ctx context.Context, key string) error {
	return errors.Join(m.former.Delete(ctx, key), m.openDrafts.Delete(ctx, key))
}

// Close closes both.
func (m movedStore) Close() error { return errors.Join(m.former.Close(), m.openDrafts.Close()) }

// withFormer returns Redis with the file of former drafts, if there is one.
func (p *program) withFormer(ctx context.Context, cfg config.Config, redis openDrafts) (openDrafts, error) {
	if !hasFormerDrafts(cfg) {
		return redis, nil
	}
	former, err := draft.OpenSQL(ctx, cfg.Drafts, cfg.DraftTTL, p.now)
	if err != nil {
		return nil, errors.Join(err, redis.Close())
	}
	return movedStore{redis, former}, nil
}
