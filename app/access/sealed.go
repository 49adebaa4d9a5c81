package access

import (
	"context"
	"errors"
	"strings"

	"joinery/app/seal"
	"joinery/app/token"
)

// mailboxDigest returns the digest by which the mailbox of an address is found and
// compared, in upper or lower case, or "" for "".
func mailboxDigest(ring *seal.Ring, email string) string {
	if email == "" {
		return ""
	}
	return keyedDigest(ring, token.Digest(strings.ToLower(email)))
}

// keyedDigest returns the digest of a mailbox from the one that earlier versions kept,
// of which everybody can make the same.
func keyedDigest(ring *seal.Ring, unkeyed string) string { return ring.Digest("mailbox", unkeyed) }

// What a sealed text is about: moved to another row or column, it does not open.
func aboutAnswered(draft string) string  { return "answered email " + draft }
func aboutContact(draft string) string   { return "contact email " + draft }
func aboutRecipient(grant string) string { return "recipient " + grant }
func aboutKey(draft string) string       { return "draft " + draft }

// A sealedInfo is a row of draft_access as it is stored.
type sealedInfo struct {
	info                   DraftInfo // without what is sealed
	answered, contact, key string
}

// open returns what was sealed, too. What does not open is gone: "", or the zero key. One
// damaged row must keep no other from its turn, nor its own browsers from a new draft.
func (s *Store) open(ctx context.Context, row sealedInfo) (info DraftInfo, err error) {
	info = row.info
	info.ring = s.ring
	if info.AnsweredEmail, err = s.ring.Open(ctx, aboutAnswered(info.Draft), row.answered); ignoreDamaged(err) != nil {
		return DraftInfo{}, err
	}
	if info.ContactEmail, err = s.ring.Open(ctx, aboutContact(info.Draft), row.contact); ignoreDamaged(err) != nil {
		return DraftInfo{}, err
	}
	info.Key, err = openKey(ctx, s.ring, info.Draft, row.key)
	return info, ignoreDamaged(err)
}

// ignoreDamaged returns err, or nil when what is sealed in one row does not open.
func ignoreDamaged(err error) error {
	if errors.Is(err, seal.ErrSealed) {
		return nil
	}
	return err
}

// openKey returns the key of a draft, or the zero key for "".
func openKey(ctx context.Context, ring *seal.Ring, draft, sealed string) (seal.Key, error) {
	if sealed == "" {
		return seal.Key{}, nil
	}
	return ring.OpenKey(ctx, aboutKey(draft), sealed)
}

// NetworkDigest returns the digest of a network by which the letters and the drafts that
// it asks for are counted, or "" for "". It is the same after a restart: there are so few
// networks that the key of the installation has to keep them.
func (s *Store) NetworkDigest(network string) string { return s.ring.Digest("network", network) }
