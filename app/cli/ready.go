package cli

import (
	"context"
	"errors"
)

// Ready returns an error that says which store cannot be used now, or nil.
func (p *Parts) Ready(ctx context.Context) error {
	return errors.Join(p.drafts.Ping(ctx), p.members.Ping(ctx))
}
