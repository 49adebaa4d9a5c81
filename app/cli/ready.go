package cli

import (
	"context"
	"errors"
	"sync"

	"joinery/app/draft"
)

// An unready is the error of a store that cannot be used now.
type unready struct {
	store string
	error
}

// Store returns what the store holds, in words without a secret.
func (u unready) Store() string { return u.store }

// Unwrap returns what the store said.
func (u unready) Unwrap() error { return u.error }

// Ready returns an error that says which stores cannot be used now, or nil. It asks them at
// the same time.
func (p *Parts) Ready(ctx context.Context) error {
	drafts := "drafts"
	if _, ok := p.drafts.(*draft.Redis); ok {
		drafts = "drafts in Redis"
	}
	var all sync.WaitGroup
	var errs [2]error
	all.Go(func() { errs[0] = ping(ctx, drafts, p.drafts.Ping) })
	all.Go(func() { errs[1] = ping(ctx, "members and mail", p.members.Ping) })
	all.Wait()
	return errors.Join(errs[:]...)
}

func ping(ctx context.Context, store string, ping func(context.Context) error) error {
	if err := ping(ctx); err != nil {
		return unready{store, err}
	}
	return nil
}
