package join

import (
	"context"
	"errors"
	"fmt"

	"joinery/app/access"
	"joinery/app/draft"
	"joinery/app/form"
	"joinery/app/member"
)

// Again makes a fresh link for the application that was sent from the draft
// with the given id and sends it to the same mailbox. It returns false when
// too many letters went there lately.
func (s *Service) Again(ctx context.Context, id string) (queued bool, err error) {
	a, err := s.Sent(ctx, id)
	if err != nil {
		return false, err
	}
	return s.relink(ctx, a)
}

func (s *Service) relink(ctx context.Context, a member.Application) (queued bool, err error) {
	if a.State != member.Waiting {
		return false, ErrNoDraft
	}
	link, letter, err := s.link(a)
	if err != nil {
		return false, err
	}
	queued, err = s.Members.Relink(ctx, a.ID, link, letter, s.PerAddress)
	if queued {
		s.Queued()
	}
	return queued, err
}

// Reopen gives the answers of a waiting application back as a draft, to be
// corrected and sent again: from then on the browsers that held the one hold
// the other. Until it is sent, the application goes on waiting and can be
// confirmed. Reopening again finds the same draft, as it is by then.
func (s *Service) Reopen(ctx context.Context, id string) error {
	a, err := s.Sent(ctx, id)
	if err != nil {
		return err
	}
	if a.State != member.Waiting {
		return ErrNoDraft
	}
	correction := corrects(a.Draft)
	if err := s.Members.Reopen(ctx, a.ID, correction); err != nil {
		return err
	}
	if err := s.complete(ctx, correction, a); err != nil {
		return err
	}
	if err := s.Access.Move(ctx, a.Draft, correction, s.Kept(s.Now())); err != nil {
		return err
	}
	return s.Access.Reach(ctx, correction, a.Email)
}

// corrects returns the key of the draft that corrects what was sent from the
// one with the given key. It follows from it, so that two presses make one
// draft.
func corrects(key string) string { return access.Digest("corrects " + key)[:26] }

// complete saves under key the sections of a that are not there yet: all, or
// those that an interruption left out.
func (s *Service) complete(ctx context.Context, key string, a member.Application) error {
	for i := range s.Form.Sections {
		section := &s.Form.Sections[i]
		answers := make(form.Answers, len(section.Fields))
		for _, f := range section.Fields {
			answers[f.Key] = a.Answers[f.Key]
		}
		_, err := s.Drafts.Save(ctx, key, draft.Save{
			Section: section.Key, Content: draft.Section{Answers: answers, Form: a.Form, Done: true},
			Lang: a.Lang, At: s.Now(), Begin: true,
		})
		if err != nil && !errors.Is(err, draft.ErrConflict) {
			return fmt.Errorf("%w: %w", ErrNotSaved, err)
		}
	}
	return nil
}
