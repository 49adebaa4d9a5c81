// Package access keeps who may come to a draft: the browsers that hold it, the
// links and codes that let in another, and the addresses at which it can be
// asked for. Of every secret it keeps no more than a digest.
package access

import (
	"errors"
	"time"

	"joinery/app/db"
	"joinery/app/i18n"
)

// ErrNotFound reports a holder, a way or a draft that is not known, or not any
// more.
var ErrNotFound = errors.New("access: not found")

// An DraftInfo is what is known of a draft besides its answers. The draft itself
// may have ended meanwhile: only the draft store knows.
type DraftInfo struct {
	Draft         string    // its key
	AnsweredEmail string    // canonical: the right answer that was last given to the question for it, or ""
	ContactEmail  string    // canonical: where its owner asked to have mail about it, or ""
	Lang          i18n.Lang // of that mail
	ExpiresAt     time.Time // before this the draft does not end; later saves may have moved its end further
	Reminded      bool      // the one reminder was queued
}

// A Kind is a kind of way to a draft.
type Kind string

// The kinds.
const (
	ByLink    Kind = "mailed" // a link in a letter
	ByHandoff Kind = "handed" // a code that one device shows and another is given
)

// A Grant lets one more browser in, once.
type Grant struct {
	Digest    string // the digest of what its bearer shows
	Kind      Kind
	Draft     string    // the key of the draft
	Recipient string    // where a mailed one was sent, canonical
	Lang      i18n.Lang // of that letter
	CreatedAt time.Time
	ExpiresAt time.Time
	UsedBy    string // the digest of the showing of the page on which it was used up; "": it is unused
}

// A Store keeps access in SQL, in the file of members, so that a letter is
// queued in the transaction that wants it sent. It may be used concurrently.
type Store struct{ db db.Scope }

// NewStore returns the store in d, whose tables are those of [db.Migrations].
func NewStore(d *db.DB) *Store {
	return &Store{db.Scope{DB: d, Package: "access", NotFound: ErrNotFound}}
}
