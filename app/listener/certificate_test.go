package listener

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"log/slog"
	"math/big"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// files are those of a certificate, and how often it was written.
type files struct {
	t         *testing.T
	cert, key string
	written   time.Duration
}

func newFiles(t *testing.T, name string) *files {
	t.Helper()
	dir := t.TempDir()
	f := &files{t: t, cert: filepath.Join(dir, "cert.pem"), key: filepath.Join(dir, "key.pem")}
	f.renew(name)
	return f
}

// pair returns a certificate for a name, and its key.
func (f *files) pair(name string) [2][]byte {
	f.t.Helper()
	key, err1 := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	about := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, NotAfter: time.Now().Add(time.Hour)}
	cert, err2 := x509.CreateCertificate(rand.Reader, about, about, &key.PublicKey, key)
	secret, err3 := x509.MarshalPKCS8PrivateKey(key)
	for _, err := range []error{err1, err2, err3} {
		if err != nil {
			f.t.Fatal(err)
		}
	}
	return [2][]byte{pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert}), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret})}
}

func (f *files) renew(name string) {
	f.t.Helper()
	pair := f.pair(name)
	f.write(f.cert, pair[0])
	f.write(f.key, pair[1])
}

// write writes a file, each time a minute later than the time before.
func (f *files) write(name string, content []byte) {
	f.t.Helper()
	f.written += time.Minute
	then := time.Now().Add(f.written)
	if err := os.WriteFile(name, content, 0o600); err != nil {
		f.t.Fatal(err)
	}
	if err := os.Chtimes(name, then, then); err != nil {
		f.t.Fatal(err)
	}
}

// wantName wants the certificate of a new connection to have a name, and the connection
// to answer.
func (e *echo) wantName(want string) {
	e.t.Helper()
	c, err := tls.Dial("tcp", e.Addr().String(), &tls.Config{InsecureSkipVerify: true}) // it has no root
	if err != nil {
		e.t.Fatal(err)
	}
	defer c.Close()
	e.wantAnswer(c)
	if got := c.ConnectionState().PeerCertificates[0].Subject.CommonName; got != want {
		e.t.Errorf("the certificate is %s, want %s", got, want)
	}
}

func TestARenewedCertificateIsUsedAtTheNextConnection(t *testing.T) {
	t.Parallel()
	f, said := newFiles(t, "first"), new(words)
	cert, err := ReadCertificate(f.cert, f.key, slog.New(slog.NewTextHandler(said, nil)))
	if err != nil {
		t.Fatal(err)
	}
	e := newEcho(t, Options{Total: 9, PerAddress: 9, Certificate: cert})
	e.wantName("first")
	f.renew("second")
	e.wantName("second")
	f.write(f.cert, f.pair("third")[0]) // its key has yet to come
	e.wantName("second")
	e.wantName("second")
	if n := said.count("cannot be used"); n != 1 {
		t.Errorf("the log says %d times that the certificate cannot be used, want once", n)
	}
	f.renew("third")
	e.wantName("third")
}

func TestOldTLSIsRefused(t *testing.T) {
	t.Parallel()
	f := newFiles(t, "a site")
	cert, err := ReadCertificate(f.cert, f.key, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	e := newEcho(t, Options{Total: 9, PerAddress: 9, Certificate: cert})
	for version, want := range map[uint16]bool{tls.VersionTLS11: false, tls.VersionTLS12: true, tls.VersionTLS13: true} {
		c, err := tls.Dial("tcp", e.Addr().String(), &tls.Config{InsecureSkipVerify: true, MinVersion: version, MaxVersion: version})
		if (err == nil) != want {
			t.Errorf("%s is accepted: %v, want %v", tls.VersionName(version), err == nil, want)
		}
		if err == nil {
			c.Close()
		}
	}
}

func TestACertificateNeedsItsOwnKey(t *testing.T) {
	t.Parallel()
	f := newFiles(t, "a site")
	f.write(f.key, f.pair("another")[1])
	if _, err := ReadCertificate(f.cert, f.key, slog.New(slog.DiscardHandler)); err == nil {
		t.Error("a certificate is read with the key of another")
	}
}
