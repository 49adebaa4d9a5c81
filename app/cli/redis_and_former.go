package cli

import (
	"context"
	"errors"

	"joinery/app/config"
	"joinery/app/draft"
)

// A redisAndFormer is Redis with the file of former drafts, so that a command finds and
// erases these too.
type redisAndFormer struct {
	openDrafts
	former *draft.SQL
}

// Load returns a draft from where it is.
func (r redisAndFormer) Load(ctx context.Context, id draft.ID) (draft.Draft, error) {
	d, err := r.openDrafts.Load(ctx, id)
	if errors.Is(err, draft.ErrNotFound) {
		return r.former.Load(ctx, id)
	}
	return d, err
}

// Delete removes every trace of a draft from both.
func (r redisAndFormer) Delete(ctx context.Context, key string) error {
	return errors.Join(r.former.Delete(ctx, key), r.openDrafts.Delete(ctx, key))
}

// ClearCopies has both clear theirs, and reports the worse.
func (r redisAndFormer) ClearCopies(ctx context.Context) (draft.Copies, error) {
	former, err1 := r.former.ClearCopies(ctx)
	copies, err2 := r.openDrafts.ClearCopies(ctx)
	if copies == draft.Cleared {
		copies = former
	}
	return copies, errors.Join(err1, err2)
}

// Close closes both.
func (r redisAndFormer) Close() error { return errors.Join(r.former.Close(), r.openDrafts.Close()) }

// addFormer returns Redis with the file of former drafts, if that has any. On an error it
// closes Redis.
func (p *program) addFormer(ctx context.Context, cfg config.Config, redis openDrafts) (openDrafts, error) {
	n, _, err := countFormer(ctx, cfg)
	switch {
	case err != nil:
		return nil, errors.Join(err, redis.Close())
	case n == 0:
		return redis, nil
	}
	former, err := p.changeFile(ctx, cfg)
	if err != nil {
		return nil, errors.Join(err, redis.Close())
	}
	return redisAndFormer{redis, former}, nil
}

// changeFile opens the file of drafts to change something, and migrates nothing.
func (p *program) changeFile(ctx context.Context, cfg config.Config) (*draft.SQL, error) {
	readable, err := draft.OpenSQLReading(ctx, cfg.Drafts, cfg.DraftTTL, p.now)
	if err != nil {
		return nil, err
	}
	if err := readable.Close(); err != nil {
		return nil, err
	}
	return draft.OpenSQL(ctx, cfg.Drafts, cfg.DraftTTL, p.now)
}
