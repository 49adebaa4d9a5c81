package mail

import (
	"cmp"
	"errors"
	"net"
	"strings"
	"testing"

	"github.com/emersion/go-smtp"
	"golang.org/x/net/dns/dnsmessage"

	"joinery/app/dnstest"
	"joinery/app/i18n"
)

func TestSMTPEncryptsAndAuthenticates(t *testing.T) {
	bare := startRelay(t, "127.0.0.1:0", nil)
	secure := startRelay(t, "127.0.0.1:0", withTLS(t))
	unknown := &relay{addr: secure.addr}
	tests := []struct {
		name  string
		relay *relay
		url   string
		want  string // in the error of Check; empty: none
	}{
		{"STARTTLS when it is offered", secure, "smtp://join:se%3Acr%40t@HOST", ""},
		{"STARTTLS when it is required", secure, "smtp://join:se%3Acr%40t@HOST?tls=required", ""},
		{"STARTTLS required and not offered", bare, "smtp://HOST?tls=required", "STARTTLS"},
		{"no STARTTLS and no password", bare, "smtp://HOST", ""},
		{"an untrusted certificate", unknown, "smtp://HOST", "certificate"},
		{"a wrong password", secure, "smtp://join:wrong@HOST", "the password in SMTP_URL"},
		{"smtps to a server without encryption", bare, "smtps://HOST", "write smtp://"},
		{"no server", &relay{addr: closedPort(t)}, "smtp://HOST", "does not answer"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := tt.relay.sender(t, tt.url)
			err := s.Check(t.Context(), "help@example.org")
			if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
				t.Errorf("Check: %v, want words with %q", err, tt.want)
			}
			if err != nil && strings.Contains(err.Error(), "cr@t") {
				t.Errorf("Check tells the password: %v", err)
			}
			if sendErr := s.Send(t.Context(), newConfirmation(t, "zoe@example.net", i18n.English)); (sendErr == nil) != (err == nil) {
				t.Errorf("Check says %v, Send says %v", err, sendErr)
			}
		})
	}
	for _, sent := range secure.letters() {
		if sent.user != "join" {
			t.Errorf("sent as %q, want join", sent.user)
		}
	}
}

func TestSMTPSendsNoPasswordInClear(t *testing.T) {
	// To go-mail, 127.0.0.1 is this machine and needs no encryption; 127.0.0.2 does.
	r := startRelay(t, "127.0.0.2:0", func(_ *relay, s *smtp.Server) { s.AllowInsecureAuth = true })
	err := r.sender(t, "smtp://join:se%3Acr%40t@HOST").Check(t.Context(), "help@example.org")
	if err == nil || !strings.Contains(err.Error(), "was not told the password") {
		t.Errorf("Check without encryption: %v", err)
	}
	if err := r.sender(t, "smtp://join:se%3Acr%40t@HOST?tls=none").Check(t.Context(), "help@example.org"); err != nil {
		t.Errorf("Check with ?tls=none: %v", err)
	}
}

func TestSMTPSUsesTLSFromTheFirstByte(t *testing.T) {
	secure := withTLS(t)
	r := startRelay(t, "127.0.0.1:0", func(r *relay, s *smtp.Server) {
		secure(r, s)
		r.implicit = true
	})
	if err := r.sender(t, "smtps://join:se%3Acr%40t@HOST").Check(t.Context(), "help@example.org"); err != nil {
		t.Errorf("Check: %v", err)
	}
}

func closedPort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func TestCheckLooksForTheRecordOfTheKey(t *testing.T) {
	s := startRelay(t, "127.0.0.1:0", nil).signing(t, "joinery1", pkcs8(t, newRSA(t, 2048)))
	name, record := s.Record()
	if want := "joinery1._domainkey.example.org"; name != want || !strings.HasPrefix(record, "v=DKIM1; k=rsa; p=MII") {
		t.Errorf("Record = %s, %s, want that of %s", name, record, want)
	}
	other := &SMTP{head: s.head, Signer: &Signer{"joinery1", newEd25519(t)}}
	_, ed := other.Record()
	half, rest := record[:200], record[200:]
	tests := []struct {
		name  string
		zone  []string
		smtp  *SMTP
		error string // empty: none
	}{
		{"there", []string{record}, s, ""},
		{"there, of Ed25519", []string{ed}, other, ""},
		{"written with blanks", []string{"k = rsa;  v=DKIM1;p = " + strings.TrimPrefix(half, "v=DKIM1; k=rsa; p=") + " " + rest + " ; t=s"}, s, ""},
		{"written with defaults", []string{strings.TrimPrefix(record, "v=DKIM1; k=rsa; ")}, s, ""},
		{"missing", nil, s, "no TXT record " + name},
		{"of another key", []string{ed}, s, "is not of the key"},
		{"of another kind of key", []string{strings.Replace(ed, "k=ed25519; ", "", 1)}, other, "is not of the key"},
		{"cut off", []string{record[:255]}, s, "is not of the key"},
		{"withdrawn", []string{"v=DKIM1; p="}, s, "is not of the key"},
		{"of something else", []string{"v=spf1 -all"}, s, "is not of the key"},
		{"there twice", []string{record, record}, s, "2 TXT records"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dnstest.Start(t, func(asked string, _ dnsmessage.Type) dnstest.Answer {
				if asked != name+"." || len(tt.zone) == 0 {
					return dnstest.NoSuchDomain
				}
				return dnstest.TXT(tt.zone)
			}).ServeProcess(t)
			err := tt.smtp.CheckRecord(t.Context())
			if err == nil && tt.error != "" || err != nil && (tt.error == "" || !strings.Contains(err.Error(), tt.error)) {
				t.Errorf("CheckRecord: %v, want words with %q", err, cmp.Or(tt.error, "nothing"))
			}
		})
	}
}

func TestCheckSaysThatDNSDoesNotAnswer(t *testing.T) {
	s := startRelay(t, "127.0.0.1:0", nil).signing(t, "joinery1", pkcs8(t, newEd25519(t)))
	dnstest.Start(t, dnstest.Always(dnstest.ServFail)).ServeProcess(t)
	if err := s.CheckRecord(t.Context()); !errors.Is(err, ErrNoAnswer) {
		t.Errorf("CheckRecord of a server that fails: %v, want ErrNoAnswer", err)
	}
}
