package join

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"joinery/app/address"
	"joinery/app/draft"
	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/mail"
	"joinery/app/member"
	"joinery/app/token"
)

// Send sends the application with the given id: it becomes one that waits for
// confirmation, and the letter that asks for it is queued. Given are the keys
// of the consents that were ticked, in the words of lang; when a required one
// is missing, Send says so and does nothing. It was asked for from network. When
// too many letters were written lately the application waits without one, as if
// it were on its way: see [Service.ResendConfirmation].
//
// It is idempotent: sending again, or many times at once, makes one
// application and one letter, and succeeds. It returns ErrUnfinished while a
// section is not right, and ErrNoDraft when there is nothing to send.
func (s *Service) Send(ctx context.Context, id string, given []string, lang i18n.Lang, network string) (form.Problems, error) {
	progress, err := s.Progress(ctx, id)
	switch {
	case errors.Is(err, ErrSent):
		return nil, nil
	case err != nil:
		return nil, err
	case progress.Draft.Key == "":
		return nil, ErrNoDraft
	case progress.Next != nil:
		return nil, ErrIncomplete
	}
	if problems := s.Form.MissingConsents(given); len(problems) > 0 {
		return problems, nil
	}
	if err := s.send(ctx, progress.Draft, given, lang, network); err != nil {
		return nil, err
	}
	// From here on the application is safe: what cannot be cleared away now will
	// be later, and nobody is shown it.
	if err := s.clearSubmitted(ctx, progress.Draft.Key, s.ExpiresAt(s.Now())); err != nil {
		s.Log.Error("a draft that was sent was not cleared away", "err", err)
	}
	return nil, nil
}

// clearSubmitted clears away what is no longer needed of a draft that was sent. Its
// holders are kept until ends.
func (s *Service) clearSubmitted(ctx context.Context, key string, ends time.Time) error {
	return errors.Join(s.Drafts.Delete(ctx, key), s.Access.MarkSubmitted(ctx, key, ends))
}

func (s *Service) send(ctx context.Context, d draft.Draft, given []string, lang i18n.Lang, network string) error {
	answers := s.Form.Prune(d.Answers(s.Form))
	address, err := address.Canonical(answers.First(s.Form.Address().Key))
	if err != nil {
		return fmt.Errorf("join: a validated address: %w", err)
	}
	return s.submit(ctx, member.Application{
		ID:       token.Secret(),
		Draft:    d.Key,
		Email:    address,
		Lang:     i18n.Lang(answers.First(s.Form.Language().Key)),
		Form:     s.Form.Version,
		Answers:  answers,
		Consents: s.consents(given, lang),
		Sent:     s.Now(),
	}, network)
}

// submit stores a as waiting and queues the letter about it.
func (s *Service) submit(ctx context.Context, a member.Application, network string) error {
	link, letter, err := s.newLink(ctx, a, network)
	if err != nil {
		return err
	}
	if err := s.Members.Submit(ctx, a, link, letter, s.Limits); err != nil {
		return err
	}
	s.Queued()
	return nil
}

// consents records every consent that was on the page, given or not.
func (s *Service) consents(given []string, lang i18n.Lang) []member.Consent {
	consents := make([]member.Consent, 0, len(s.Form.Consents))
	for i := range s.Form.Consents {
		c := &s.Form.Consents[i]
		consents = append(consents, member.Consent{
			Key:     c.Key,
			Version: c.Version,
			Purpose: c.Purpose.In(lang),
			Wording: c.In(lang, s.Org),
			Lang:    lang,
			Given:   slices.Contains(given, c.Key),
			At:      s.Now().UTC(),
		})
	}
	return consents
}

// newLink makes a new newLink for a and the letter that carries it. Whoever is a member
// already is told so there, and nowhere else.
func (s *Service) newLink(ctx context.Context, a member.Application, network string) (member.Link, mail.Letter, error) {
	known, err := s.Members.IsMember(ctx, a.Email)
	if err != nil {
		return member.Link{}, mail.Letter{}, err
	}
	handle, proof, code, now := token.Secret()[:10], token.Secret(), token.NewCode(codeLength), s.Now()
	end := a.Sent.Add(s.WaitingTTL)
	link := member.Link{
		Selector: handle, VerifierHash: token.Digest(proof), CodeHash: codeDigest(a.ID, code),
		CreatedAt: now, ExpiresAt: earlier(now.Add(s.LinkTTL), end),
	}
	letter, err := s.Letters.Confirm(a.Email, a.Lang, mail.Confirmation{
		Link:    fmt.Sprintf("%s/%s/confirm/%s-%s", s.BaseURL, a.Lang, handle, proof),
		Code:    code,
		Expires: link.ExpiresAt,
		End:     end,
		Member:  known,
	}, now)
	letter.Network = token.NetworkDigest(network)
	return link, letter, err
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
