package mail

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"io"
	"math/big"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// A relay is a real mail server in this process, with answers that the test chooses.
type relay struct {
	addr     string
	roots    *x509.CertPool                  // trust its certificate
	implicit bool                            // encrypts from the first byte
	listen   func(net.Listener) net.Listener // nil: as it is
	mu       sync.Mutex
	refuse   map[string][]error // by command, the answers to the next ones; without one, the answer is yes
	got      []envelope
}

// An envelope is a letter that has arrived.
type envelope struct{ user, from, to, raw string }

// answer returns the answer to a command.
func (r *relay) answer(command string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	queue := r.refuse[command]
	if len(queue) == 0 {
		return nil
	}
	r.refuse[command] = queue[1:]
	return queue[0]
}

// letters returns the letters that have arrived.
func (r *relay) letters() []envelope {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.got
}

// startRelay starts a relay at addr, which configure may change before.
func startRelay(t testing.TB, addr string, configure func(*relay, *smtp.Server)) *relay {
	t.Helper()
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	r := &relay{addr: listener.Addr().String(), refuse: make(map[string][]error)}
	s := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &session{relay: r}, nil }))
	s.ErrorLog = quiet{}
	if configure != nil {
		configure(r, s)
	}
	if r.listen != nil {
		listener = r.listen(listener)
	}
	if r.implicit {
		listener = tls.NewListener(listener, s.TLSConfig)
	}
	go s.Serve(listener) //nolint:errcheck // it ends with the test
	t.Cleanup(func() { s.Close() })
	return r
}

type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}

type session struct {
	relay *relay
	envelope
}

func (s *session) AuthMechanisms() []string { return []string{sasl.Plain} }

func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if password != "se:cr@t" {
			return smtp.ErrAuthFailed
		}
		s.user = user
		return nil
	}), nil
}

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	s.from = from
	return s.relay.answer("MAIL")
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = to
	return s.relay.answer("RCPT")
}

func (s *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if err := s.relay.answer("DATA"); err != nil {
		return err
	}
	s.relay.mu.Lock()
	defer s.relay.mu.Unlock()
	s.raw = string(raw)
	s.relay.got = append(s.relay.got, s.envelope)
	return nil
}

func (s *session) Reset()        {}
func (s *session) Logout() error { return nil }

// withTLS gives the relay a self-signed certificate for its address.
func withTLS(t testing.TB) func(*relay, *smtp.Server) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return func(r *relay, s *smtp.Server) {
		r.roots = x509.NewCertPool()
		r.roots.AddCert(certificate)
		s.TLSConfig = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}
	}
}

// sender returns an SMTP that sends to r. In rawURL, HOST stands for the address of r.
func (r *relay) sender(t testing.TB, rawURL string) *SMTP {
	t.Helper()
	s, err := NewSMTP(strings.Replace(rawURL, "HOST", r.addr, 1), "join@example.org", "help@example.org", "bounces@example.org", association)
	if err != nil {
		t.Fatal(err)
	}
	s.roots = r.roots
	s.limits.greeting, s.limits.envelope, s.limits.end = 5*time.Second, 5*time.Second, 5*time.Second
	t.Cleanup(func() { s.Close() })
	return s
}
