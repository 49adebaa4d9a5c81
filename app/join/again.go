package join

import (
	"context"
	"errors"
	"fmt"

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
// corrected and sent again, and returns its id. Until that is sent, the
// application goes on waiting and can be confirmed. Reopening again leads to
// the same draft, as it is by then.
func (s *Service) Reopen(ctx context.Context, id string) (correction string, err error) {
	a, err := s.Sent(ctx, id)
	if err != nil {
		return "", err
	}
	if a.State != member.Waiting {
		return "", ErrNoDraft
	}
	correction = corrects(id)
	d, err := s.Drafts.Load(ctx, correction)
	if err != nil && !errors.Is(err, draft.ErrNotFound) {
		return "", err
	}
	if err := s.Members.Reopen(ctx, a.ID, draft.Digest(correction)); err != nil {
		return "", err
	}
	return correction, s.complete(ctx, correction, d, a)
}

// corrects returns the id of the draft that corrects what was sent from the
// one with the given id. It follows from it, so that two presses make one
// draft, and nothing leads back.
func corrects(id string) string { return draft.Digest("corrects " + id)[:32] }

// complete saves under id the sections of a that d does not have: all, or those
// that an interruption left out.
func (s *Service) complete(ctx context.Context, id string, d draft.Draft, a member.Application) error {
	for i := range s.Form.Sections {
		section := &s.Form.Sections[i]
		if _, done := d.Sections[section.Key]; done {
			continue
		}
		answers := make(form.Answers, len(section.Fields))
		for _, f := range section.Fields {
			answers[f.Key] = a.Answers[f.Key]
		}
		save := draft.Save{Section: section.Key, Answers: answers, Form: a.Form, Lang: a.Lang, At: s.Now()}
		if err := s.Drafts.Save(ctx, id, save); err != nil {
			return fmt.Errorf("%w: %w", ErrNotSaved, err)
		}
	}
	return nil
}
