package assets

import (
	"crypto/sha256"
	"encoding/hex"
	"path"
	"strings"
)

// fingerprinted returns the URL of a file whose name changes with its content.
func fingerprinted(name string, body []byte) string {
	ext := path.Ext(name)
	return "/static/" + strings.TrimSuffix(name, ext) + "." + fingerprint(body) + ext
}

// fingerprint returns enough of the SHA-256 of body to tell two versions apart.
func fingerprint(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:6])
}
