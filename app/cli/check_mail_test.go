package cli

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"io"
	"log/slog"
	"net"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"joinery/app/mail"
)

// signing is the environment of a site that sends mail and signs it with the
// key in the file at path.
func signing(path string) map[string]string {
	return map[string]string{
		"SMTP_URL": "smtp://127.0.0.1", "MAIL_FROM": "join@example.org", "DKIM_KEY": path, "DKIM_SELECTOR": "joinery1",
		"ORG_NAME_EN": "Harbour Hub", "ORG_NAME_FR": "Carrefour du port", "ORG_ADDRESS": "2 Quay Road", "ORG_CONTACT": "help@example.org",
	}
}

func TestEverythingThatIsWrongWithMailIsSaidAtOnce(t *testing.T) {
	env := signing(write(t, "This is no key."))
	env["SMTP_URL"] = "smtp://:25@mail.example.org"
	env["MAIL_REPLY_TO"] = "réponses@société.example"
	s, err := new(Parts).sender(configured(t, env), mail.Organization{})
	if s != nil || err == nil {
		t.Fatalf("sender = %v, %v, want nothing but an error", s, err)
	}
	for _, want := range []string{"SMTP_URL has a password", "MAIL_REPLY_TO must be", "DKIM_KEY: the file holds no private"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("sender does not say %q:\n%v", want, err)
		}
	}
}

func TestCheckSaysWhichRecordSignaturesNeed(t *testing.T) {
	system := net.DefaultResolver
	t.Cleanup(func() { net.DefaultResolver = system })
	net.DefaultResolver = &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		return nil, errors.New("no network here")
	}}
	key := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	path := write(t, string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})))
	public := base64.StdEncoding.EncodeToString(key.Public().(ed25519.PublicKey))
	for key, want := range map[string][]string{
		"":   {"no DKIM_KEY"},
		path: {`joinery1._domainkey.example.org. IN TXT ( "v=DKIM1; k=ed25519; p=` + public + `" )`, "nobody knows whether it is there", "no network here"},
	} {
		env := signing(key)
		if key == "" {
			delete(env, "DKIM_SELECTOR")
		}
		s, err := new(Parts).sender(configured(t, env), mail.Organization{})
		if err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		if err := checkSignature(t.Context(), s.(*mail.SMTP), &out); err != nil {
			t.Errorf("checkSignature: %v, want no error where nobody can look the record up", err)
		}
		for _, words := range want {
			if !strings.Contains(out.String(), words) {
				t.Errorf("it prints\n%swant words about %q", out.String(), words)
			}
		}
	}
}

// TestCheckPrintsALongRecordInStrings of at most 255 octets each, as a zone file has them.
func TestCheckPrintsALongRecordInStrings(t *testing.T) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	s, err := new(Parts).sender(configured(t, signing(write(t, string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))))), mail.Organization{})
	if err != nil {
		t.Fatal(err)
	}
	_, text := s.(*mail.SMTP).Record()
	printed, whole := inStrings(text), ""
	for _, piece := range regexp.MustCompile(`"([^"]*)"`).FindAllStringSubmatch(printed, -1) {
		if whole += piece[1]; len(piece[1]) > 255 {
			t.Errorf("a string has %d octets", len(piece[1]))
		}
	}
	if whole != text || len(text) < 300 || strings.Count(printed, `"`) != 4 {
		t.Errorf("the strings are %s, want the text %s", printed, text)
	}
}

// A mailServer takes letters, or refuses a recipient.
type mailServer struct {
	refusal error
	got     chan string
}

func (m *mailServer) NewSession(*smtp.Conn) (smtp.Session, error) { return m, nil }
func (m *mailServer) Mail(string, *smtp.MailOptions) error        { return nil }
func (m *mailServer) Rcpt(to string, _ *smtp.RcptOptions) error   { return m.refusal }
func (m *mailServer) Reset()                                      {}
func (m *mailServer) Logout() error                               { return nil }
func (m *mailServer) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	m.got <- string(raw)
	return err
}

// sendingTo returns the parts of a site whose mail goes to m.
func sendingTo(t *testing.T, m *mailServer) (*Parts, map[string]string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := smtp.NewServer(m)
	go server.Serve(listener) //nolint:errcheck // it ends with the test
	t.Cleanup(func() { server.Close() })
	env := signing("")
	delete(env, "DKIM_SELECTOR")
	env["SMTP_URL"] = "smtp://" + listener.Addr().String() + "?tls=none"
	p, err := Open(t.Context(), configured(t, env), templates, time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	return p, env
}

func TestCheckSendsALetterAndSaysWhatTheServerAnswered(t *testing.T) {
	m := &mailServer{got: make(chan string, 1)}
	p, env := sendingTo(t, m)
	var out strings.Builder
	if err := p.sendTrial(t.Context(), configured(t, env), "you@example.org", &out); err != nil {
		t.Fatal(err)
	}
	if letter := <-m.got; !strings.Contains(letter, "Subject: Joinery can send mail") || !strings.Contains(letter, "To: <you@example.org>") {
		t.Errorf("the letter is\n%s", letter)
	}
	if !strings.Contains(out.String(), "answered: ") || !strings.Contains(out.String(), "OK: queued") {
		t.Errorf("it prints %s", out.String())
	}
}

// TestCheckFindsAServerThatDoesNotRelay before any letter is sent, and quotes it.
func TestCheckFindsAServerThatDoesNotRelay(t *testing.T) {
	m := &mailServer{refusal: &smtp.SMTPError{Code: 554, EnhancedCode: smtp.EnhancedCode{5, 7, 1}, Message: "Relay access denied"}, got: make(chan string, 1)}
	p, env := sendingTo(t, m)
	var out strings.Builder
	for name, err := range map[string]error{
		"check": p.checkMail(t.Context(), configured(t, env), &out), "--send": p.sendTrial(t.Context(), configured(t, env), "you@example.org", &out),
	} {
		if err == nil || !strings.Contains(err.Error(), "does not take mail from us") || !strings.Contains(err.Error(), "Relay access denied") {
			t.Errorf("%s says %v", name, err)
		}
	}
	if len(m.got) > 0 || strings.Contains(out.String(), "ok: mail server") {
		t.Errorf("a letter was sent, or all is said to be well: %s", out.String())
	}
}

func TestCheckSendsNoLetterWithoutAServer(t *testing.T) {
	cfg := configured(t, nil)
	p, err := Open(t.Context(), cfg, templates, time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	if err := p.sendTrial(t.Context(), cfg, "you@example.org", io.Discard); err == nil || !strings.Contains(err.Error(), "SMTP_URL") {
		t.Errorf("it says %v", err)
	}
}
