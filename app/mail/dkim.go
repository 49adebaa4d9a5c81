package mail

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	gomail "github.com/wneessen/go-mail"
)

// A Signer signs letters by DKIM (RFC 6376): it shows whoever receives one that
// the domain of its sender answers for it and that nobody has changed it. It
// may be used concurrently.
type Signer struct {
	selector string
	key      crypto.Signer // RSA or Ed25519
}

// signed are the headers that nobody may change, or add where there is none.
var signed = []string{
	"From", "To", "Subject", "Date", "Message-ID", "Reply-To",
	"Content-Type", "Content-Language", "MIME-Version", "Auto-Submitted",
}

// newKey says how to come by a key.
const newKey = "make one with: openssl genpkey -algorithm rsa -pkeyopt rsa_keygen_bits:2048 -out FILE"

// ReadSigner returns a signer with the private key in the PEM file at path,
// whose public half the sender's domain publishes under selector, or nil if
// path is empty. Its errors quote neither the file nor path, which may be the
// key by mistake.
func ReadSigner(path, selector string) (*Signer, error) {
	if path == "" {
		return nil, nil
	}
	pem, err := os.ReadFile(path)
	if refused := (*fs.PathError)(nil); errors.As(err, &refused) {
		return nil, fmt.Errorf("DKIM_KEY: write the path of a file that can be read: %w", refused.Err)
	}
	key, err := gomail.PrivKeyFromPEM(pem)
	if err != nil {
		return nil, errors.New("DKIM_KEY: the file holds no private RSA or Ed25519 key in PEM, without a password; " + newKey)
	}
	if k, ok := key.(*rsa.PrivateKey); ok && k.N.BitLen() < 2048 {
		return nil, fmt.Errorf("DKIM_KEY: an RSA key of %d bits convinces nobody, it takes 2048; %s", k.N.BitLen(), newKey)
	}
	return &Signer{selector, key}, nil
}

// sign adds to m, to which nothing may be added after that, the signature of
// domain.
func (s *Signer) sign(m *gomail.Msg, domain string) error {
	var raw bytes.Buffer
	if _, err := m.WriteTo(&raw); err != nil {
		return err
	}
	headers, body, _ := bytes.Cut(raw.Bytes(), []byte("\r\n\r\n"))
	signer := gomail.NewDKIMSigner(domain, s.selector, s.key) // not to be shared: it changes as it signs
	signer.SignHeaders(signed...)
	signer.OversignHeaders("From") // nobody may add another
	signature, err := signer.Sign(headers, body)
	if err != nil {
		return err
	}
	name, value, _ := strings.Cut(strings.TrimSpace(signature), ": ")
	m.SetGenHeaderPreformatted(gomail.Header(name), fold(value))
	return nil
}

// fold breaks the lines of a signature anew. Where a tag is longer than a line,
// go-mail breaks it in its middle, which adds a space that it has not signed.
// Only in the last, b, do spaces not count.
func fold(signature string) string {
	tags, b, _ := strings.Cut(signature, " b=")
	tags = strings.ReplaceAll(tags+" ", "\r\n ", "")
	return strings.ReplaceAll(tags, "; ", ";\r\n ") + "b=" + b
}

// public returns the text of the DNS record that publishes the public half of
// the key.
func (s *Signer) public() string {
	if key, ok := s.key.Public().(ed25519.PublicKey); ok {
		return "v=DKIM1; k=ed25519; p=" + base64.StdEncoding.EncodeToString(key)
	}
	der, _ := x509.MarshalPKIXPublicKey(s.key.Public()) // fails for no RSA key
	return "v=DKIM1; k=rsa; p=" + base64.StdEncoding.EncodeToString(der)
}
