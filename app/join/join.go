// Package join is the journey of an application, without HTTP: answer, leave
// and come back, send, confirm. It decides; the stores remember.
//
// Everywhere an id is a secret that one browser holds: it opens one draft, and
// later shows what became of it. Several browsers may hold the same draft, each
// by an id of its own. An id that this package did not hand out opens nothing
// and is never taken over.
package join

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"joinery/app/access"
	"joinery/app/draft"
	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/mail"
	"joinery/app/member"
	"joinery/app/token"
)

// Errors of the journey. They are for the web to put into words.
var (
	ErrNoDraft    = errors.New("join: there is no such draft or application")
	ErrIncomplete = errors.New("join: a section is not right yet")
	ErrSent       = errors.New("join: the application was sent already")
	ErrNotSaved   = errors.New("join: the answers could not be saved")
	ErrConflict   = errors.New("join: the section was changed elsewhere")
	ErrDraftGone  = errors.New("join: the draft that the page belongs to is gone")
	ErrTooLarge   = errors.New("join: the draft would be too large")
)

// A Service walks applications from the first answer to membership. Its
// methods may be called concurrently, once its fields are set.
type Service struct {
	Form         *form.Definition
	Former       map[string]*form.Definition // earlier ones, by version
	Drafts       draft.Store
	Access       *access.Store
	Members      *member.Store
	Letters      *mail.Letters
	Queued       func() // called when a letter was queued
	Now          func() time.Time
	Org          i18n.Text // the organization that asks for consent
	BaseURL      string    // what links in letters begin with
	DraftTTL     time.Duration
	LinkTTL      time.Duration
	WaitingTTL   time.Duration
	RemindBefore time.Duration // how long before the end of a draft its owner is reminded; 0: never
	Limits       *mail.Limits
	Log          *slog.Logger

	asks     resumeRequests
	openings linkOpens
}

// ExpiresAt returns until when what was saved at a time is kept if it is not saved
// again.
func (s *Service) ExpiresAt(saved time.Time) time.Time { return saved.Add(s.DraftTTL) }

// Sent returns the application that was sent from the draft that the browser
// with the given id holds, or ErrNoDraft. Of one that was replaced it returns
// the one in its place, which the browser may be about to hold.
func (s *Service) Sent(ctx context.Context, id string) (member.Application, error) {
	entry, err := s.session(ctx, id)
	if err != nil {
		return member.Application{}, err
	}
	return s.latest(ctx, entry.Draft)
}

func (s *Service) latest(ctx context.Context, key string) (member.Application, error) {
	a, err := s.sentFrom(ctx, key)
	for err == nil && a.State == member.Replaced {
		a, err = s.sentFrom(ctx, correctionKey(a.Draft))
	}
	return a, err
}

// session returns what is known of the draft that a browser holds, or ErrNoDraft.
func (s *Service) session(ctx context.Context, id string) (access.DraftInfo, error) {
	if id == "" {
		return access.DraftInfo{}, ErrNoDraft
	}
	entry, err := s.Access.BySession(ctx, token.Digest(id))
	if errors.Is(err, access.ErrNotFound) {
		return entry, ErrNoDraft
	}
	return entry, err
}

func (s *Service) sentFrom(ctx context.Context, key string) (member.Application, error) {
	a, err := s.Members.ByDraft(ctx, key)
	if errors.Is(err, member.ErrNotFound) {
		return a, ErrNoDraft
	}
	if err == nil && a.State == member.Waiting && s.overdue(a) {
		a.State = member.Expired // the sweep will come
	}
	return a, err
}

func (s *Service) overdue(a member.Application) bool {
	return !s.Now().Before(a.Sent.Add(s.WaitingTTL))
}

// Ready returns an error while one of the stores does not answer.
func (s *Service) Ready(ctx context.Context) error {
	return errors.Join(s.Drafts.Ping(ctx), s.Members.Ping(ctx))
}

// Run does, until ctx is done, what nobody waits for: once an hour it ends what
// was not confirmed in time, reminds and sweeps; once a minute it stores what it
// has counted; every second it has presses count; and at once it attends to who
// asked for a link.
func (s *Service) Run(ctx context.Context) error {
	var all sync.WaitGroup
	all.Go(func() { s.runPresses(ctx) }) // which need no drafts, however slow these are
	hours := time.Tick(time.Hour)
	s.tidy(ctx)
	for {
		select {
		case <-ctx.Done():
			all.Wait()
			return nil
		case <-hours:
			s.tidy(ctx)
		case a := <-s.asks.waiting():
			s.process(ctx, a)
		}
	}
}

// runPresses does what Run says about the pages of links.
func (s *Service) runPresses(ctx context.Context) {
	minutes, seconds := time.Tick(time.Minute), time.Tick(time.Second)
	defer s.logged(context.WithoutCancel(ctx), "openings not counted", s.FlushOpens)
	for {
		select {
		case <-ctx.Done():
			return
		case <-minutes:
			s.logged(ctx, "openings not counted", s.FlushOpens)
		case <-seconds:
			s.logged(ctx, "presses not settled", s.ApplyPendingChoices)
		}
	}
}

func (s *Service) tidy(ctx context.Context) {
	for doing, do := range map[string]func(context.Context) error{
		"applications not expired": s.Expire, "drafts not reminded of": s.Remind, "drafts not swept": s.Sweep,
	} {
		s.logged(ctx, doing, do)
	}
}

func (s *Service) logged(ctx context.Context, doing string, do func(context.Context) error) {
	if err := do(ctx); err != nil && ctx.Err() == nil {
		s.Log.Error(doing+"; will try again", "err", err)
	}
}

// Expire ends what was not confirmed in time.
func (s *Service) Expire(ctx context.Context) error {
	return s.Members.Expire(ctx, s.Now().Add(-s.WaitingTTL), s.Now())
}
