package wizard

import (
	"context"
	"errors"
	"fmt"

	"joinery/app/access"
	"joinery/app/draft"
	"joinery/app/token"
)

// begin saves the first answers of a new draft. Its session is recorded before
// its answers: answers that no browser can open must not be left in a store.
func (w *Wizard) begin(ctx context.Context, sub Submission) (SaveResult, error) {
	key, session := token.Secret(), token.Secret()
	save := w.newSave(draft.Draft{}, sub)
	save.Begin, save.Base = true, 0
	result := w.validateSave(draft.Draft{}, &save, sub)
	result.Session, result.NewDraft = session, sub.Snapshot.Draft != ""
	beginning := access.Beginning{
		Draft: key, Session: token.Digest(session), Email: w.answeredEmail(result.Answers), ExpiresAt: w.ExpiresAt(save.At),
		Network: w.o.Access.NetworkDigest(sub.Network), At: save.At,
	}
	sealKey, err := w.o.Access.Begin(ctx, beginning, w.o.Limits)
	limit := access.LimitError{}
	switch {
	case errors.As(err, &limit):
		result.AllowedAt = limit.Until
		return result, ErrTooMany
	case err != nil:
		return result, fmt.Errorf("%w: %w", ErrNotSaved, err)
	}
	if _, err = w.o.Drafts.Save(ctx, draft.ID{Key: key, Seal: sealKey}, save); err != nil {
		err = errors.Join(err, w.o.Access.CancelBegin(context.WithoutCancel(ctx), beginning, w.o.Limits)) // the store may have it all the same
	}
	switch {
	case errors.Is(err, draft.ErrTooLarge):
		return result, ErrTooLarge
	case err != nil:
		return result, fmt.Errorf("%w: %w", ErrNotSaved, err)
	}
	return result, nil
}

// SweepBegun removes the counts of new drafts that no longer matter. Call it every hour.
func (w *Wizard) SweepBegun(ctx context.Context) error {
	return w.o.Access.SweepBegun(ctx, w.o.Limits, w.o.Now())
}
