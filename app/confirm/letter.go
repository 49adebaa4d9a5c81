package confirm

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"joinery/app/mail"
	"joinery/app/member"
	"joinery/app/token"
)

// newLink makes a link for an application and the order of the letter that carries it.
func (s *Service) newLink(a member.Application, network string) (member.Link, mail.Order) {
	selector, verifier, code, now := token.Secret()[:selectorSize], token.Secret(), token.NewCode(token.ConfirmLength), s.o.Now()
	link := member.Link{
		Selector: selector, VerifierHash: token.Digest(verifier), CodeHash: codeDigest(a.ID, code),
		CreatedAt: now, ExpiresAt: s.linkExpiry(a),
	}
	order := mail.NewOrder(mail.Confirm, a.Email, a.Lang, now)
	order.Network, order.Secrets = s.o.Access.NetworkDigest(network), []string{selector + "-" + verifier, code}
	return link, order
}

// linkExpiry returns when a link ends whose letter is written now.
func (s *Service) linkExpiry(a member.Application) time.Time {
	now := s.o.Now()
	return now.Add(min(s.o.LinkTTL, s.EndsAt(a).Sub(now)))
}

// WriteLetter writes a letter as things stand now, of any kind but [mail.Resume] and
// [mail.Reminder]; it is a [mail.Writer].
func (s *Service) WriteLetter(ctx context.Context, o mail.Order) (l mail.Letter, err error) {
	switch o.Kind {
	case mail.Confirm:
		l, err = s.writeConfirmation(ctx, o)
	case mail.Welcome:
		l, err = s.writeWelcome(ctx, o)
	case mail.Updated:
		l, err = s.writeUpdated(ctx, o)
	case mail.NewAddress:
		l, err = s.writeNewAddress(ctx, o)
	case mail.AddressChanged:
		l, err = s.writeAddressChanged(ctx, o)
	default:
		return l, fmt.Errorf("confirm: there is no letter of the kind %q", o.Kind)
	}
	if errors.Is(err, member.ErrNotFound) {
		return l, mail.ErrEnded
	}
	return l, err
}

// writeConfirmation writes the letter that asks for confirmation, and lets its link and
// its code work from now on. To a member the letter says that they are one; nothing else
// says it.
func (s *Service) writeConfirmation(ctx context.Context, o mail.Order) (mail.Letter, error) {
	secret, code := o.Secrets[0], o.Secrets[1]
	selector, _, _ := strings.Cut(secret, "-")
	found, err := s.o.Members.BySelector(ctx, selector)
	if err != nil {
		return mail.Letter{}, err
	}
	if found.State != member.Waiting || s.overdue(found.Application) {
		return mail.Letter{}, mail.ErrEnded
	}
	known, err1 := s.o.Members.IsMember(ctx, found.Email)
	name, err2 := s.nameIfShared(ctx, found.Email, s.definitionOf(found.Form).Names(found.Answers))
	if err := errors.Join(err1, err2); err != nil {
		return mail.Letter{}, err
	}
	expires := s.linkExpiry(found.Application)
	if err := s.o.Members.MarkSent(ctx, selector, o.ID, expires); err != nil {
		return mail.Letter{}, err
	}
	return s.o.Letters.Confirm(o, mail.Confirmation{
		Link:    fmt.Sprintf("%s/%s/confirm/%s", s.o.BaseURL, o.Lang, secret),
		Code:    code,
		Expires: expires,
		Member:  known,
		Name:    name,
	})
}

// nameIfShared returns the name that a letter to an address begins with, or "" if the
// mailbox is not shared.
func (s *Service) nameIfShared(ctx context.Context, email string, names []string) (string, error) {
	shared, err := s.o.Members.Shared(ctx, email)
	if err != nil || !shared {
		return "", err
	}
	return greetingName(names), nil
}

func (s *Service) writeWelcome(ctx context.Context, o mail.Order) (mail.Letter, error) {
	m, err := s.o.Members.ByID(ctx, o.Topic)
	if err != nil {
		return mail.Letter{}, err
	}
	return s.o.Letters.Welcome(o, greetingName(s.namesOf(m)))
}

// writeUpdated writes the letter that a member's answers were replaced, with the link that
// puts the former ones back. When these were replaced once more since, their letter comes
// first, and then this link works again.
func (s *Service) writeUpdated(ctx context.Context, o mail.Order) (mail.Letter, error) {
	secret, code := o.Secrets[0], o.Secrets[1]
	selector, _, _ := strings.Cut(secret, "-")
	f, err := s.o.Members.FormerBySelector(ctx, selector)
	if err != nil {
		return mail.Letter{}, err
	}
	if l := s.restoreLink(f); l.Status == RestoreDone || l.Status == RestoreLate || l.Status == RestoreMoved {
		return mail.Letter{}, mail.ErrEnded
	}
	return s.o.Letters.Updated(o, mail.Restoring{
		Link: fmt.Sprintf("%s/%s/restore/%s", s.o.BaseURL, o.Lang, secret),
		Code: code,
		Ends: f.ReplacedAt.Add(KeepFormer),
		Name: greetingName(s.definitionOf(f.Form).Names(f.Answers)),
	})
}
