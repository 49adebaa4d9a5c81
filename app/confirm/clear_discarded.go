package confirm

import (
	"context"
	"errors"
)

// clearBatch is how many discarded drafts are cleared between two questions to
// the store.
const clearBatch = 100

// ClearDiscarded deletes the answers of drafts that were submitted, or could not
// be saved as a whole, where deleting them failed before. It goes on after a draft
// that cannot be deleted, and ends after a batch with such a draft: the store of
// drafts does not answer, most likely. Call it every minute.
func (s *Service) ClearDiscarded(ctx context.Context) error {
	for {
		keys, err := s.o.Access.Discarded(ctx, clearBatch)
		errs := []error{err}
		for _, key := range keys {
			errs = append(errs, s.clear(ctx, key))
		}
		if err := errors.Join(errs...); err != nil || len(keys) < clearBatch {
			return err
		}
	}
}

// clear deletes the answers of one discarded draft.
func (s *Service) clear(ctx context.Context, key string) error {
	if err := s.o.Drafts.Delete(ctx, key); err != nil {
		return err
	}
	return s.o.Access.Cleared(ctx, key)
}

// tryToClear clears what is no longer needed of a draft that was submitted. What
// cannot be cleared now will be later, and no page shows it.
func (s *Service) tryToClear(ctx context.Context, key string) {
	if err := s.clear(ctx, key); err != nil {
		s.o.Log.Error("a draft that was submitted was not cleared; will try again", "err", err)
	}
}
