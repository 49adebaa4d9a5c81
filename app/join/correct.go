package join

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"

	"joinery/app/address"
	"joinery/app/draft"
	"joinery/app/form"
	"joinery/app/member"
	"joinery/app/token"
)

// StartCorrection gives the answers of a waiting application back as a draft, to be
// corrected and sent again: from then on the browsers that held the one hold
// the other. Until it is sent, the application goes on waiting and can be
// confirmed. Reopening again finds the same draft, as it is by then.
func (s *Service) StartCorrection(ctx context.Context, id string) error {
	a, err := s.waiting(ctx, id)
	if err != nil {
		return err
	}
	correction := correctionKey(a.Draft)
	if err := s.Members.StartCorrection(ctx, a.ID, correction); err != nil {
		return err
	}
	if err := s.restoreAnswers(ctx, correction, a); err != nil {
		return err
	}
	if err := s.Access.MoveSessions(ctx, a.Draft, correction, s.ExpiresAt(s.Now())); err != nil {
		return err
	}
	return s.Access.SetAnsweredEmail(ctx, correction, a.Email)
}

// ChangeEmail sends a waiting application again to another address, as typed, with
// the same answers and consents, asked for from network: the one before ends,
// and its links say so. The address must be one that [address.Canonical]
// accepts. With the same address as before, in whichever case, nothing happens.
// Readdress returns ErrNoDraft when nothing waits, also if it was confirmed just
// now.
func (s *Service) ChangeEmail(ctx context.Context, id, typed, network string) error {
	a, err := s.waiting(ctx, id)
	if err != nil {
		return err
	}
	address, err := address.Canonical(typed)
	if err != nil {
		return fmt.Errorf("join: a validated address: %w", err)
	}
	if strings.EqualFold(address, a.Email) {
		return nil
	}
	key, correction := a.Draft, correctionKey(a.Draft)
	a.Replaces, a.ID, a.Draft, a.Email, a.Sent = a.ID, token.Secret(), correction, address, s.Now()
	a.Answers = maps.Clone(a.Answers)
	a.Answers[s.Form.Address().Key] = []string{typed}
	switch err := s.submit(ctx, a, network); {
	case errors.Is(err, member.ErrNotFound):
		return ErrNoDraft
	case err != nil:
		return err
	}
	if err := s.Drafts.Delete(ctx, correction); err != nil { // what an interrupted Reopen has left
		s.Log.Error("a draft that was sent was not cleared away", "err", err)
	}
	return s.Access.MoveSessions(ctx, key, correction, s.ExpiresAt(s.Now()))
}

// waiting returns the application that was sent from the draft with the given
// id, if it waits, or ErrNoDraft. Its browsers hold it then, also if replacing
// the one before was interrupted.
func (s *Service) waiting(ctx context.Context, id string) (member.Application, error) {
	entry, err := s.session(ctx, id)
	if err != nil {
		return member.Application{}, err
	}
	a, err := s.latest(ctx, entry.Draft)
	if err == nil && a.State != member.Waiting {
		err = ErrNoDraft
	}
	if err != nil {
		return a, err
	}
	return a, s.Access.MoveSessions(ctx, entry.Draft, a.Draft, s.ExpiresAt(s.Now()))
}

// correctionKey returns the key of the draft that correctionKey what was sent from the
// one with the given key. It follows from it, so that two presses make one
// draft.
func correctionKey(key string) string { return token.Digest("corrects " + key)[:26] }

// restoreAnswers saves under key the sections of a that are not there yet: all, or
// those that an interruption left out.
func (s *Service) restoreAnswers(ctx context.Context, key string, a member.Application) error {
	for i := range s.Form.Sections {
		section := &s.Form.Sections[i]
		answers := make(form.Answers, len(section.Fields))
		for _, f := range section.Fields {
			answers[f.Key] = a.Answers[f.Key]
		}
		_, err := s.Drafts.Save(ctx, key, draft.Save{
			Section: section.Key, Content: draft.Section{Answers: answers, Form: a.Form, Completed: true},
			Lang: a.Lang, At: s.Now(), Begin: true,
		})
		if err != nil && !errors.Is(err, draft.ErrConflict) {
			return fmt.Errorf("%w: %w", ErrNotSaved, err)
		}
	}
	return nil
}
