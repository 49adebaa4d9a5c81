package resume

import (
	"context"
	"errors"
	"time"

	"joinery/app/access"
	"joinery/app/draft"
	"joinery/app/wizard"
)

// batch is how many drafts are looked at between two questions to the store.
const batch = 100

// Sweep forgets which browsers, links and codes lead to drafts that have ended.
// Call it every hour.
func (s *Service) Sweep(ctx context.Context) error {
	err := s.eachDraft(ctx, func() ([]access.DraftInfo, error) { return s.o.Access.ExpiringBefore(ctx, s.o.Now(), batch) },
		func(_ access.DraftInfo, d draft.Draft) error { return s.extend(ctx, d) })
	if err != nil {
		return err
	}
	return s.o.Access.SweepAttempts(ctx, s.o.Now())
}

// extend notes when d was saved and ends by now, in whole seconds: rounded down, a
// draft that ends within this second would be looked at over and over.
func (s *Service) extend(ctx context.Context, d draft.Draft) error {
	saved := d.Saved.Add(time.Second - 1)
	err := s.o.Access.SetExpiry(ctx, d.Key, saved, s.o.Wizard.ExpiresAt(saved))
	if errors.Is(err, access.ErrNotFound) {
		return nil // forgotten just now
	}
	return err
}

// eachDraft calls do for the drafts that next returns, batch by batch. What do
// does must take the draft out of those that next returns. A draft that fails
// keeps no other from its turn: it is tried again with the next call.
func (s *Service) eachDraft(ctx context.Context, next func() ([]access.DraftInfo, error), do func(access.DraftInfo, draft.Draft) error) error {
	for {
		infos, err := next()
		if err != nil {
			return err
		}
		var failed []error
		for _, info := range infos {
			if err := s.inspect(ctx, info, do); err != nil {
				failed = append(failed, err)
			}
		}
		if len(failed) > 0 || len(infos) < batch {
			return errors.Join(failed...)
		}
	}
}

// inspect calls do for a draft. Of one that was submitted it lets the sessions
// lead to what became of it until their time is over; one that is gone it forgets.
func (s *Service) inspect(ctx context.Context, info access.DraftInfo, do func(access.DraftInfo, draft.Draft) error) error {
	p, err := s.o.Wizard.ProgressOf(ctx, info)
	if err != nil && !errors.Is(err, wizard.ErrSubmitted) {
		return err
	}
	switch {
	case p.HasDraft():
		return do(info, p.Draft)
	case p.Outcome.Status != wizard.Unsubmitted && info.ExpiresAt.After(s.o.Now()):
		return s.o.Access.MarkSubmitted(ctx, info.Draft, info.ExpiresAt)
	case p.Outcome.Status != wizard.Unsubmitted:
		return s.o.Access.Discard(ctx, info.Draft)
	}
	return s.o.Access.Forget(ctx, info.Draft)
}
