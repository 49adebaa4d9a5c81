// Package draft keeps unfinished applications until they are sent or deleted, or
// expire.
//
// Each section is sealed with the key of its draft before a store gets it. The key is
// elsewhere, see package access. So neither a store nor its files, nor a copy of them, tell
// an answer, and once the key is deleted no copy can be read any more. Drafts that an
// earlier version has begun are read in clear too; the next save of a section seals it.
package draft

import (
	"context"
	"errors"
	"time"

	"joinery/app/form"
	"joinery/app/seal"
)

// Errors of a store.
var (
	ErrNotFound = errors.New("draft: not found")                     // it was sent or deleted, has expired, or never existed
	ErrConflict = errors.New("draft: the section has changed since") // another page saved it after this one was shown
	ErrTooLarge = errors.New("draft: larger than a draft may be")    // see Save
)

// An ID says which draft is meant, and has what opens its answers.
type ID struct {
	Key  string   // the name of the draft, which is no secret
	Seal seal.Key // the zero key opens and saves nothing: with its key a draft has ended

	// MayBeClear lets sections be read that a version before sealing has saved in clear. In
	// other drafts they are not authentic: they may be of anybody who can write to the store.
	MayBeClear bool
}

// A Draft is an unfinished application.
type Draft struct {
	Key      string    // its name, which is no secret: package access knows which browsers may open the draft
	Saved    time.Time // the time of the last save, in milliseconds
	Sections map[string]Section
}

// A Section is the answers to one page of questions.
type Section struct {
	Answers    form.Answers // valid, by the rules at the time of the save
	Invalid    form.Answers // typed but not valid yet: kept to be corrected, never sent
	Form       string       // the version of the form at the last Continue, or at the first save if there was none
	InProgress bool         // the last save was no Continue
	Completed  bool         // a Continue has saved the section before
	Refused    bool         // the last Continue found problems
	Version    int64        // set by the store: higher at each save of any section of the draft
}

// A Store keeps each draft for a fixed time, the TTL of the store, after its last save.
// It goes by the clock of the program. Its methods may be called concurrently.
type Store interface {
	// Load returns a draft, or ErrNotFound, also when id has another key than that with
	// which the draft was saved. It does not write.
	Load(ctx context.Context, id ID) (Draft, error)

	// Save replaces one section and returns its new version, in one atomic step and
	// one round trip. The TTL of the draft begins anew.
	//
	// Save changes nothing and returns ErrConflict when the section has changed since
	// it was shown (see [Save.Base]), ErrTooLarge when the draft would have more than
	// [Save.MaxBytes], or ErrNotFound when there is no draft and s does not begin one. Saves
	// of different sections never conflict.
	Save(ctx context.Context, id ID, s Save) (version int64, err error)

	// Delete removes every trace of the draft with the given name. A draft that is not
	// there is no error.
	Delete(ctx context.Context, key string) error

	// ClearCopies has the store write its files anew, without copies of drafts that were
	// deleted, waits until it has for up to half a minute, and reports how far it has come.
	ClearCopies(ctx context.Context) (Copies, error)

	// Ping returns an error when the store cannot save a draft now. Any number of
	// calls cost one write a second, and leave no draft behind.
	Ping(ctx context.Context) error
}

// Copies are those of deleted drafts in the files of a store. They are sealed with keys that
// are gone.
type Copies string

// How far a store has come.
const (
	Cleared   Copies = "cleared"   // there are none
	Pending   Copies = "pending"   // the store still works on it, or is kept from it for now
	Forbidden Copies = "forbidden" // the store does not let this user ask for it
)

// AnyVersion is the Base of a save that replaces any version.
const AnyVersion = -1

// A Save is what one call of [Store] Save writes.
type Save struct {
	Section string  // its key
	Content Section // its Version is ignored
	At      time.Time

	// Base is the version that the page shows; 0: the section was empty. The save is
	// refused when the section has another version, unless only autosaves of the same
	// Page have made that version: autosaves of a page follow each other, and the
	// Continue of the page follows them. An autosave that arrives after the Continue
	// of its page is refused.
	Base     int64
	Page     string // names one display of a page; "": none
	Autosave bool   // made while the page is filled in, not by a button

	Begin bool // begin the draft if there is none

	// MaxBytes is how many bytes the sections of the draft may have together, sealed, as
	// a store keeps them; 0: any number.
	MaxBytes int
}

// autosavePage returns the page of an autosave, whose later saves may follow s though
// their Base is older; "": s is no autosave.
func (s Save) autosavePage() string {
	if s.Autosave {
		return s.Page
	}
	return ""
}
