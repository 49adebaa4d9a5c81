package confirm

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"joinery/app/access"
	"joinery/app/address"
	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/member"
	"joinery/app/token"
	"joinery/app/wizard"
)

// Submit makes the draft an application that waits for confirmation, and queues
// the letter that asks for it. Given are the keys of the consents that were
// ticked, in the words of lang; where a required consent is missing, Submit says
// so and does nothing. The letter was asked for from network. Beyond a budget it
// waits for its turn; when too many wait, Submit does nothing and returns
// [mail.ErrFull].
//
// Submit is idempotent: submitting again, or many times at once, makes one
// application and one letter, and succeeds. It returns ErrIncomplete while a
// section is not finished, [wizard.ErrNoDraft] when there is no draft, and
// [wizard.ErrClosed] when the draft was closed in the browser.
func (s *Service) Submit(ctx context.Context, p wizard.Progress, given []string, lang i18n.Lang, network string) (form.Problems, error) {
	switch {
	case p.Outcome.Status == wizard.Submitted:
		return nil, nil
	case !p.HasDraft():
		return nil, wizard.ErrNoDraft
	case p.Next != nil:
		return nil, ErrIncomplete
	}
	if problems := s.o.Form.MissingConsents(given); len(problems) > 0 {
		return problems, nil
	}
	a, err := s.newApplication(p, given, lang)
	if err != nil {
		return nil, err
	}
	link, letter := s.newLink(a, network)
	fresh, err := s.o.Members.Submit(ctx, a, token.Digest(p.Session), link, letter, s.o.Limits, s.o.Now().Add(s.o.DraftTTL))
	if errors.Is(err, access.ErrClosed) {
		return nil, wizard.ErrClosed
	}
	if err != nil {
		return nil, err
	}
	if fresh {
		s.count(wizard.Sent, a)
	}
	s.o.Wake()
	s.tryToClear(ctx, a.Draft)
	return nil, nil
}

func (s *Service) newApplication(p wizard.Progress, given []string, lang i18n.Lang) (member.Application, error) {
	answers := s.o.Form.Prune(p.Draft.Answers(s.o.Form))
	email, err := address.Canonical(answers.First(s.o.Form.Address().Key))
	if err != nil {
		return member.Application{}, fmt.Errorf("confirm: a validated address: %w", err)
	}
	return member.Application{
		ID:       token.Secret(),
		Draft:    p.Draft.Key,
		Email:    email,
		Lang:     i18n.Lang(answers.First(s.o.Form.Language().Key)),
		Form:     s.o.Form.Version,
		Answers:  answers,
		Consents: s.consents(given, lang),
		Sent:     s.o.Now(),
	}, nil
}

// consents records every consent that was on the page, given or not.
func (s *Service) consents(given []string, lang i18n.Lang) []member.Consent {
	consents := make([]member.Consent, 0, len(s.o.Form.Consents))
	for i := range s.o.Form.Consents {
		c := &s.o.Form.Consents[i]
		consents = append(consents, member.Consent{
			Key:     c.Key,
			Version: c.Version,
			Purpose: c.Purpose.In(lang),
			Wording: c.In(lang, s.o.Org),
			Lang:    lang,
			Given:   slices.Contains(given, c.Key),
			At:      s.o.Now().UTC(),
		})
	}
	return consents
}

// noneWaits returns ErrNoApplication in the place of what the store says of an
// application that does not wait any more.
func noneWaits(err error) error {
	if errors.Is(err, member.ErrNotFound) {
		return ErrNoApplication
	}
	return err
}
