package web

import (
	"context"

	"joinery/app/i18n"
	"joinery/app/member"
)

// application returns the application that was submitted from the draft that a
// session leads to.
func (s *site) application(ctx context.Context, session string) (member.Application, error) {
	info, err := s.wizard.Session(ctx, session)
	if err != nil {
		return member.Application{}, err
	}
	return s.confirm.Application(ctx, info.Draft)
}

func (s *site) resendConfirmation(ctx context.Context, session, network string) error {
	a, err := s.application(ctx, session)
	if err != nil {
		return err
	}
	return s.confirm.ResendConfirmation(ctx, a, network)
}

func (s *site) changeEmail(ctx context.Context, session, typed, network string) error {
	a, err := s.application(ctx, session)
	if err != nil {
		return err
	}
	return s.confirm.ChangeEmail(ctx, a, a.Draft, typed, network)
}

func (s *site) deleteDraft(ctx context.Context, session string) error {
	p, err := s.wizard.Progress(ctx, session)
	if err != nil {
		return err
	}
	_, err = s.resume.Delete(ctx, p)
	return err
}

func (s *site) sendResumeLink(ctx context.Context, session, email string, l i18n.Lang, network string) error {
	p, err := s.wizard.Progress(ctx, session)
	if err != nil {
		return err
	}
	return s.resume.SendLink(ctx, p, email, l, network)
}
