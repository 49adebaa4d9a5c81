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

// An ask is an address that somebody typed who has lost their draft.
type ask struct {
	address string
	lang    i18n.Lang
	network string
}

// asks wait to be attended to. Whoever asked has their answer already, which
// is always the same: not even how long it takes can tell whether there is a
// draft.
type asks struct {
	once  sync.Once
	queue chan ask
}

// How many asks wait, how many drafts are looked at for one, and how many of
// those a letter names.
const (
	mostAsks   = 100
	mostFound  = 50
	mostDrafts = 3
)

func (a *asks) waiting() chan ask {
	a.once.Do(func() { a.queue = make(chan ask, mostAsks) })
	return a.queue
}

// Ask has a link sent to an address, which must be canonical, for each of the
// newest drafts that were begun with it, if there are any and not too many
// letters were written lately, to there or for the network that asks. It returns
// at once. The letter speaks lang.
func (s *Service) Ask(address string, lang i18n.Lang, network string) {
	select {
	case s.asks.waiting() <- ask{address, lang, network}:
	default:
		s.Log.Warn("too many ask for links at once: one was not attended to")
	}
}

// Attend attends to all who have asked by now. [Service.Run] does so by itself.
func (s *Service) Attend(ctx context.Context) {
	for {
		select {
		case a := <-s.asks.waiting():
			s.attend(ctx, a)
		default:
			return
		}
	}
}

func (s *Service) attend(ctx context.Context, a ask) {
	if err := s.find(ctx, a); err != nil && ctx.Err() == nil {
		s.Log.Error("a link that was asked for was not sent", "err", err)
	}
}

// find sends one letter with the drafts that were saved last. They need not all
// be of whoever reads the mailbox: anybody can begin one with any address.
func (s *Service) find(ctx context.Context, a ask) error {
	entries, err := s.Access.ByEmail(ctx, a.address, mostFound)
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
	return s.mail(ctx, a.spelled(found[0].Reach), a.lang, a.network, found[:min(mostDrafts, len(found))]...)
}

// spelled returns the address that was asked for as the owner of a draft spelled
// it, and never another at which that draft can be asked for: who reads that one
// has nothing to do with the other drafts in the letter.
func (a ask) spelled(e access.DraftInfo) string {
	if strings.EqualFold(e.ContactEmail, a.address) {
		return e.ContactEmail
	}
	return e.AnsweredEmail
}
