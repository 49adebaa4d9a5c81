//go:build e2e

package e2e

import (
	"database/sql"
	"io"
	"mime"
	"mime/multipart"
	"net"
	"net/mail"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"joinery/app/redistest"
)

// mailSettings are those of a site that sends its mail to a server at addr.
func mailSettings(t *testing.T, addr string) settings {
	return newSettings(t, settings{
		"SMTP_URL": "smtp://" + addr + "?tls=none", "MAIL_FROM": "join@hub.example", "ORG_NAME_EN": "Harbour Hub",
		"ORG_NAME_FR": "Carrefour du port", "ORG_ADDRESS": "2 Quay Road", "ORG_CONTACT": "help@hub.example",
	})
}

// No letter is lost, and none is written anew, when the program is killed
// after it promised the letter and before the letter has gone.
func TestAKilledProgramDeliversAfterItsRestart(t *testing.T) {
	t.Parallel()
	hang := make(chan struct{})
	t.Cleanup(func() { close(hang) })
	tests := []struct {
		name  string
		reply func() error // of the mail server at first; nil: it is down
	}{
		{"the mail server is down", nil},
		{"in the middle of the delivery", func() error { <-hang; return smtp.ErrServerClosed }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			addr := freeAddr(t)
			s := mailSettings(t, addr)
			zoe := newApplicant(t, s)
			var arrived letter
			for _, promise := range []func(){zoe.apply, func() { zoe.confirm(arrived.text) }} {
				site := startProcess(t, s)
				queued := killBeforeDelivery(t, s, site, addr, promise, tt.reply)
				relay := startRelay(t, addr)
				site = startProcess(t, s)
				if arrived = parseLetter(t, relay.next(t)); arrived != queued {
					t.Errorf("the letter arrived as %.99q\nwant it as it was queued, %.99q", arrived, queued)
				}
				site.stop(t)
				relay.Close()
			}
			if status, out, _ := result(t, s, "members", "--format", "json"); status != 0 || strings.Count(out, "zoe@example.org") != 2 {
				t.Errorf("members ends with %d and prints\n%swant one member, with her address and her answers", status, out)
			}
		})
	}
}

// killBeforeDelivery calls promise, which makes the site queue a letter, and
// kills it while the mail server does not take it. It returns the letter as it
// was queued, and lets the time pass until it is due again.
func killBeforeDelivery(t *testing.T, s settings, site *process, addr string, promise func(), reply func() error) letter {
	t.Helper()
	var relay *relay
	if reply != nil {
		relay = startRelay(t, addr)
		relay.weather.Store(&weather{content: func(net.Conn) error { return reply() }})
		defer relay.Close()
	}
	promise()
	if relay != nil {
		relay.next(t)
	}
	site.kill()

	file, err := sql.Open("sqlite3", filepath.Join(s["DATA"], "joinery.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var queued letter
	var due int64
	err = file.QueryRow(`SELECT id, recipient, subject, text, html, due FROM mails WHERE state = 'waiting'`).
		Scan(&queued.id, &queued.to, &queued.subject, &queued.text, &queued.html, &due)
	if err != nil {
		t.Fatalf("no letter waits after the crash: %v", err)
	}
	if again := time.Until(time.Unix(due, 0)); again > 3*time.Minute {
		t.Errorf("after the crash the letter waits for another %v, want at most three minutes", again)
	}
	if _, err := file.Exec(`UPDATE mails SET due = 0 WHERE state = 'waiting'`); err != nil {
		t.Fatal(err)
	}
	return queued
}

// A letter is what makes two letters the same to their reader.
type letter struct{ id, to, subject, text, html string }

func parseLetter(t *testing.T, raw string) letter {
	t.Helper()
	m, err := mail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil {
		t.Fatal(err)
	}
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	l := letter{subject: subject, to: strings.Trim(m.Header.Get("To"), "<>")}
	l.id, _, _ = strings.Cut(strings.TrimPrefix(m.Header.Get("Message-ID"), "<"), "@")
	parts := multipart.NewReader(m.Body, params["boundary"])
	for _, body := range []*string{&l.text, &l.html} {
		part, err := parts.NextPart()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(part)
		if err != nil {
			t.Fatal(err)
		}
		*body = strings.ReplaceAll(string(content), "\r\n", "\n")
	}
	return l
}

func TestADraftSurvivesAKilledProgram(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		settings func(t *testing.T) settings
	}{
		{"in the embedded store", func(*testing.T) settings { return nil }},
		{"in Redis", func(t *testing.T) settings { return settings{"REDIS_URL": redistest.Start(t)} }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := newSettings(t, tt.settings(t))
			site, zoe := startProcess(t, s), newApplicant(t, s)
			zoe.post("/en/apply/about", answered[0].answers)
			zoe.post("/en/apply/role", url.Values{"roles": {"other"}}) // which raises a question
			site.kill()
			startProcess(t, s)
			if at, _ := zoe.open("/en/apply"); at != "/en/apply/role" {
				t.Errorf("after the restart she goes on at %s, want the section that is not finished", at)
			}
			if _, page := zoe.open("/en/apply/about"); !strings.Contains(page, `value="O’Neil-Đặng"`) {
				t.Errorf("after the restart her name is gone from\n%s", page)
			}
			if _, page := zoe.open("/en/apply/role"); !strings.Contains(page, `value="other" checked`) || !strings.Contains(page, `name="role_other"`) {
				t.Errorf("after the restart her role is gone from\n%s", page)
			}
		})
	}
}
