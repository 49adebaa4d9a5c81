package confirm

import (
	"context"
	"fmt"

	"joinery/app/mail"
	"joinery/app/member"
	"joinery/app/token"
)

// newLink makes a link for an application and the letter that carries it. To a
// member the letter says that they are one; nothing else says it.
func (s *Service) newLink(ctx context.Context, a member.Application, network string) (member.Link, mail.Letter, error) {
	known, err := s.o.Members.IsMember(ctx, a.Email)
	if err != nil {
		return member.Link{}, mail.Letter{}, err
	}
	selector, verifier, code, now := token.Secret()[:selectorSize], token.Secret(), token.NewCode(token.ConfirmLength), s.o.Now()
	link := member.Link{
		Selector: selector, VerifierHash: token.Digest(verifier), CodeHash: codeDigest(a.ID, code),
		CreatedAt: now, ExpiresAt: now.Add(min(s.o.LinkTTL, s.EndsAt(a).Sub(now))),
	}
	letter, err := s.o.Letters.Confirm(a.Email, a.Lang, mail.Confirmation{
		Link:    fmt.Sprintf("%s/%s/confirm/%s-%s", s.o.BaseURL, a.Lang, selector, verifier),
		Code:    code,
		Expires: link.ExpiresAt,
		End:     s.EndsAt(a),
		Member:  known,
	}, now)
	letter.Network = token.NetworkDigest(network)
	return link, letter, err
}
