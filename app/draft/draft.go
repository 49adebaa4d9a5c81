// Package draft keeps unfinished applications until they are sent, are deleted
// or expire.
package draft

import (
	"context"
	"errors"
	"time"

	"joinery/app/form"
)

// Errors of a store.
var (
	ErrNotFound = errors.New("draft: not found")                     // it was sent or deleted, has expired, or never was
	ErrConflict = errors.New("draft: the section has changed since") // somebody else saved it after it was shown
	ErrTooLarge = errors.New("draft: larger than a draft may be")    // see Most
)

// MaxBytes is how many bytes the sections of a draft may take together, as a store
// keeps them.
const MaxBytes = 200 << 10

// A Draft is one person's unfinished application.
type Draft struct {
	Key      string    // names it; no secret: package access knows who may open it
	Saved    time.Time // of the last save, to the millisecond
	Sections map[string]Section
}

// A Section is what was answered to one page of questions.
type Section struct {
	Answers    form.Answers // right, by the rules under which they were saved
	Invalid    form.Answers // typed but not right yet: kept to be mended, never sent
	Form       string       // the version of the definition under which its Continue was last pressed, or it was begun
	InProgress bool         // the last save was no Continue: the person was in the middle of it
	Completed  bool         // a Continue has saved it at some time
	Version    int64        // set by the store: higher than that of any earlier save of any section of the draft
}

// A Store keeps drafts for a fixed time, its TTL, after their last save, by
// the clock of the program. Its methods may be called concurrently.
type Store interface {
	// Load returns the draft with the given key, or ErrNotFound. It writes
	// nothing.
	Load(ctx context.Context, key string) (Draft, error)

	// Save replaces one section, records when, starts the draft's
	// time anew, and returns the section's new version: all in one
	// step and one round trip. Otherwise it changes nothing and returns
	// ErrConflict when the section has changed since it was shown (see
	// [Save.Base]), ErrTooLarge when the draft would take more than Most, or
	// ErrNotFound when there is no draft and s does not begin one. Saves of
	// different sections never disturb each other.
	Save(ctx context.Context, key string, s Save) (version int64, err error)

	// Delete forgets a draft and leaves no trace of it. Deleting one that is
	// not there is no error.
	Delete(ctx context.Context, key string) error

	// Ping returns an error when the store cannot be used now.
	Ping(ctx context.Context) error
}

// AnyVersion is the Base of a save that does not mind what it replaces.
const AnyVersion = -1

// A Save is what one save writes.
type Save struct {
	Section string  // its key
	Content Section // its Version does not matter
	At      time.Time

	// Base is the version that was shown to the person; 0: there was none. If
	// the section has another by now, the save is refused, unless it has it by
	// quiet saves from the same Page alone: those follow each other, and what
	// the page then says aloud follows them. A quiet save that comes late,
	// after its page has spoken, is refused.
	Base     int64
	Page     string // names one showing of a page; "": none
	Autosave bool   // saved while somebody fills the page in, not by a button

	Begin bool // begin the draft if it is not there
}
