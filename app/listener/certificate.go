package listener

import (
	"cmp"
	"crypto/tls"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"
)

// A Certificate is what the site proves by that it is itself. It is read again from its
// files when they have changed, as they do when a certificate is renewed.
type Certificate struct {
	certFile, keyFile string
	log               *slog.Logger

	lock    sync.Mutex
	current *tls.Certificate
	changed time.Time // when the files had last changed as they were last read
}

// ReadCertificate reads a certificate, with those between it and a root, and its private
// key, from files of PEM.
func ReadCertificate(certFile, keyFile string, log *slog.Logger) (*Certificate, error) {
	c := &Certificate{certFile: certFile, keyFile: keyFile, log: log, changed: lastChange(certFile, keyFile)}
	return c, c.read()
}

// read reads the files. If it fails, the certificate stays as it is.
func (c *Certificate) read() error {
	pair, err := tls.LoadX509KeyPair(c.certFile, c.keyFile)
	if err != nil {
		return fmt.Errorf("listener: read TLS_CERT and TLS_KEY: %w", err)
	}
	c.current = &pair
	return nil
}

// get returns the certificate for a handshake. Files that have changed and cannot be
// read, or do not belong together yet, change nothing until they change again.
func (c *Certificate) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	c.lock.Lock()
	defer c.lock.Unlock()
	if changed := lastChange(c.certFile, c.keyFile); !changed.Equal(c.changed) {
		c.changed = changed
		if err := c.read(); err != nil {
			c.log.Error("the new certificate cannot be used: the site goes on with the one before", "err", err)
		}
	}
	return c.current, nil
}

// lastChange returns when the later of two files was changed, or no time if one is
// missing.
func lastChange(a, b string) time.Time {
	first, err1 := os.Stat(a)
	second, err2 := os.Stat(b)
	if cmp.Or(err1, err2) != nil {
		return time.Time{}
	}
	if first.ModTime().After(second.ModTime()) {
		return first.ModTime()
	}
	return second.ModTime()
}

// config returns how connections with the certificate are secured.
func (c *Certificate) config() *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"}, GetCertificate: c.get}
}
