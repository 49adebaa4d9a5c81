package confirm

import (
	"context"
	"fmt"
	"strings"

	"joinery/app/address"
	"joinery/app/mail"
	"joinery/app/member"
)

// writeNewAddress writes the letter that asks the reader of another address of a member to
// confirm it.
func (s *Service) writeNewAddress(ctx context.Context, o mail.Order) (mail.Letter, error) {
	secret, code := o.Secrets[0], o.Secrets[1]
	selector, _, _ := strings.Cut(secret, "-")
	c, err := s.o.Members.AddressChangeBySelector(ctx, selector)
	if err != nil {
		return mail.Letter{}, err
	}
	if c.State != member.ChangeOpen || !s.o.Now().Before(c.EndsAt) {
		return mail.Letter{}, mail.ErrEnded
	}
	return s.o.Letters.NewAddress(o, mail.AddressAsking{
		Link: fmt.Sprintf("%s/%s/address/%s", s.o.BaseURL, o.Lang, secret),
		Code: code,
		Ends: c.EndsAt,
	})
}

// writeAddressChanged writes the letter to the address that a member had. When they have
// changed theirs again since, it does not tell the one that they have now.
func (s *Service) writeAddressChanged(ctx context.Context, o mail.Order) (mail.Letter, error) {
	c, err := s.o.Members.AddressChangeBySelector(ctx, o.Topic)
	if err != nil {
		return mail.Letter{}, err
	}
	m, err := s.o.Members.ByID(ctx, c.Member)
	if err != nil {
		return mail.Letter{}, err
	}
	change := mail.AddressChange{At: c.DoneAt, Name: greetingName(s.namesOf(m))}
	if c.Current {
		change.To = address.Masked(c.From)
	}
	return s.o.Letters.AddressChanged(o, change)
}
