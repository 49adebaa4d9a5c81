package join

import (
	"context"
	"errors"

	"joinery/app/access"
	"joinery/app/member"
)

// Delete removes the draft that the browser with the given id holds from all
// stores at once. Deleting one that is gone is no error; one that was sent is
// ErrSent. Where the draft corrects an application that still waits, that stays
// as it was sent, and its browsers hold it again: see [Service.Sent].
func (s *Service) Delete(ctx context.Context, id string) error {
	entry, err := s.session(ctx, id)
	if errors.Is(err, ErrNoDraft) {
		return nil
	}
	if err != nil {
		return err
	}
	return s.delete(ctx, entry)
}

// delete removes the answers first: should anything fail, what leads to them
// is still there to try again.
func (s *Service) delete(ctx context.Context, entry access.DraftInfo) error {
	switch a, err := s.latest(ctx, entry.Draft); {
	case err == nil && a.State == member.Waiting:
		return ErrSent
	case err != nil && !errors.Is(err, ErrNoDraft):
		return err
	}
	if err := s.Drafts.Delete(ctx, entry.Draft); err != nil {
		return err
	}
	corrected, err := s.Members.CorrectedBy(ctx, entry.Draft)
	switch {
	case err == nil:
		return s.Access.MoveSessions(ctx, entry.Draft, corrected.Draft, s.ExpiresAt(s.Now()))
	case !errors.Is(err, member.ErrNotFound):
		return err
	}
	return s.Access.Forget(ctx, entry.Draft)
}
