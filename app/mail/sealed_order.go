package mail

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"joinery/app/address"
	"joinery/app/seal"
)

// addressKeys are the digests of an address by which budgets count. They tell nothing
// without the keys of the installation.
type addressKeys struct {
	mailbox string // the same for all addresses of a mailbox
	address string // in upper or lower case
}

// keysOf returns the digests of an address.
func keysOf(ring *seal.Ring, to string) addressKeys {
	return addressKeys{ring.Digest("mail mailbox", address.MailboxKey(to)), ring.Digest("mail address", strings.ToLower(to))}
}

// A sealedPart is what the queue keeps sealed of an order.
type sealedPart struct {
	To      string        `json:"to"`
	Secrets []string      `json:"secrets,omitempty"`
	Words   *earlierWords `json:"words,omitempty"` // nil: the letter is written when it is sent
}

// earlierWords are those of a letter that an earlier version has written.
type earlierWords struct {
	Subject string `json:"subject"`
	Text    string `json:"text"`
	HTML    string `json:"html"`
}

// about names the row of a letter, so that what is sealed opens in no other.
func about(id string) string { return "mail " + id }

// seal returns p sealed for the row of a letter.
func (p sealedPart) seal(ring *seal.Ring, id string) string {
	text, err := json.Marshal(p)
	if err != nil {
		panic(err) // there are only strings
	}
	return ring.Seal(about(id), string(text))
}

// openPart returns what was sealed for the row of a letter.
func openPart(ctx context.Context, ring *seal.Ring, id, sealed string) (p sealedPart, err error) {
	text, err := ring.Open(ctx, about(id), sealed)
	if err == nil {
		err = json.Unmarshal([]byte(text), &p)
	}
	if err != nil {
		return sealedPart{}, fmt.Errorf("mail: the letter does not open: %w", err)
	}
	return p, nil
}
