package mail

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/emersion/go-msgauth/dkim"

	"joinery/app/i18n"
)

// pkcs1 returns a PEM of an RSA key in the form of older programs.
func pkcs1(key *rsa.PrivateKey) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)})
}

// pkcs8 returns a PEM of any key in the form of newer programs.
func pkcs8(t *testing.T, key crypto.Signer) []byte {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
}

func newRSA(t *testing.T, bits int) *rsa.PrivateKey {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, bits)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func newEd25519(t *testing.T) ed25519.PrivateKey {
	t.Helper()
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// keyFile returns the path of a file with these words in it.
func keyFile(t *testing.T, words []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "dkim.pem")
	if err := os.WriteFile(path, words, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// signing returns a sender to r that signs with the key in a PEM.
func (r *relay) signing(t *testing.T, selector string, key []byte) *SMTP {
	t.Helper()
	signer, err := ReadSigner(keyFile(t, key), selector)
	if err != nil {
		t.Fatal(err)
	}
	s := r.sender(t, "smtp://HOST?tls=none")
	s.Signer = signer
	return s
}

// verify returns the verification of the only signature of raw by a receiver, with the key
// of s in DNS.
func verify(t *testing.T, s *SMTP, raw string) *dkim.Verification {
	t.Helper()
	name, record := s.Record()
	got, err := dkim.VerifyWithOptions(strings.NewReader(raw), &dkim.VerifyOptions{LookupTXT: func(asked string) ([]string, error) {
		if asked != name {
			t.Errorf("the receiver asks DNS for %s, want %s", asked, name)
		}
		return []string{record}, nil
	}})
	if err != nil || len(got) != 1 {
		t.Fatalf("%d signatures, %v, want one in\n%s", len(got), err, raw)
	}
	return got[0]
}

func TestReceiversAcceptOnlyAnUnchangedLetter(t *testing.T) {
	rsaKey, long := newRSA(t, 2048), strings.Repeat("long.", 20)+"example.org"
	headers := []string{
		"From", "To", "Subject", "Date", "Message-ID", "Reply-To",
		"Content-Type", "Content-Language", "MIME-Version", "Auto-Submitted", "From",
	}
	tests := []struct {
		name, domain, selector string
		key                    []byte
	}{
		{"RSA in PKCS#1", "example.org", "joinery1", pkcs1(rsaKey)},
		{"RSA in PKCS#8", "example.org", "joinery1", pkcs8(t, rsaKey)},
		{"Ed25519", "example.org", "joinery1", pkcs8(t, newEd25519(t))},
		{"names longer than a line", long, strings.Repeat("a.", 31) + "a", pkcs8(t, rsaKey)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := startRelay(t, "127.0.0.1:0", nil)
			s := r.signing(t, tt.selector, tt.key)
			s.head.from = "join@" + tt.domain
			l := newConfirmation(t, "zoe@example.net", i18n.French)
			if err := s.Send(t.Context(), l); err != nil {
				t.Fatal(err)
			}
			raw := r.letters()[0].raw
			got := verify(t, s, raw)
			if got.Err != nil || got.Domain != tt.domain || !slices.Equal(got.HeaderKeys, headers) {
				t.Errorf("signed by %s are %v, %v, in\n%s", got.Domain, got.HeaderKeys, got.Err, raw)
			}
			wantSameLetter(t, raw, l)
			for _, forged := range []string{
				strings.Replace(raw, "=C3=A9", "=C3=A8", 1),
				raw + "P.S.\r\n",
				strings.Replace(raw, "zoe@example.net", "eve@example.net", 1),
				strings.Replace(raw, "fr-CA", "en-CA", 1),
				"From: eve@example.net\r\n" + raw,
			} {
				if forged == raw || verify(t, s, forged).Err == nil {
					t.Errorf("a receiver believes\n%s", forged)
				}
			}
		})
	}
}

// wantSameLetter wants raw to have the content of l, in lines that any server passes on.
func wantSameLetter(t *testing.T, raw string, l Letter) {
	t.Helper()
	got, err := receive(strings.NewReader(raw))
	if err != nil || got.Text != l.Text || got.HTML != l.HTML || got.Subject != l.Subject {
		t.Errorf("arrived as %+v, %v, want %+v", got, err, l)
	}
	for line := range strings.Lines(raw) {
		if len(line) > 998+len("\r\n") {
			t.Errorf("line of %d bytes: %q", len(line), line)
		}
	}
}

// TestASignerServesSeveralConnections needs the race detector to find a fault.
func TestASignerServesSeveralConnections(t *testing.T) {
	r := startRelay(t, "127.0.0.1:0", nil)
	s := r.signing(t, "joinery1", pkcs8(t, newEd25519(t)))
	l, sent := newConfirmation(t, "zoe@example.net", i18n.English), make(chan error)
	for range workers {
		go func() { sent <- s.Send(t.Context(), l) }()
	}
	for range workers {
		if err := <-sent; err != nil {
			t.Error(err)
		}
	}
	for _, letter := range r.letters() {
		if got := verify(t, s, letter.raw); got.Err != nil {
			t.Errorf("%v in\n%s", got.Err, letter.raw)
		}
	}
}

func TestErrorsOfKeysSayWhatToDoAndQuoteNoKey(t *testing.T) {
	ec, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	good := pkcs8(t, newRSA(t, 2048))
	public, err := x509.MarshalPKIXPublicKey(ec.Public())
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name string
		key  []byte
		want string
	}{
		{"an RSA key that is easily broken", pkcs1(newRSA(t, 1024)), "1024 bits convinces nobody"},
		{"the same in PKCS#8", pkcs8(t, newRSA(t, 1024)), "1024 bits convinces nobody"},
		{"a key of an elliptic curve", pkcs8(t, ec), "no private RSA or Ed25519 key"},
		{"a public key", pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: public}), "no private RSA or Ed25519 key"},
		{"a key with a password", bytes.ReplaceAll(good, []byte("PRIVATE"), []byte("ENCRYPTED PRIVATE")), "without a password"},
		{"half a key", good[:len(good)/2], "no private RSA or Ed25519 key"},
		{"a damaged key", bytes.Replace(good, []byte("KEY-----\nMI"), []byte("KEY-----\nMJ"), 1), "no private RSA or Ed25519 key"},
		{"a key without its armour", bytes.ReplaceAll(good, []byte("-----"), nil), "in PEM"},
		{"nothing", nil, "openssl genpkey"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, err := ReadSigner(keyFile(t, tt.key), "joinery1")
			if s != nil || err == nil || !strings.HasPrefix(err.Error(), "DKIM_KEY: ") || !strings.Contains(err.Error(), tt.want) {
				t.Fatalf("ReadSigner = %v, %v, want words with %q", s, err, tt.want)
			}
			for line := range strings.Lines(string(tt.key)) {
				if strings.Contains(err.Error(), strings.TrimSpace(line)) {
					t.Errorf("the error quotes the key: %v", err)
				}
			}
		})
	}
}

func TestAKeyFileThatCannotBeReadIsNotQuoted(t *testing.T) {
	for _, path := range []string{filepath.Join(t.TempDir(), "hunter2"), t.TempDir(), strings.Repeat("hunter2", 100), "hunter2\x00"} {
		s, err := ReadSigner(path, "joinery1")
		if s != nil || err == nil || !strings.HasPrefix(err.Error(), "DKIM_KEY: write the path") || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("ReadSigner = %v, %v", s, err)
		}
	}
}

func TestWithoutAKeyNothingIsSigned(t *testing.T) {
	s, err := ReadSigner("", "")
	if s != nil || err != nil {
		t.Errorf("ReadSigner = %v, %v, want no signer and no error", s, err)
	}
}
