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

// A Signer signs letters with DKIM (RFC 6376): the receiving server can verify that the
// letter comes from the domain of its sender and is unchanged. It may be used
// concurrently.
type Signer struct {
	selector string
	key      crypto.Signer // RSA or Ed25519
}

// signed are the headers that no server may change or add.
var signed = []string{
	"From", "To", "Subject", "Date", "Message-ID", "Reply-To",
	"Content-Type", "Content-Language", "MIME-Version", "Auto-Submitted",
}

// newKey says how to make a key.
const newKey = "make one with: openssl genpkey -algorithm rsa -pkeyopt rsa_keygen_bits:2048 -out FILE"

// ReadSigner returns a signer with the private key in the PEM file at path, or nil if path
// is empty. The domain of the sender publishes the public key under selector. Errors quote
// neither the file nor path, which can be the key by mistake.
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

// sign adds the signature of domain to m, which must not change after that.
func (s *Signer) sign(m *gomail.Msg, domain string) error {
	var raw bytes.Buffer
	if _, err := m.WriteTo(&raw); err != nil {
		return err
	}
	headers, body, _ := bytes.Cut(raw.Bytes(), []byte("\r\n\r\n"))
	signer := gomail.NewDKIMSigner(domain, s.selector, s.key) // not shared: signing changes it
	signer.SignHeaders(signed...)
	signer.OversignHeaders("From") // no server may add another
	signature, err := signer.Sign(headers, body)
	if err != nil {
		return err
	}
	name, value, _ := strings.Cut(strings.TrimSpace(signature), ": ")
	m.SetGenHeaderPreformatted(gomail.Header(name), fold(value))
	return nil
}

// fold breaks the lines of a signature again. go-mail breaks a tag that is longer than a
// line in the middle, which adds a space that is not signed. Spaces do not count only in
// the last tag, b.
func fold(signature string) string {
	tags, b, _ := strings.Cut(signature, " b=")
	tags = strings.ReplaceAll(tags+" ", "\r\n ", "")
	return strings.ReplaceAll(tags, "; ", ";\r\n ") + "b=" + b
}

// public returns the text of the DNS record with the public key.
func (s *Signer) public() string {
	if key, ok := s.key.Public().(ed25519.PublicKey); ok {
		return "v=DKIM1; k=ed25519; p=" + base64.StdEncoding.EncodeToString(key)
	}
	der, _ := x509.MarshalPKIXPublicKey(s.key.Public()) // it does not fail for an RSA key
	return "v=DKIM1; k=rsa; p=" + base64.StdEncoding.EncodeToString(der)
}
