// Package draft keeps unfinished applications until they are sent, are deleted
// or expire.
package draft

import (
	"context"
	"errors"
	"maps"
	"time"

	"joinery/app/form"
	"joinery/app/i18n"
)

// ErrNotFound reports a draft that was sent or deleted, has expired, or never was.
var ErrNotFound = errors.New("draft: not found")

// A Draft is one person's unfinished application. Its answers are what was
// typed, right or not yet: whether they are right is for package form to say.
type Draft struct {
	ID       string    // a secret: whoever knows it owns the draft
	Form     string    // the version of the definition it was last saved under
	Lang     i18n.Lang // of the page it was last saved from
	Saved    time.Time // of the last save, to the millisecond
	Sections map[string]form.Answers
}

// Answers returns the answers of all sections together.
func (d Draft) Answers() form.Answers {
	all := make(form.Answers)
	for _, answers := range d.Sections {
		maps.Copy(all, answers)
	}
	return all
}

// A Store keeps drafts for a fixed time, its TTL, after their last save. Its
// methods may be called concurrently.
type Store interface {
	// Load returns the draft with the given ID, or ErrNotFound. It writes
	// nothing.
	Load(ctx context.Context, id string) (Draft, error)

	// Save replaces the answers of one section, records when, from which
	// version of the form and in which language, and starts the draft's time
	// anew: all in one step and one round trip. It creates a draft that is not
	// there. Concurrent saves of different sections never disturb each other;
	// of two of the same section the last wins.
	Save(ctx context.Context, id string, s Save) error

	// Delete forgets a draft. Deleting one that is not there is no error.
	Delete(ctx context.Context, id string) error

	// Ping returns an error when the store cannot be used now.
	Ping(ctx context.Context) error
}

// A Save is what one save writes.
type Save struct {
	Section string // the key of the section
	Answers form.Answers
	Form    string // the version of the definition
	Lang    i18n.Lang
	At      time.Time
}
