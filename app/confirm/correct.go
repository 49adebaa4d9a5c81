package confirm

import (
	"context"
	"errors"
	"fmt"

	"joinery/app/access"
	"joinery/app/draft"
	"joinery/app/form"
	"joinery/app/member"
	"joinery/app/wizard"
)

// StartCorrection gives the answers of a waiting application back as a draft, to
// be corrected and submitted again. From then on the sessions of the draft with
// the key from lead to the correction. Until that is submitted, the application
// goes on waiting and can be confirmed. Correcting again finds the same draft, as
// it is by then. StartCorrection returns ErrNoApplication when a does not wait,
// also if it was confirmed just now.
func (s *Service) StartCorrection(ctx context.Context, a member.Application, from string) error {
	correction := correctionKey(a.Draft)
	if err := s.o.Members.NoteCorrection(ctx, a.ID, correction); err != nil {
		return noneWaits(err)
	}
	sealKey, err := s.o.Access.CorrectionKey(ctx, from, correction)
	if errors.Is(err, access.ErrNotFound) { // what led to the application was forgotten just now
		return ErrNoApplication
	}
	if err != nil {
		return err
	}
	if err := s.restoreAnswers(ctx, draft.ID{Key: correction, Seal: sealKey}, a); err != nil {
		return err
	}
	now := s.o.Now()
	err = s.o.Members.StartCorrection(ctx, a, from, correction, now, now.Add(s.o.DraftTTL))
	if errors.Is(err, member.ErrNotFound) { // it ended just now, perhaps before its answers were restored
		return errors.Join(ErrNoApplication, s.o.Access.DiscardUnattached(ctx, correction))
	}
	return err
}

// restoreAnswers saves in a draft the sections of a that are not there yet: all that
// were asked, or those that an interruption left out.
func (s *Service) restoreAnswers(ctx context.Context, id draft.ID, a member.Application) error {
	for _, section := range s.o.Form.SectionsAsked(a.Answers) {
		answers := make(form.Answers, len(section.Fields))
		for _, f := range section.Fields {
			answers[f.Key] = a.Answers[f.Key]
		}
		_, err := s.o.Drafts.Save(ctx, id, draft.Save{
			Section: section.Key, Content: draft.Section{Answers: answers, Form: a.Form, Completed: true},
			At: s.o.Now(), Begin: true,
		})
		if err != nil && !errors.Is(err, draft.ErrConflict) {
			return fmt.Errorf("%w: %w", wizard.ErrNotSaved, err)
		}
	}
	return nil
}
