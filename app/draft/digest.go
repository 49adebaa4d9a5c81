package draft

import (
	"crypto/sha256"
	"encoding/hex"
)

// Digest returns the name under which a store keeps the draft with the given
// ID. The ID is a secret and does not follow from it: a copy of a store opens
// nobody's draft. The secrets of links are kept the same way.
func Digest(id string) string {
	sum := sha256.Sum256([]byte(id))
	return hex.EncodeToString(sum[:])
}
