package join

import (
	"context"
	"errors"
	"slices"

	"joinery/app/access"
	"joinery/app/member"
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
	proofSize  = 6
	proofTries = 5
)

// proofOf returns what is kept of the code of an application.
func proofOf(application, code string) string {
	return access.Digest("confirm " + application + " " + code)
}

// TypedProof confirms the application that was sent from the draft that the
// browser with the given id holds, if typed is the code of the newest letter,
// whatever its case and the blanks in it. It returns how the code stands: Used
// when there is a member now, Late, Superseded when it stood in an earlier
// letter, Mistyped with how many tries are left, or Spent. It returns ErrNoDraft
// when there is no such application.
func (s *Service) TypedProof(ctx context.Context, id, typed string) (standing Standing, left int, err error) {
	a, err := s.Sent(ctx, id)
	if err != nil {
		return "", 0, err
	}
	standing, left, err = s.prove(ctx, a, typed)
	if standing == Open {
		return Used, 0, s.confirm(ctx, a)
	}
	return standing, left, err
}

// TriesLeft returns how many codes can still be typed for a waiting application,
// and whether the time of the letter that was asked for last is over.
func (s *Service) TriesLeft(ctx context.Context, a member.Application) (left int, late bool, err error) {
	links, err := s.Members.Links(ctx, a.ID)
	if err != nil || len(links) == 0 {
		return proofTries, false, err
	}
	written := max(0, slices.IndexFunc(links, func(l member.Link) bool { return l.Letter != "" }))
	return max(0, proofTries-links[written].Attempts), !s.Now().Before(links[0].ExpiresAt), nil
}

// LinkProof does for somebody who has l what TypedProof does for who sent the
// application. With Delete it ends the application instead, also by a code that
// is late or superseded: Withdrawn.
func (s *Service) LinkProof(ctx context.Context, l Link, typed string, p member.Choice) (standing Standing, left int, err error) {
	if l.found.State != member.Waiting {
		return l.Standing, 0, nil
	}
	standing, left, err = s.prove(ctx, l.found.Application, typed)
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

// prove says how a typed code stands. The try is counted before it is judged:
// tries at the same time are all counted.
func (s *Service) prove(ctx context.Context, a member.Application, typed string) (standing Standing, left int, err error) {
	switch {
	case a.State == member.Confirmed:
		return Used, 0, nil
	case a.State != member.Waiting, s.overdue(a):
		return Gone, 0, nil
	}
	links, err := s.Members.CountAttempt(ctx, a.ID, proofTries)
	if err != nil || len(links) == 0 { // by an earlier version, beyond its budget
		return Mistyped, proofTries, err
	}
	newest, proof := links[0], proofOf(a.ID, plain(typed))
	found := slices.IndexFunc(links, func(l member.Link) bool { return l.Letter != "" && l.CodeHash == proof })
	switch {
	case newest.Attempts > proofTries:
		return Spent, 0, nil
	case found > 0:
		return Superseded, 0, nil
	case found == 0 && !s.Now().Before(newest.ExpiresAt):
		return Late, 0, nil
	case found == 0:
		return Open, 0, nil
	case newest.Attempts == proofTries:
		return Spent, 0, nil
	}
	return Mistyped, proofTries - newest.Attempts, nil
}
