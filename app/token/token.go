// Package token makes the secrets of links and sessions and the codes that people
// type, and the digests of them that stores keep.
package token

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
)

// SecretLength is the number of characters of a secret.
const SecretLength = 26

// Secret returns a random string of SecretLength characters of Alphabet, with at least
// 128 bits of randomness.
func Secret() string { return rand.Text() }

// Alphabet holds the characters of a secret.
const Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"

// Digest returns the SHA-256 digest of a secret in hexadecimal, which stores keep in
// its place. The secret cannot be derived from it.
func Digest(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// ShortID returns eight characters that identify name, or "" for "". Pages have it in
// the place of a key or a version that they must not show.
func ShortID(name string) string {
	if name == "" {
		return ""
	}
	return Digest("short " + name)[:8]
}
