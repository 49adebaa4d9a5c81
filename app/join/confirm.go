package join

import (
	"context"
	"errors"
	"slices"

	"joinery/app/member"
	"joinery/app/token"
)

// Confirm makes a member of whoever sent the application of l, at once. It is
// for the browser that sent it, see [Service.Own], which no machine is. A link
// that leads no further it leaves as it stands. Calling it again, or many times
// at once, is the same as calling it once.
func (s *Service) Confirm(ctx context.Context, l Link) error {
	if !l.Confirmable() {
		return nil
	}
	return s.confirm(ctx, l.found.Application)
}

func (s *Service) confirm(ctx context.Context, a member.Application) error {
	welcome, err1 := s.Letters.Welcome(a.Email, a.Lang, s.Now())
	updated, err2 := s.Letters.Updated(a.Email, a.Lang, s.Now())
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	done, err := s.Members.Confirm(ctx, a.ID, s.Now(), member.Letters{Welcome: welcome, Updated: updated})
	if done {
		s.Queued()
	}
	return err
}

// A code that confirms stands in the letter beside the link. Who guesses has few
// tries for each letter, among 24^6 codes.
const (
	codeLength  = 6
	maxAttempts = 5
)

// codeDigest returns what is kept of the code of an application.
func codeDigest(application, code string) string {
	return token.Digest("confirm " + application + " " + code)
}

// VerifyCode confirms the application that was sent from the draft that the
// browser with the given id holds, if typed is the code of the newest letter,
// whatever its case and the blanks in it. It returns how the code stands: Used
// when there is a member now, Late, Superseded when it stood in an earlier
// letter, Mistyped with how many tries are left, or Spent. It returns ErrNoDraft
// when there is no such application.
func (s *Service) VerifyCode(ctx context.Context, id, typed string) (standing LinkStatus, left int, err error) {
	a, err := s.Sent(ctx, id)
	if err != nil {
		return "", 0, err
	}
	standing, left, err = s.checkCode(ctx, a, typed)
	if standing == Open {
		return Used, 0, s.confirm(ctx, a)
	}
	return standing, left, err
}

// AttemptsLeft returns how many codes can still be typed for a waiting application,
// and whether the time of the letter that was asked for last is over.
func (s *Service) AttemptsLeft(ctx context.Context, a member.Application) (left int, late bool, err error) {
	links, err := s.Members.Links(ctx, a.ID)
	if err != nil || len(links) == 0 {
		return maxAttempts, false, err
	}
	written := max(0, slices.IndexFunc(links, func(l member.Link) bool { return l.Letter != "" }))
	return max(0, maxAttempts-links[written].Attempts), !s.Now().Before(links[0].ExpiresAt), nil
}

// VerifyCodeForLink does for somebody who has l what TypedProof does for who sent the
// application. With Delete it ends the application instead, also by a code that
// is late or superseded: Withdrawn.
func (s *Service) VerifyCodeForLink(ctx context.Context, l Link, typed string, p member.Choice) (standing LinkStatus, left int, err error) {
	if l.found.State != member.Waiting {
		return l.Status, 0, nil
	}
	standing, left, err = s.checkCode(ctx, l.found.Application, typed)
	proven := standing == Open || standing == Late || standing == Superseded
	switch {
	case err != nil || !proven:
		return standing, left, err
	case p == member.ConfirmDecline:
		return Withdrawn, 0, s.Members.Withdraw(ctx, l.found.ID, s.Now())
	case standing == Open:
		return Used, 0, s.confirm(ctx, l.found.Application)
	}
	return standing, 0, nil
}

// checkCode says how a typed code stands. The try is counted before it is judged:
// tries at the same time are all counted.
func (s *Service) checkCode(ctx context.Context, a member.Application, typed string) (standing LinkStatus, left int, err error) {
	switch {
	case a.State == member.Confirmed:
		return Used, 0, nil
	case a.State != member.Waiting, s.overdue(a):
		return Gone, 0, nil
	}
	links, err := s.Members.CountAttempt(ctx, a.ID, maxAttempts)
	if err != nil || len(links) == 0 { // by an earlier version, beyond its budget
		return Mistyped, maxAttempts, err
	}
	newest, proof := links[0], codeDigest(a.ID, token.NormalizeCode(typed))
	found := slices.IndexFunc(links, func(l member.Link) bool { return l.Letter != "" && l.CodeHash == proof })
	switch {
	case newest.Attempts > maxAttempts:
		return Spent, 0, nil
	case found > 0:
		return Superseded, 0, nil
	case found == 0 && !s.Now().Before(newest.ExpiresAt):
		return Late, 0, nil
	case found == 0:
		return Open, 0, nil
	case newest.Attempts == maxAttempts:
		return Spent, 0, nil
	}
	return Mistyped, maxAttempts - newest.Attempts, nil
}
