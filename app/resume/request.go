package resume

import (
	"context"
	"errors"
	"strings"
	"time"

	"joinery/app/access"
	"joinery/app/i18n"
	"joinery/app/mail"
)

// A request is an address that was typed by a person who has lost their draft.
type request struct {
	address string
	lang    i18n.Lang
	network string
}

// How many requests wait, and how long Run goes on with requests after its context is
// done.
const (
	maxRequests = 100
	drainTime   = 5 * time.Second
)

// RequestLink has links sent to an address, which must be canonical, for the drafts
// of its mailbox and the newest others that were begun with it, if there are any and
// not too many letters were written lately, to there or for the network that asks. An
// application that waits with this address gets its letter once more. RequestLink returns
// at once, so that not even the time it takes tells whether there is a draft, and reports
// whether it takes the request: it takes none while too many wait, whatever the address.
// The letter is in the language that was chosen in the first draft or, if none was, in lang.
func (s *Service) RequestLink(address string, lang i18n.Lang, network string) (taken bool) {
	if s.ended.Load() {
		s.o.Log.Error("a link that was asked for is not sent: the program is ending")
		return false
	}
	select {
	case s.requests <- request{address, lang, network}:
		return true
	default:
		s.o.Log.Warn("too many people ask for links at once: one request was dropped")
		return false
	}
}

// Run attends to requests until ctx is done, and then to those that wait, for five
// seconds at most: they were answered, so they must not be lost. A request that
// comes in after that is logged as lost.
func (s *Service) Run(ctx context.Context) error {
	defer s.ended.Store(true)
	// A request that is under way when ctx is done has no more time than the others.
	last, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(drainTime, stop) })()
	for ctx.Err() == nil {
		select {
		case r := <-s.requests:
			s.process(last, r)
		case <-ctx.Done():
		}
	}
	s.ProcessRequests(last)
	return nil
}

// ProcessRequests attends to all requests that wait now, or says in the log how
// many are lost because ctx ended.
func (s *Service) ProcessRequests(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			if lost := len(s.requests); lost > 0 {
				s.o.Log.Error("links that were asked for are not sent: there was no more time", "requests", lost)
			}
			return
		default:
		}
		select {
		case r := <-s.requests:
			s.process(ctx, r)
		default:
			return
		}
	}
}

func (s *Service) process(ctx context.Context, r request) {
	err := errors.Join(s.answer(ctx, r), s.o.Resend(ctx, r.address, r.network))
	switch {
	case errors.Is(err, mail.ErrFull): // which people can cause
		s.o.Log.Warn("a link that was asked for was not sent", "err", err)
	case err != nil:
		s.o.Log.Error("a link that was asked for was not sent", "err", err)
	}
}

// answer sends one letter with the drafts of an address.
func (s *Service) answer(ctx context.Context, r request) error {
	found, err := s.draftsOf(ctx, r.address)
	if err != nil || len(found) == 0 {
		return err
	}
	lang := s.o.Wizard.LetterLang(found[0].Draft, r.lang)
	return s.sendLinks(ctx, r.spelledAsIn(found[0].Info), lang, r.network, found...)
}

// spelledAsIn returns the address that was asked for as the owner of a draft
// spelled it, and never another address at which that draft can be asked for: its
// reader has nothing to do with the other drafts in the letter.
func (r request) spelledAsIn(info access.DraftInfo) string {
	for _, email := range []string{info.ContactEmail, info.AnsweredEmail} {
		if strings.EqualFold(email, r.address) {
			return email
		}
	}
	return r.address
}
