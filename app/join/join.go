// Package join is the journey of an application, without HTTP: answer, send,
// confirm. It decides; the stores remember.
//
// Everywhere an id is the secret of a draft, as the applicant's browser holds
// it. An id that this package did not hand out opens nothing and is never
// taken over.
package join

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"time"

	"joinery/app/draft"
	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/mail"
	"joinery/app/member"
)

// Errors of the journey. They are for the web to put into words.
var (
	ErrNoDraft    = errors.New("join: there is no such draft or application")
	ErrUnfinished = errors.New("join: a section is not right yet")
	ErrSent       = errors.New("join: the application was sent already")
	ErrNotSaved   = errors.New("join: the answers could not be saved")
)

// A Service walks applications from the first answer to membership. Its
// methods may be called concurrently.
type Service struct {
	Form       *form.Definition
	Drafts     draft.Store
	Members    *member.Store
	Letters    *mail.Letters
	Queued     func() // called when a letter was queued
	Now        func() time.Time
	Org        i18n.Text // the organisation that asks for consent
	BaseURL    string    // what links in letters begin with
	DraftTTL   time.Duration
	LinkTTL    time.Duration
	WaitingTTL time.Duration
	PerAddress mail.Budget
	Log        *slog.Logger
}

// Progress is how far a person has come.
type Progress struct {
	Draft draft.Draft   // its ID is "" when nothing was saved yet, or it is gone
	Next  *form.Section // the first section that is not finished, or nil
}

// Kept returns until when what was saved at a time is kept if it is not saved
// again.
func (s *Service) Kept(saved time.Time) time.Time { return saved.Add(s.DraftTTL) }

// Progress returns the draft with the given id and what is to be done next. It
// returns ErrSent when the draft was sent and waits for confirmation. It
// writes nothing.
func (s *Service) Progress(ctx context.Context, id string) (Progress, error) {
	nothing := Progress{Next: &s.Form.Sections[0]}
	if id == "" {
		return nothing, nil
	}
	d, missing := s.Drafts.Load(ctx, id)
	if missing != nil && !errors.Is(missing, draft.ErrNotFound) {
		return Progress{}, missing
	}
	// Sending deletes the draft last, so this has to come after loading it.
	switch a, err := s.Sent(ctx, id); {
	case err == nil && a.State == member.Waiting:
		return Progress{}, ErrSent
	case err == nil:
		return nothing, nil // a save that came too late may have left something: it is no draft
	case !errors.Is(err, ErrNoDraft):
		return Progress{}, err
	case missing != nil:
		return nothing, nil
	}
	return Progress{Draft: d, Next: s.unfinished(d)}, nil
}

// Reachable reports whether section can be shown: whether all before it are
// finished.
func (p Progress) Reachable(d *form.Definition, section *form.Section) bool {
	for i := range d.Sections {
		switch at := &d.Sections[i]; at {
		case section:
			return true
		case p.Next:
			return false
		}
	}
	return false
}

// unfinished returns the first section of d that was never saved or has
// problems, or nil.
func (s *Service) unfinished(d draft.Draft) *form.Section {
	all := d.Answers()
	for i := range s.Form.Sections {
		section := &s.Form.Sections[i]
		if _, saved := d.Sections[section.Key]; !saved || len(s.Form.Validate(section, all)) > 0 {
			return section
		}
	}
	return nil
}

// Sent returns the application that was sent from the draft with the given id,
// or ErrNoDraft.
func (s *Service) Sent(ctx context.Context, id string) (member.Application, error) {
	a, err := s.Members.ByDraft(ctx, draft.Digest(id))
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

// Run ends, once an hour until ctx is done, what was not confirmed in time.
func (s *Service) Run(ctx context.Context) error {
	hourly := time.NewTicker(time.Hour)
	defer hourly.Stop()
	for {
		if err := s.Expire(ctx); err != nil && ctx.Err() == nil {
			s.Log.Error("applications not expired; will try again", "err", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-hourly.C:
		}
	}
}

// Expire ends what was not confirmed in time.
func (s *Service) Expire(ctx context.Context) error {
	return s.Members.Expire(ctx, s.Now().Add(-s.WaitingTTL), s.Now())
}

// secret returns 26 letters and digits with at least 128 bits of randomness.
func secret() string { return rand.Text() }
