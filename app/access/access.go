// Package access keeps which browsers may open a draft, the links and codes that let
// one more browser in, and the addresses at which a draft can be asked for. Of every
// secret it keeps only a digest. Addresses are sealed with the keys of the installation,
// and found by digests that only the installation can make.
//
// Beside the addresses of a draft lies the key with which its answers are sealed in the
// store of drafts. When the entry of the draft is deleted, or the draft is submitted, the
// key is gone, and with it every copy of the answers: in the files of Redis, in backups.
package access

import (
	"errors"
	"time"

	"joinery/app/db"
	"joinery/app/i18n"
	"joinery/app/seal"
)

// ErrNotFound reports a session, a grant or a draft that is not known, or is not known
// any more.
var ErrNotFound = errors.New("access: not found")

// ErrClosed reports a session that was closed, see [Store.Redeem].
var ErrClosed = errors.New("access: the session was closed")

// A DraftInfo is what is known of a draft besides its answers. The draft itself may
// have ended meanwhile: only the draft store knows. An address or a key that does not open,
// because the row is damaged, is none.
type DraftInfo struct {
	Draft         string    // the key of the draft
	AnsweredEmail string    // canonical: the last valid answer to the question for the address, or ""
	ContactEmail  string    // canonical: where the applicant asked to have mail about the draft, or ""
	Lang          i18n.Lang // of that mail
	NotedAt       time.Time // the save that ExpiresAt counts from; zero: it is not known
	ExpiresAt     time.Time // the draft does not end before this time; later saves may have moved its end further
	Reminded      bool      // the one reminder was queued
	Key           seal.Key  // seals the answers of the draft; zero: they are gone
	MayBeClear    bool      // a version before sealing has begun the draft, and may have saved answers in clear
	proven        string    // the mailbox that was proven last, as a digest, or ""
	ring          *seal.Ring
}

// AnyProven reports whether a mailbox was proven for the draft.
func (i DraftInfo) AnyProven() bool { return i.proven != "" }

// Proven reports whether the mailbox with the given address was proven for the draft, and
// no other since.
func (i DraftInfo) Proven(email string) bool {
	return i.AnyProven() && i.proven == mailboxDigest(i.ring, email)
}

// A Kind is a kind of grant.
type Kind string

// The kinds of grants.
const (
	ByLink    Kind = "mailed" // a link in a letter
	ByHandoff Kind = "handed" // a code that one device shows and another device is given
)

// A Grant lets one more browser open a draft, once.
type Grant struct {
	Digest    string // the digest of the secret in the link or code
	Kind      Kind
	Draft     string    // the key of the draft
	Recipient string    // canonical: the address that a link was mailed to
	Lang      i18n.Lang // of that letter
	CreatedAt time.Time
	ExpiresAt time.Time
	UsedBy    string // the digest of the submission id that used the grant; "": it is unused
}

// A Store keeps access in SQL, in the file of the members, so that a letter is queued
// in the transaction that wants it sent. It may be used concurrently.
type Store struct {
	db   db.Scope
	ring *seal.Ring
}

// NewStore returns the store in d, whose tables are those of [db.Migrations]. It seals
// with ring.
func NewStore(d *db.DB, ring *seal.Ring) *Store {
	return &Store{db.Scope{DB: d, Package: "access", NotFound: ErrNotFound}, ring}
}
