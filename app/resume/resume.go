// Package resume brings people back to what they began: by a link in a letter, by
// a code that one device shows and another is given, by asking for an address,
// and by one reminder. It also deletes drafts, on request or when they have ended.
package resume

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"time"

	"joinery/app/access"
	"joinery/app/draft"
	"joinery/app/mail"
	"joinery/app/member"
	"joinery/app/wizard"
)

// Options are what a service is made of. All are needed but Resend and RemindBefore.
type Options struct {
	Wizard  *wizard.Wizard
	Drafts  draft.Store
	Access  *access.Store
	Members *member.Store
	Letters *mail.Letters
	Limits  *mail.Limits
	Wake    func() // called when a letter was queued

	// Resend sends the letter once more that asks for confirmation of the applications
	// that wait with an address; network asks. Nil: no draft is ever submitted.
	Resend func(ctx context.Context, email, network string) error

	Now func() time.Time
	Log *slog.Logger

	BaseURL      string        // what links in letters begin with
	LinkTTL      time.Duration // of a link in a letter
	RemindBefore time.Duration // how long before the end of a draft its owner is reminded; 0: never
}

// A Service brings people back to their drafts. Its methods may be called
// concurrently.
type Service struct {
	o        Options
	requests chan request
	ended    atomic.Bool // Run has ended
}

// New returns a service, or an error that says which option is missing.
func New(o Options) (*Service, error) {
	switch {
	case o.Wizard == nil:
		return nil, errors.New("resume: there is no wizard")
	case o.Drafts == nil, o.Access == nil, o.Members == nil:
		return nil, errors.New("resume: a store is missing")
	case o.Letters == nil, o.Limits == nil, o.Wake == nil:
		return nil, errors.New("resume: there is no mail")
	case o.Now == nil, o.Log == nil:
		return nil, errors.New("resume: there is no clock or no log")
	case o.BaseURL == "":
		return nil, errors.New("resume: links have no base")
	case o.LinkTTL <= 0:
		return nil, errors.New("resume: links have no time to live")
	}
	if o.Resend == nil {
		o.Resend = func(context.Context, string, string) error { return nil }
	}
	return &Service{o: o, requests: make(chan request, maxRequests)}, nil
}

// Reminds reports whether drafts are reminded of.
func (s *Service) Reminds() bool { return s.o.RemindBefore > 0 }
