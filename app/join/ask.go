package join

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"

	"joinery/app/access"
	"joinery/app/i18n"
)

// An resumeRequest is an address that somebody typed who has lost their draft.
type resumeRequest struct {
	address string
	lang    i18n.Lang
	network string
}

// resumeRequests wait to be attended to. Whoever asked has their answer already, which
// is always the same: not even how long it takes can tell whether there is a
// draft.
type resumeRequests struct {
	once  sync.Once
	queue chan resumeRequest
}

// How many asks wait, how many drafts are looked at for one, and how many of
// those a letter names.
const (
	maxRequests     = 100
	maxDraftsRead   = 50
	maxDraftsListed = 3
)

func (a *resumeRequests) waiting() chan resumeRequest {
	a.once.Do(func() { a.queue = make(chan resumeRequest, maxRequests) })
	return a.queue
}

// RequestResumeLink has a link sent to an address, which must be canonical, for each of the
// newest drafts that were begun with it, if there are any and not too many
// letters were written lately, to there or for the network that asks. It returns
// at once. The letter speaks lang.
func (s *Service) RequestResumeLink(address string, lang i18n.Lang, network string) {
	select {
	case s.asks.waiting() <- resumeRequest{address, lang, network}:
	default:
		s.Log.Warn("too many ask for links at once: one was not attended to")
	}
}

// ProcessRequests attends to all who have asked by now. [Service.Run] does so by itself.
func (s *Service) ProcessRequests(ctx context.Context) {
	for {
		select {
		case a := <-s.asks.waiting():
			s.process(ctx, a)
		default:
			return
		}
	}
}

func (s *Service) process(ctx context.Context, a resumeRequest) {
	if err := s.find(ctx, a); err != nil && ctx.Err() == nil {
		s.Log.Error("a link that was asked for was not sent", "err", err)
	}
}

// find sends one letter with the drafts that were saved last. They need not all
// be of whoever reads the mailbox: anybody can begin one with any address.
func (s *Service) find(ctx context.Context, a resumeRequest) error {
	entries, err := s.Access.ByEmail(ctx, a.address, maxDraftsRead)
	if err != nil {
		return err
	}
	var found []Progress
	for _, entry := range entries {
		progress, err := s.progress(ctx, entry)
		if err != nil && !errors.Is(err, ErrSent) {
			return err
		}
		if progress.Draft.Key != "" {
			found = append(found, progress)
		}
	}
	if len(found) == 0 {
		return nil
	}
	slices.SortFunc(found, func(a, b Progress) int { return b.Draft.Saved.Compare(a.Draft.Saved) })
	return s.sendLinks(ctx, a.spelled(found[0].Info), a.lang, a.network, found[:min(maxDraftsListed, len(found))]...)
}

// spelled returns the address that was asked for as the owner of a draft spelled
// it, and never another at which that draft can be asked for: who reads that one
// has nothing to do with the other drafts in the letter.
func (a resumeRequest) spelled(e access.DraftInfo) string {
	if strings.EqualFold(e.ContactEmail, a.address) {
		return e.ContactEmail
	}
	return e.AnsweredEmail
}
