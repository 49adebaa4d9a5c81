package mail

import (
	"strings"
	"testing"
)

func TestNewSMTPSaysWhatToWriteAndQuotesNoPassword(t *testing.T) {
	tests := []struct{ url, from, want string }{
		{"", "join@example.org", "must begin with smtp://"},
		{"mail.example.org:587", "join@example.org", "must begin with smtp://"},
		{"smtp://:587", "join@example.org", "names no host"},
		{"smtp://join:hush/hush@example.org", "join@example.org", "%2F"},
		{"smtp://join:1hush#2@example.org", "join@example.org", "%23"},
		{"smtp://join:12#hush@example.org", "join@example.org", "%23"},
		{"smtp://join:12?hush@example.org", "join@example.org", "may end with"},
		{"smtp://join:%hush@example.org", "join@example.org", "%25"},
		{"smtp://:hush@example.org", "join@example.org", "without a user"},
		{"smtp://example.org?tls=hush", "join@example.org", "?tls=required or ?tls=none"},
		{"smtps://example.org?tls=none", "join@example.org", "nothing after smtps://"},
		{"smtp://example.org", "", "MAIL_FROM must be one address"},
		{"smtp://example.org", "join@société.example", "xn--"},
	}
	for _, tt := range tests {
		_, err := NewSMTP(tt.url, tt.from, "", tt.from, association)
		if err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "hush") {
			t.Errorf("NewSMTP(%q, %q): %v, want words with %q", tt.url, tt.from, err, tt.want)
		}
	}
}

func TestNewSMTPReportsEveryMistakeAtOnce(t *testing.T) {
	_, err := NewSMTP("http://example.org", "nobody", "nobody", "none", association)
	for _, want := range []string{"SMTP_URL", "MAIL_FROM", "MAIL_REPLY_TO", "MAIL_BOUNCES"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("NewSMTP: %v, want words about %s too", err, want)
		}
	}
}

func TestDefaultPorts(t *testing.T) {
	for url, want := range map[string]string{
		"smtp://example.org": "example.org:587", "smtps://example.org": "example.org:465",
		"smtp://example.org:25": "example.org:25", "smtp://[::1]:2525": "[::1]:2525",
	} {
		if s, err := NewSMTP(url, "join@example.org", "", "join@example.org", association); err != nil || s.server.addr() != want {
			t.Errorf("NewSMTP(%q) sends to %v, %v, want %s", url, s, err, want)
		}
	}
}
