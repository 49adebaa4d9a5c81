// Package wizard fills in one form definition, section by section, in one
// sitting or in several, on one device or on two. It knows nothing of what the
// answers are for: it takes a definition, stores, a clock and a time to live.
//
// # How saving works
//
// A draft holds sections, and each section has a version that the store raises
// with every save. A page of questions carries a [Snapshot] of what it was made
// from, and sends it back with the answers, so a save says what it replaces.
//
//   - Continue saves the section, right or wrong, and marks it as completed.
//   - Leave saves it too, when the person goes elsewhere by a button.
//   - Autosave saves it while the person types. The autosaves of one page
//     follow each other, and the Continue of that page follows them. An
//     autosave that arrives after Continue is refused.
//
// The store compares the versions and writes in one step, so of two saves that
// were made from the same version one wins and the other gets [ErrConflict]. The
// person then sees both answers to each question that has two and chooses; the
// choice is a save like any other, made from the version that the page showed.
// Where both answers are the same there is no conflict.
//
// An answer that breaks a rule is kept apart from those that are right: pages
// show it again, and it is never submitted. Whether a section is finished is
// worked out when it is read, so there is one truth about what is valid.
//
// A draft begins with its first save, which also begins a session: a secret
// that only this browser has. Several browsers may hold the same draft, each by
// a session of its own. A session that this package did not hand out opens
// nothing and is never taken over. One that was closed, because the owner of the
// mailbox came in by a letter, saves nothing and begins nothing: [ErrClosed].
package wizard

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"joinery/app/access"
	"joinery/app/draft"
	"joinery/app/form"
	"joinery/app/token"
)

// Errors of filling in a form. They are for the web to put into words.
var (
	ErrNoDraft   = errors.New("wizard: the browser holds no draft")
	ErrClosed    = errors.New("wizard: the draft was closed in this browser")
	ErrSubmitted = errors.New("wizard: the draft was submitted already")
	ErrNotSaved  = errors.New("wizard: the answers could not be saved")
	ErrConflict  = errors.New("wizard: the section was changed elsewhere")
	ErrDraftGone = errors.New("wizard: the draft that the page belongs to is gone")
	ErrNotHeld   = errors.New("wizard: the browser does not hold the draft that the page belongs to")
	ErrTooLarge  = errors.New("wizard: the draft would be too large")
	ErrTooMany   = errors.New("wizard: too many drafts have begun")
)

// Options are what a wizard is made of. All but Former, Limits and Outcome are needed.
type Options struct {
	Form   *form.Definition
	Former map[string]*form.Definition // earlier definitions, by version
	Drafts draft.Store
	Access *access.Store
	Now    func() time.Time
	TTL    time.Duration // of a draft after its last save; that of Drafts
	Limits *access.BeginLimits
	Count  func(Step) // called when a draft has begun or a section is finished; nil: nothing is counted

	// Outcome returns what became of the draft with the given key, once it is
	// submitted. Nil: no draft is ever submitted.
	Outcome func(ctx context.Context, draft string) (Outcome, error)
}

// A Wizard fills in drafts of one form. Its methods may be called concurrently.
type Wizard struct {
	Form *form.Definition // read-only
	o    Options

	maxBytes int // of a draft, see draft.Save
}

// New returns a wizard, or an error that says which option is missing.
func New(o Options) (*Wizard, error) {
	switch {
	case o.Form == nil:
		return nil, errors.New("wizard: there is no form definition")
	case o.Drafts == nil, o.Access == nil:
		return nil, errors.New("wizard: a store is missing")
	case o.Now == nil:
		return nil, errors.New("wizard: there is no clock")
	case o.TTL <= 0:
		return nil, errors.New("wizard: a draft has no time to live")
	}
	if o.Outcome == nil {
		o.Outcome = func(context.Context, string) (Outcome, error) { return Outcome{}, nil }
	}
	definitions := slices.AppendSeq([]*form.Definition{o.Form}, maps.Values(o.Former))
	return &Wizard{Form: o.Form, o: o, maxBytes: maxDraftBytes(definitions)}, nil
}

// A Status says what became of a draft.
type Status int

// The statuses.
const (
	Unsubmitted Status = iota // it can be filled in
	Submitted                 // it can no longer be filled in
	Completed                 // it has done what it was for: a browser that holds it can begin another
	Ended                     // it was submitted in vain: a browser that holds it can begin another
)

// An Outcome is what became of a draft, and of which one: a draft that was
// corrected goes on under another key.
type Outcome struct {
	Status Status
	Draft  string
}

// ExpiresAt returns when a draft that was saved at a time ends if it is not
// saved again.
func (w *Wizard) ExpiresAt(saved time.Time) time.Time { return saved.Add(w.o.TTL) }

// Session returns what is known of the draft that a browser holds by a session,
// ErrNoDraft, or ErrClosed. The draft may have ended or may have been submitted.
func (w *Wizard) Session(ctx context.Context, session string) (access.DraftInfo, error) {
	if session == "" {
		return access.DraftInfo{}, ErrNoDraft
	}
	info, err := w.o.Access.BySession(ctx, token.Digest(session))
	switch {
	case errors.Is(err, access.ErrNotFound):
		return info, ErrNoDraft
	case errors.Is(err, access.ErrClosed):
		return info, ErrClosed
	}
	return info, err
}
