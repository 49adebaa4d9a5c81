//go:build e2e

package harness

import (
	"crypto/sha256"
	"encoding/base64"

	"github.com/chromedp/cdproto/network"
)

// CarryNote gives the browser a note for a page, as a redirect of the site does.
func (p *Person) CarryNote(path, note string) {
	p.Helper()
	sum := sha256.Sum256([]byte(path))
	value := note + "." + base64.RawURLEncoding.EncodeToString(sum[:12])
	Call(p, network.SetCookie, network.SetCookieParams{Name: "note", Value: value, URL: p.Base})
}
