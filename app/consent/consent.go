// Package consent keeps what was agreed to, or not, as a proof: rows are only ever added,
// and each has a hash over the row before, so that a row that is changed, removed or moved
// is found. The rows outlive the member. They have no address, but a keyed digest of it:
// the agreement of a person whose address is known can be shown, and no address can be
// read.
//
// # The chain
//
// The hashes are SHA-256 in hexadecimal over a list of texts. Before each text stand its
// length in bytes, in decimal, and a colon; behind it stands a comma. Numbers are decimal.
//
//	content_hash  "joinery consent 1", salt, member, address, key, version, purpose,
//	              wording, lang, given ("0" or "1"), at (Unix seconds), how
//	hash          "joinery consent chain 1", the hash of the row before ("" for the
//	              first), id, content_hash
//
// When the time of a proof is over, its row is emptied: the hashes stay, so that the chain
// holds, and as the random salt goes, nothing can be guessed from them. The hash of the
// last row is the [Head]. Rows that are cut off at the end, and a chain that was computed
// anew, are found by a head that was noted elsewhere.
package consent

import (
	"errors"
	"strings"
	"time"

	"joinery/app/db"
	"joinery/app/i18n"
	"joinery/app/seal"
)

// A Consent is a checkbox that was shown, ticked or not, with the words beside it.
type Consent struct {
	Key     string    `json:"key"`
	Version string    `json:"version"`
	Purpose string    `json:"purpose"`
	Wording string    `json:"wording"` // exactly as it was shown
	Lang    i18n.Lang `json:"lang"`    // of the wording
	Given   bool      `json:"given"`
	At      time.Time `json:"at"` // UTC
}

// A Record is one row of the chain.
type Record struct {
	Row    int64  `json:"row"`
	Member string `json:"member"` // the ID
	Email  string `json:"email"`  // of the member now, in no hash; "": the member has left
	Consent
	How string `json:"how"` // how the organization was told; "": the applicant ticked the box, or did not
}

// A Store keeps the chain in SQL. It may be used concurrently.
type Store struct {
	db   db.Scope
	ring *seal.Ring
}

var errNotFound = errors.New("consent: not found")

// NewStore returns the store in d, whose tables are those of [db.Migrations]. It makes the
// digests of addresses with ring; to verify the chain alone it needs none.
func NewStore(d *db.DB, ring *seal.Ring) *Store {
	return &Store{db.Scope{DB: d, Package: "consent", NotFound: errNotFound}, ring}
}

// addressDigest returns what rows keep of an address, in upper or lower case.
func addressDigest(ring *seal.Ring, address string) string {
	return ring.Digest("consent", strings.ToLower(address))
}
