package join

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"joinery/app/draft"
	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/mail"
	"joinery/app/member"
)

// ErrUnfinished reports an application with a section that is not right yet.
var ErrUnfinished = errors.New("join: not finished")

// Send sends the application with the given id: it becomes one that waits for
// confirmation, and the letter that asks for it is queued. Given are the keys
// of the consents that were ticked, in the words of lang; when a required one
// is missing, Send says so and does nothing.
//
// It is idempotent: sending again, or many times at once, makes one
// application and one letter, and succeeds. It returns ErrUnfinished while a
// section is not right, and ErrNoDraft when there is nothing to send.
func (s *Service) Send(ctx context.Context, id string, given []string, lang i18n.Lang) (form.Problems, error) {
	progress, err := s.Progress(ctx, id)
	switch {
	case errors.Is(err, ErrSent):
		return nil, nil
	case err != nil:
		return nil, err
	case progress.Next != nil:
		return nil, ErrUnfinished
	}
	if problems := s.refused(given); len(problems) > 0 {
		return problems, nil
	}
	if err := s.send(ctx, progress.Draft, given, lang); err != nil {
		return nil, err
	}
	s.Queued()
	// From here on the application is safe. A draft that cannot be deleted now
	// ends by itself, and sending it again changes nothing.
	_ = s.Drafts.Delete(ctx, id)
	return nil, nil
}

// refused returns the required consents that were not given.
func (s *Service) refused(given []string) form.Problems {
	problems := make(form.Problems)
	for i := range s.Form.Consents {
		if c := &s.Form.Consents[i]; c.Required && !slices.Contains(given, c.Key) {
			problems[c.Key] = i18n.Message{Key: "problem.missing", Args: []any{c.Missing}}
		}
	}
	return problems
}

func (s *Service) send(ctx context.Context, d draft.Draft, given []string, lang i18n.Lang) error {
	answers := s.Form.Prune(d.Answers())
	address, err := form.CanonicalAddress(answers.One(s.Form.Address().Key))
	if err != nil {
		return fmt.Errorf("join: a validated address: %w", err)
	}
	a := member.Application{
		ID:       secret(),
		Draft:    draft.Digest(d.ID),
		Email:    address,
		Lang:     i18n.Lang(answers.One(s.Form.Language().Key)),
		Form:     s.Form.Version,
		Answers:  answers,
		Consents: s.consents(given, lang),
		Sent:     s.Now(),
	}
	link, letter, err := s.link(a)
	if err != nil {
		return err
	}
	return s.Members.Send(ctx, a, link, letter, s.PerAddress)
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

// link makes a new link for a and the letter that carries it.
func (s *Service) link(a member.Application) (member.Link, mail.Letter, error) {
	handle, proof, now := secret()[:10], secret(), s.Now()
	link := member.Link{Handle: handle, Secret: draft.Digest(proof), Made: now, Expires: now.Add(s.LinkTTL)}
	letter, err := s.Letters.Confirm(a.Email, a.Lang, mail.Confirmation{
		Link:     fmt.Sprintf("%s/%s/confirm/%s-%s", s.BaseURL, a.Lang, handle, proof),
		Expires:  link.Expires,
		KeptDays: int(s.WaitingTTL.Hours() / 24),
	}, now)
	return link, letter, err
}

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

// Reopen gives the answers of a waiting application back as a new draft, to be
// corrected and sent again, and returns its id. Until that is sent, the
// application goes on waiting and can be confirmed.
func (s *Service) Reopen(ctx context.Context, id string) (correction string, err error) {
	a, err := s.Sent(ctx, id)
	if err != nil || a.State != member.Waiting {
		return "", errors.Join(ErrNoDraft, err)
	}
	correction = secret()
	if err := s.Members.Reopen(ctx, a.ID, draft.Digest(correction)); err != nil {
		return "", err
	}
	for i := range s.Form.Sections {
		section := &s.Form.Sections[i]
		answers := make(form.Answers, len(section.Fields))
		for _, f := range section.Fields {
			answers[f.Key] = a.Answers[f.Key]
		}
		save := draft.Save{Section: section.Key, Answers: answers, Form: a.Form, Lang: a.Lang, At: s.Now()}
		if err := s.Drafts.Save(ctx, correction, save); err != nil {
			return "", fmt.Errorf("%w: %w", ErrNotSaved, err)
		}
	}
	return correction, nil
}
