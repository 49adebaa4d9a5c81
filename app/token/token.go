// Package token makes the secrets of links, sessions and codes, and what stores
// keep of them.
package token

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
)

// Secret returns 26 letters and digits with at least 128 bits of randomness.
func Secret() string { return rand.Text() }

// Alphabet is what a secret is written with.
const Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"

// Digest returns what stores keep of a secret. The secret does not follow from
// it.
func Digest(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// ShortID returns eight characters that tell name from others, or "" for "".
// Pages carry it in the place of a key or a version that they must not show.
func ShortID(name string) string {
	if name == "" {
		return ""
	}
	return Digest("short " + name)[:8]
}

// salt is of this process alone: there are few networks, and a digest of one
// must not tell which it was.
var salt = Secret()

// NetworkDigest returns what a letter keeps of the network from which it was
// asked for, or "" for "". It is the same until the process ends.
func NetworkDigest(network string) string {
	if network == "" {
		return ""
	}
	return Digest("network " + salt + network)
}
