package confirm

import (
	"context"
	"fmt"
	"maps"
	"strings"

	"joinery/app/address"
	"joinery/app/member"
	"joinery/app/token"
)

// ChangeEmail submits a waiting application again with another address, as typed,
// and the same answers and consents; network asks for the letter. The application
// before ends: its letter is cancelled, unless it is on its way, and its links say
// so. The sessions of the draft with the key from lead to the new one. The address
// must be one that [address.Canonical] accepts. With the same address as before, in
// whichever case, nothing happens.
// ChangeEmail returns [mail.ErrFull] when too many letters wait, and ErrNoApplication when a does not wait, also if it was
// confirmed just now.
func (s *Service) ChangeEmail(ctx context.Context, a member.Application, from, typed, network string) error {
	if a.State != member.Waiting {
		return ErrNoApplication
	}
	email, err := address.Canonical(typed)
	if err != nil {
		return fmt.Errorf("confirm: a validated address: %w", err)
	}
	if strings.EqualFold(email, a.Email) {
		return nil
	}
	before := a.ID
	a.ID, a.Draft, a.Email, a.Sent = token.Secret(), correctionKey(a.Draft), email, s.o.Now()
	a.Answers = maps.Clone(a.Answers)
	a.Answers[s.o.Form.Address().Key] = []string{typed}
	link, letter := s.newLink(a, network)
	if err := s.o.Members.Replace(ctx, a, before, from, link, letter, s.o.Limits, s.o.Now().Add(s.o.DraftTTL)); err != nil {
		return noneWaits(err)
	}
	s.o.Wake()
	s.tryToClear(ctx, a.Draft) // what an interrupted correction may have left
	return nil
}
