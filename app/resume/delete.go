package resume

import (
	"context"
	"errors"

	"joinery/app/member"
	"joinery/app/wizard"
)

// Delete removes a draft from all stores at once. Deleting one that is gone is no
// error; one that was submitted is [wizard.ErrSubmitted], one that was closed in
// the browser is [wizard.ErrClosed]. Where the draft corrects an application that still
// waits, that stays as it was submitted, its browsers hold it again, and corrected is
// true.
func (s *Service) Delete(ctx context.Context, p wizard.Progress) (corrected bool, err error) {
	if p.Info.Draft == "" {
		return false, nil
	}
	// It may have been submitted, or closed in the browser, since p was read.
	if _, err := s.o.Wizard.Session(ctx, p.Session); errors.Is(err, wizard.ErrClosed) {
		return false, err
	}
	if _, err := s.o.Wizard.ProgressOf(ctx, p.Info); err != nil {
		return false, err
	}
	// The answers go first: should anything fail, what leads to them is still
	// there to try again.
	if err := s.o.Drafts.Delete(ctx, p.Info.Draft); err != nil {
		return false, err
	}
	a, err := s.o.Members.CorrectedBy(ctx, p.Info.Draft)
	switch {
	case err == nil:
		return true, s.o.Access.MoveSessions(ctx, p.Info.Draft, a.Draft, s.o.Wizard.ExpiresAt(s.o.Now()))
	case !errors.Is(err, member.ErrNotFound):
		return false, err
	}
	return false, s.o.Access.Forget(ctx, p.Info.Draft)
}

// DeleteByLink removes the draft that l leads to, if l is open: one that was used
// may stand in the history of a browser that is not its owner's.
func (s *Service) DeleteByLink(ctx context.Context, l Link) error {
	if l.Status != Open {
		return nil
	}
	_, err := s.Delete(ctx, l.Progress)
	return err
}
