package resume

import (
	"context"
	"errors"
	"time"

	"joinery/app/access"
	"joinery/app/i18n"
	"joinery/app/mail"
	"joinery/app/token"
	"joinery/app/wizard"
)

// SendLink sends a link to continue a draft, and notes that its owner wants mail
// at this address, which must be canonical; network asks. Mail is in the language that
// the applicant has chosen or, if none was, in lang. Beyond a budget the letter waits
// for its turn, see [Service.Turn]. SendLink returns [mail.ErrFull] when too many wait,
// and [wizard.ErrNoDraft] when there is no draft.
func (s *Service) SendLink(ctx context.Context, p wizard.Progress, email string, lang i18n.Lang, network string) error {
	if !p.HasDraft() {
		return wizard.ErrNoDraft
	}
	lang = s.o.Wizard.LetterLang(p.Draft, lang)
	if err := s.o.Access.SetContactEmail(ctx, token.Digest(p.Session), p.Draft.Key, email, lang); err != nil {
		return noDraft(err)
	}
	listed, err := s.draftsBeside(ctx, p, email)
	if err != nil {
		return err
	}
	return s.sendLinks(ctx, email, lang, network, listed...)
}

// Reissue sends a fresh link to the mailbox that l was sent to, if l is renewable;
// network asks. It returns [mail.ErrFull] when too many letters wait.
func (s *Service) Reissue(ctx context.Context, l Link, network string) error {
	if !l.Renewable() {
		return nil
	}
	return s.sendLinks(ctx, l.grant.Recipient, s.o.Wizard.LetterLang(l.Progress.Draft, l.grant.Lang), network, l.Progress)
}

// Turn returns when the last letter goes out to the contact address of a draft that was
// not tried yet, or the zero time if there is none.
func (s *Service) Turn(ctx context.Context, p wizard.Progress) (time.Time, error) {
	if p.Info.ContactEmail == "" {
		return time.Time{}, nil
	}
	return s.o.Access.Turn(ctx, p.Info.ContactEmail)
}

// TurnOfLink returns of the mailbox of a link what Turn does of that of a draft.
func (s *Service) TurnOfLink(ctx context.Context, l Link) (time.Time, error) {
	return s.o.Access.Turn(ctx, l.Recipient())
}

// sendLinks sends one letter with a link to each of the drafts.
func (s *Service) sendLinks(ctx context.Context, to string, lang i18n.Lang, network string, drafts ...wizard.Progress) error {
	order := mail.NewOrder(mail.Resume, to, lang, s.o.Now())
	order.Network = s.o.Access.NetworkDigest(network)
	var grants []access.Grant
	for _, p := range drafts {
		grant, secret := s.newGrant(p.Draft.Key, to, lang, s.linkExpiry(p))
		grants, order.Secrets = append(grants, grant), append(order.Secrets, secret)
	}
	if len(drafts) == 1 {
		order.Topic = drafts[0].Draft.Key
	}
	err := s.o.Access.SendGrants(ctx, grants, order, s.o.Limits)
	if err == nil {
		s.o.Wake()
	}
	return noDraft(err)
}

// linkExpiry returns when a link to a draft ends whose letter is written now.
func (s *Service) linkExpiry(p wizard.Progress) time.Time {
	now := s.o.Now()
	return now.Add(min(s.o.LinkTTL, s.o.Wizard.ExpiresAt(p.Draft.Saved).Sub(now)))
}

// where returns the title of the page with which a draft goes on.
func (s *Service) where(p wizard.Progress, lang i18n.Lang) string {
	if section := p.NextPage(s.o.Wizard.Form); section != nil {
		return section.Title.In(lang)
	}
	return i18n.T(lang, "check.title")
}

// noDraft returns [wizard.ErrNoDraft] in the place of what the store says of a
// draft that was deleted just now.
func noDraft(err error) error {
	if errors.Is(err, access.ErrNotFound) {
		return wizard.ErrNoDraft
	}
	return err
}

// newGrant makes a link to a draft, and the secret in it.
func (s *Service) newGrant(key, to string, lang i18n.Lang, expires time.Time) (access.Grant, string) {
	secret := token.Secret()
	return access.Grant{
		Digest: token.Digest(secret), Kind: access.ByLink, Draft: key,
		Recipient: to, Lang: lang, CreatedAt: s.o.Now(), ExpiresAt: expires,
	}, secret
}
