//go:build e2e

package process

import (
	"database/sql"
	"encoding/json"
	"net"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"joinery/app/e2e/harness"
	"joinery/app/redistest"
)

// No letter is lost when the program is killed after it promised the letter and before
// the letter has gone. It keeps its Message-ID, its link and its code.
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
			addr := harness.FreeAddr(t)
			s := harness.MailSettings(t, addr)
			zoe := harness.NewApplicant(t, s)
			var arrived harness.Letter
			for _, promise := range []func(){zoe.Apply, func() { zoe.Confirm(arrived.Text) }} {
				site := start(t, s)
				queued := killBeforeDelivery(t, s, site, addr, promise, tt.reply)
				server := harness.StartMailServer(t, addr)
				site = start(t, s)
				if arrived = server.NextLetter(t); arrived.ID != queued.id || arrived.To != queued.To {
					t.Errorf("the letter %s arrived for %s, want %s for %s", arrived.ID, arrived.To, queued.id, queued.To)
				}
				for _, secret := range queued.Secrets {
					if !strings.Contains(arrived.Text, secret) {
						t.Errorf("the letter has lost a secret:\n%s", arrived.Text)
					}
				}
				site.stop(t)
				server.Close()
			}
			if members := harness.Members(t, s); len(members) != 1 || members[0].Email != "zoe@example.org" || !slices.Equal(members[0].Answers["email"], []string{"zoe@example.org"}) {
				t.Errorf("the members are %+v, want one, with her address and her answers", members)
			}
		})
	}
}

// killBeforeDelivery calls promise, which makes the site queue a letter, and
// kills the site while the mail server does not take it. It returns the letter as
// it was queued, and lets the time pass until it is due again.
func killBeforeDelivery(t *testing.T, s harness.Settings, site *process, addr string, promise func(), reply func() error) queuedLetter {
	t.Helper()
	if reply == nil {
		promise()
	} else {
		server := harness.StartMailServer(t, addr)
		defer server.Close()
		server.SetReplies(harness.Replies{Content: func(net.Conn) error { return reply() }})
		promise()
		server.NextLetter(t)
	}
	site.kill()
	return makeDue(t, s)
}

// A queuedLetter is what the queue keeps of a letter.
type queuedLetter struct {
	id      string
	To      string
	Secrets []string
}

// makeDue returns the one letter that waits, and makes it due at once.
func makeDue(t *testing.T, s harness.Settings) (queued queuedLetter) {
	t.Helper()
	file, err := sql.Open("sqlite3", filepath.Join(s["DATA"], "joinery.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var due int64
	var sealed string
	err = file.QueryRow(`SELECT id, sealed, due FROM mails WHERE state = 'waiting'`).Scan(&queued.id, &sealed, &due)
	if err != nil {
		t.Fatalf("no letter waits after the crash: %v", err)
	}
	text, err := keysOf(t, s).Open(t.Context(), "mail "+queued.id, sealed)
	if err == nil {
		err = json.Unmarshal([]byte(text), &queued)
	}
	if err != nil {
		t.Fatal(err)
	}
	if again := time.Until(time.Unix(due, 0)); again > 3*time.Minute {
		t.Errorf("after the crash the letter waits for another %v, want at most three minutes", again)
	}
	if _, err := file.Exec(`UPDATE mails SET due = 0 WHERE state = 'waiting'`); err != nil {
		t.Fatal(err)
	}
	return queued
}

func TestADraftSurvivesAKilledProgram(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		settings func(t *testing.T) harness.Settings
	}{
		{"in the embedded store", func(*testing.T) harness.Settings { return nil }},
		{"in Redis", func(t *testing.T) harness.Settings { return harness.Settings{"REDIS_URL": redistest.Start(t)} }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := harness.NewSettings(t, tt.settings(t))
			site, zoe := start(t, s), harness.NewApplicant(t, s)
			zoe.Submit("/en/apply/about", harness.Zoe[0].Answers)
			zoe.Submit("/en/apply/role", url.Values{"roles": {"other"}}) // which raises a question
			site.kill()
			start(t, s)
			if at, _ := zoe.Open("/en/apply"); at != "/en/apply/role" {
				t.Errorf("after the restart she goes on at %s, want the section that is not finished", at)
			}
			if _, page := zoe.Open("/en/apply/about"); !strings.Contains(page, `value="O’Neil-Đặng"`) {
				t.Errorf("after the restart her name is gone from\n%s", page)
			}
			if _, page := zoe.Open("/en/apply/role"); !strings.Contains(page, `value="other" checked`) || !strings.Contains(page, `name="role_other"`) {
				t.Errorf("after the restart her role is gone from\n%s", page)
			}
		})
	}
}
