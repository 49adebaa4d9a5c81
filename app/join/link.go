package join

import (
	"context"
	"crypto/subtle"
	"errors"
	"strings"

	"joinery/app/access"
	"joinery/app/member"
)

// A Standing says how a link in a letter, or another way in, stands.
type Standing string

// The standings.
const (
	Open       Standing = "open"       // it does what it is for
	Used       Standing = "used"       // it has done so: there is a member, or somebody was let in
	Late       Standing = "late"       // its own time is over, but not that of what it is for
	Superseded Standing = "superseded" // a newer link was sent
	Replaced   Standing = "replaced"   // the application was corrected and sent again
	Withdrawn  Standing = "withdrawn"  // the application was ended from the mailbox
	Gone       Standing = "gone"       // the application was not confirmed in time, or the draft has ended
	Mistyped   Standing = "mistyped"   // no such link, or another secret
	Finished   Standing = "finished"   // the draft it led to was sent
)

// A Link is a link in a letter, as it stands now.
type Link struct {
	Standing Standing
	found    member.Linked
}

// Link finds the link with the given token, the last part of its path. It
// changes nothing.
func (s *Service) Link(ctx context.Context, token string) (Link, error) {
	handle, proof, _ := strings.Cut(token, "-")
	found, err := s.Members.ByHandle(ctx, handle)
	if err != nil && !errors.Is(err, member.ErrNotFound) {
		return Link{}, err
	}
	if same := subtle.ConstantTimeCompare([]byte(access.Digest(proof)), []byte(found.Link.Secret)); err != nil || same != 1 {
		return Link{Standing: Mistyped}, nil
	}
	return Link{Standing: s.standing(found), found: found}, nil
}

func (s *Service) standing(l member.Linked) Standing {
	switch {
	case l.State == member.Confirmed:
		return Used
	case l.State == member.Replaced:
		return Replaced
	case l.State == member.Withdrawn:
		return Withdrawn
	case l.State == member.Expired, s.overdue(l.Application):
		return Gone
	case !l.Newest:
		return Superseded
	case !s.Now().Before(l.Link.Expires):
		return Late
	}
	return Open
}

// Confirm makes a member of whoever sent the application of an open link. Any
// other link it leaves as it stands. Calling it again, or many times at once,
// is the same as calling it once.
func (s *Service) Confirm(ctx context.Context, l Link) error {
	if l.Standing != Open {
		return nil
	}
	welcome, err := s.Letters.Welcome(l.found.Email, l.found.Lang, s.Now())
	if err != nil {
		return err
	}
	done, err := s.Members.Confirm(ctx, l.found.ID, s.Now(), welcome)
	if done {
		s.Queued()
	}
	return err
}

// Own reports whether the application of l was sent from the draft that the
// browser with the given id holds.
func (s *Service) Own(ctx context.Context, l Link, id string) bool {
	entry, err := s.held(ctx, id)
	return err == nil && l.found.Draft != "" && entry.Draft == l.found.Draft
}

// Renewable reports whether [Service.Renew] can help.
func (l Link) Renewable() bool { return l.Standing == Late || l.Standing == Superseded }

// Renew sends a fresh link to the mailbox that l was sent to. It returns false
// when l cannot be renewed or too many letters went there lately.
func (s *Service) Renew(ctx context.Context, l Link) (queued bool, err error) {
	if !l.Renewable() {
		return false, nil
	}
	return s.relink(ctx, l.found.Application)
}

// Withdraw ends the application of l, if it still waits, for somebody who
// reads the mailbox and did not ask for it.
func (s *Service) Withdraw(ctx context.Context, l Link) error {
	if l.found.State != member.Waiting {
		return nil
	}
	return s.Members.Withdraw(ctx, l.found.ID, s.Now())
}
