package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"strings"
)

// keySize is the length of a key in bytes, for AES-256.
const keySize = 32

// A Key seals texts and makes digests. The zero Key can do neither. It may be used
// concurrently.
type Key struct {
	secret string // of keySize bytes
	aead   cipher.AEAD
	digest []byte // the key of digests: what seals does nothing else
}

// NewKey returns a random key.
func NewKey() Key {
	secret := make([]byte, keySize)
	rand.Read(secret)
	return keyOf(secret)
}

// ParseKey returns the key that text spells: 32 random bytes in base64, as
// openssl rand -base64 32 prints them.
func ParseKey(text string) (Key, error) {
	secret, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text))
	if err != nil || len(secret) != keySize {
		return Key{}, errors.New("seal: a key has 32 bytes in base64; openssl rand -base64 32 makes one")
	}
	return keyOf(secret), nil
}

func keyOf(secret []byte) Key {
	return Key{secret: string(secret), aead: newAEAD(derive(secret, "seal")), digest: derive(secret, "digest")}
}

// derive returns the part of a secret that serves one purpose.
func derive(secret []byte, purpose string) []byte {
	key, err := hkdf.Expand(sha256.New, secret, "joinery "+purpose, keySize)
	if err != nil {
		panic(err) // only a length of over 8 KiB is an error
	}
	return key
}

func newAEAD(key []byte) cipher.AEAD {
	block, err := aes.NewCipher(key)
	if err != nil {
		panic(err) // only another length is an error
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		panic(err) // AES has the block size of GCM
	}
	return aead
}

// IsZero reports whether k is the zero Key.
func (k Key) IsZero() bool { return k.aead == nil }

// Text returns the key as ParseKey reads it. It is a secret.
func (k Key) Text() string { return base64.StdEncoding.EncodeToString([]byte(k.secret)) }

// String keeps a key out of logs.
func (Key) String() string { return "a key" }

// GoString keeps a key out of logs too.
func (Key) GoString() string { return "a key" }

// Seal encrypts plain with AES-256-GCM and a random nonce. The result can be opened only
// with the same key and about, which names what plain belongs to, such as a row: what is
// moved to another row does not open there. It is 28 bytes longer than plain.
func (k Key) Seal(about string, plain []byte) []byte {
	return k.aead.Seal(nil, nil, plain, []byte(about))
}

// Open returns what was sealed, or ErrSealed.
func (k Key) Open(about string, sealed []byte) ([]byte, error) {
	plain, err := k.aead.Open(nil, nil, sealed, []byte(about))
	if err != nil {
		return nil, ErrSealed
	}
	return plain, nil
}

// Digest returns a keyed digest of text (HMAC-SHA-256, in hexadecimal), by which text can
// be looked up and counted. Only the key tells it, even of a text that can be guessed.
// Digests of different kinds are different.
func (k Key) Digest(kind, text string) string {
	mac := hmac.New(sha256.New, k.digest)
	mac.Write([]byte(kind + "\x00" + text))
	return hex.EncodeToString(mac.Sum(nil))
}
