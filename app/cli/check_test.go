package cli

import (
	"context"
	"crypto/ed25519"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"log/slog"
	"net"
	"strings"
	"testing"
	"time"

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
		path: {`joinery1._domainkey.example.org TXT "v=DKIM1; k=ed25519; p=` + public + `"`, "nobody knows whether it is there", "no network here"},
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

func TestCheckSaysWhenNewMembersAreShownNothing(t *testing.T) {
	for address, want := range map[string]bool{"": true, "https://www.example.org/news": false} {
		cfg := configured(t, map[string]string{"NEWS_URL": address})
		p, err := Open(t.Context(), cfg, templates, time.Now, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		if err := errors.Join(p.check(t.Context(), cfg, &out), p.Close()); err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(out.String(), "no MEMBERS_URL, PROGRAMS_URL or NEWS_URL"); got != want {
			t.Errorf("with NEWS_URL %q the check says\n%s", address, out.String())
		}
	}
}
