package config

import (
	"strings"
	"testing"
)

func TestLoadReportsEveryMistake(t *testing.T) {
	tests := []struct {
		name string
		env  env
		want []string // the beginning of each line of the error
	}{
		{"no port to listen on", env{"ADDR": "localhost"}, []string{"ADDR: write"}},
		{"no port for Prometheus", env{"METRICS_ADDR": "9300"}, []string{"METRICS_ADDR: write"}},
		{"no such port", env{"ADDR": ":65536"}, []string{"ADDR: write"}},
		{"base without scheme", env{"BASE_URL": "localhost:3000"}, []string{"BASE_URL: write"}},
		{"base without host", env{"BASE_URL": "https://:443"}, []string{"BASE_URL: write"}},
		{"base with a host of signs", env{"BASE_URL": "https://☃é..example.org"}, []string{"BASE_URL: the host"}},
		{"base with a path", env{"BASE_URL": "http://localhost/join"}, []string{"BASE_URL: write"}},
		{"base with a query", env{"BASE_URL": "http://localhost?a=b"}, []string{"BASE_URL: write"}},
		{"PostgreSQL", env{"DATABASE_URL": "postgres://joinery:hunter2@db/joinery"}, []string{"DATABASE_URL: PostgreSQL is not supported yet"}},
		{"unknown database", env{"DATABASE_URL": "mysql://joinery:hunter2@db/joinery"}, []string{"DATABASE_URL: write sqlite:"}},
		{"database without a path", env{"DATABASE_URL": "sqlite:"}, []string{"DATABASE_URL: write sqlite:"}},
		{"database with slashes, as in a URL", env{"DATABASE_URL": "sqlite://joinery.db"}, []string{"DATABASE_URL: write the path without //"}},
		{"Redis without scheme", env{"REDIS_URL": "cache:6379"}, []string{"REDIS_URL: write"}},
		{"Redis at no socket", env{"REDIS_URL": "unix://"}, []string{"REDIS_URL: write"}},
		{"Redis with an unescaped password", env{"REDIS_URL": "redis://:hunter2#@cache:6379"}, []string{"REDIS_URL: write"}},
		{"a word as master key", env{"MASTER_KEY": "hunter2"}, []string{"MASTER_KEY: write 32 random bytes"}},
		{"SMTP with an unescaped password", publicSite.with("SMTP_URL", "smtp://joinery:hunter2/@mail.example.org:587"), []string{"SMTP_URL: write smtp://"}},
		{"SMTP by another scheme", publicSite.with("SMTP_URL", "https://joinery:hunter2@mail.example.org"), []string{"SMTP_URL: write smtp://"}},
		{"SMTP with a mistyped demand for TLS", publicSite.with("SMTP_URL", "smtp://joinery:hunter2@mail.example.org?tls=require"), []string{"SMTP_URL: write nothing behind the ?"}},
		{"public, but no mail", env{"BASE_URL": "http://join.example.org"}, []string{"SMTP_URL: set it"}},
		{"mail, but no sender", env{"SMTP_URL": "smtp://joinery:hunter2@mail.example.org"},
			[]string{"MAIL_FROM: set it", "ORG_NAME_EN: set it", "ORG_NAME_FR: set it", "ORG_ADDRESS: set it", "ORG_CONTACT: set it"}},
		{"sender with a name", publicSite.with("MAIL_FROM", "Joinery <join@example.org>"), []string{"MAIL_FROM: write"}},
		{"replies to no address", publicSite.with("MAIL_REPLY_TO", "the office"), []string{"MAIL_REPLY_TO: write"}},
		{"a telephone number as contact is reported once", env{"ORG_CONTACT": "555-0100"}, []string{"ORG_CONTACT: write"}},
		{"a colour by name", env{"ORG_COLOUR": "teal"}, []string{`ORG_COLOUR: write a colour as # and six digits, such as #0b5550, not "teal"`}},
		{"a colour in which text cannot be read", env{"ORG_COLOUR": "#1d70b8"}, []string{"ORG_COLOUR: the contrast of #1d70b8 with the ground of the page is 4.3 to 1"}},
		{"an accent with too little contrast, and a mistake elsewhere", env{"ORG_ACCENT": "#ffdd00", "FORM": "form.json", "DEV": "yes"},
			[]string{"ORG_ACCENT: the contrast of #ffdd00 with the ground of the page is 1.2 to 1, but it needs 3 to 1; #", "DEV: write 1"}},
		{"days", env{"DRAFT_TTL": "30d"}, []string{"DRAFT_TTL: write"}},
		{"half a day", env{"DRAFT_TTL": "36h"}, []string{"DRAFT_TTL: write whole days"}},
		{"one day", env{"WAITING_TTL": "24h"}, []string{"WAITING_TTL: write whole days"}},
		{"a budget over more than a week", env{"MAIL_PER_ADDRESS": "9/169h"}, []string{"MAIL_PER_ADDRESS: write a time of at most 168h"}},
		{"no time at all", env{"WAITING_TTL": "0s"}, []string{"WAITING_TTL: write"}},
		{"negative time", env{"LINK_TTL": "-1h"}, []string{"LINK_TTL: write"}},
		{"a link that outlives its application", env{"LINK_TTL": "169h"}, []string{"LINK_TTL: set it to at most WAITING_TTL, 168h"}},
		{"a reminder before the draft begins", env{"REMIND_BEFORE": "720h"}, []string{"REMIND_BEFORE: set it to less than DRAFT_TTL, 720h"}},
		{"a reminder in days", env{"REMIND_BEFORE": "3d"}, []string{"REMIND_BEFORE: write"}},
		{"a reminder after the end", env{"REMIND_BEFORE": "-1h"}, []string{"REMIND_BEFORE: write"}},
		{"drafts that are too short are reported once", env{"DRAFT_TTL": "24h", "REMIND_BEFORE": "48h"}, []string{"DRAFT_TTL: write"}},
		{"a proxy by name", env{"TRUSTED_PROXIES": "nginx"}, []string{`TRUSTED_PROXIES: write addresses or networks, such as 10.0.0.7 or 10.0.0.0/8 or fd00::/8, not "nginx"`}},
		{"a proxy with a port", env{"TRUSTED_PROXIES": "10.0.0.7:443"}, []string{"TRUSTED_PROXIES: write"}},
		{"a network with too many bits", env{"TRUSTED_PROXIES": "10.0.0.0/33"}, []string{"TRUSTED_PROXIES: write"}},
		{"a network without a width", env{"TRUSTED_PROXIES": "10.0.0.0/"}, []string{"TRUSTED_PROXIES: write"}},
		{"proxies that would never match", env{"TRUSTED_PROXIES": "fe80::1%eth0 ::ffff:10.0.0.7 ::ffff:10.0.0.0/104"},
			[]string{"TRUSTED_PROXIES: write", "TRUSTED_PROXIES: write", "TRUSTED_PROXIES: write"}},
		{"one proxy wrong of three", env{"TRUSTED_PROXIES": "10.0.0.7; 10.0.0.8 10.0.0.9"}, []string{`TRUSTED_PROXIES: write addresses or networks, such as 10.0.0.7 or 10.0.0.0/8 or fd00::/8, not "10.0.0.7;"`}},
		{"budget without a time", env{"MAIL_PER_ADDRESS": "3"}, []string{"MAIL_PER_ADDRESS: write"}},
		{"budget without a number in its time", env{"MAIL_PER_ADDRESS": "3/h"}, []string{"MAIL_PER_ADDRESS: write"}},
		{"budget of none", env{"MAIL_PER_ADDRESS": "0/1h"}, []string{"MAIL_PER_ADDRESS: write"}},
		{"a budget of all mail without a time", env{"MAIL_TOTAL": "2000"}, []string{"MAIL_TOTAL: write"}},
		{"a budget of drafts below nothing", env{"DRAFTS_TOTAL": "-1/1h"}, []string{"DRAFTS_TOTAL: write"}},
		{"a budget of drafts over a month", env{"DRAFTS_PER_NETWORK": "600/720h"}, []string{"DRAFTS_PER_NETWORK: write"}},
		{"a budget of a network in days", env{"MAIL_PER_NETWORK": "30/1d"}, []string{"MAIL_PER_NETWORK: write"}},
		{"no in the place of 0", env{"MX_CHECK": "no"}, []string{`MX_CHECK: write 1 or 0, not "no"`}},
		{"a key without a selector", env{"DKIM_KEY": "dkim.pem"}, []string{"DKIM_SELECTOR: set it, or leave DKIM_KEY empty too"}},
		{"a selector without a key", env{"DKIM_SELECTOR": "joinery1"}, []string{"DKIM_KEY: set it, or leave DKIM_SELECTOR empty too"}},
		{"a certificate without a key", env{"TLS_CERT": "cert.pem", "BASE_URL": "https://localhost"}, []string{"TLS_KEY: set it, or leave TLS_CERT empty too"}},
		{"a certificate without https", env{"TLS_CERT": "cert.pem", "TLS_KEY": "key.pem", "BASE_URL": "http://localhost"}, []string{"BASE_URL: begin it with https://"}},
		{"a key instead of its file", env{"DKIM_KEY": "-----BEGIN PRIVATE KEY-----\nhunter2", "DKIM_SELECTOR": "joinery1"}, []string{"DKIM_KEY: write the path"}},
		{"a key for a selector, and the other way round", env{"DKIM_KEY": "joinery1", "DKIM_SELECTOR": "-----BEGIN PRIVATE KEY-----\nhunter2"}, []string{"DKIM_SELECTOR: write"}},
		{"a selector that ends like a domain", env{"DKIM_KEY": "dkim.pem", "DKIM_SELECTOR": "joinery1."}, []string{"DKIM_SELECTOR: write"}},
		{"a selector that would end its tag", env{"DKIM_KEY": "dkim.pem", "DKIM_SELECTOR": "a; l=0"}, []string{"DKIM_SELECTOR: write"}},
		{"a selector longer than a label", env{"DKIM_KEY": "dkim.pem", "DKIM_SELECTOR": strings.Repeat("a", 64)}, []string{"DKIM_SELECTOR: write"}},
		{"a zone by its offset", env{"TIME_ZONE": "-05:00"}, []string{`TIME_ZONE: write the name of a time zone, such as America/Toronto or America/St_Johns, not "-05:00"`}},
		{"the zone of the machine", env{"TIME_ZONE": "Local"}, []string{"TIME_ZONE: write"}},
		{"a page without a scheme", env{"MEMBERS_URL": "www.example.org/members"}, []string{"MEMBERS_URL: write the whole address"}},
		{"a page of another scheme", env{"NEWS_URL": "javascript:alert(1)"}, []string{"NEWS_URL: write"}},
		{"a page with a password", env{"NEWS_URL": "https://hub:hunter2@example.org"}, []string{"NEWS_URL: write"}},
		{"a page with a host of signs", env{"NEWS_URL": "https://☃é..example.org"}, []string{"NEWS_URL: the host"}},
		{"a page in one language alone", env{"PROGRAMS_URL_FR": "https://example.org/fr"}, []string{"PROGRAMS_URL_EN: set it, or PROGRAMS_URL for all"}},
		{"a page in one language, and a mistake in the other", env{"PROGRAMS_URL_FR": "https://example.org/fr", "PROGRAMS_URL_EN": "/en"}, []string{"PROGRAMS_URL_EN: write"}},
		{"false in the place of 0", env{"DEV": "false"}, []string{"DEV: write 1"}},
		{"two mistakes are reported in the order of the fields", env{"DEV": "yes", "ADDR": "3000"}, []string{"ADDR: write", "DEV: write"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Load(tt.env.get)
			if err == nil {
				t.Fatalf("Load(%v) reports no mistake, want %q", tt.env, tt.want)
			}
			lines := strings.Split(err.Error(), "\n")
			if len(lines) != len(tt.want) {
				t.Fatalf("Load says\n%v\nwant %d lines", err, len(tt.want))
			}
			for i, line := range lines {
				if !strings.HasPrefix(line, tt.want[i]) {
					t.Errorf("Load says %q, want %q", line, tt.want[i])
				}
				if strings.Contains(line, "hunter2") || strings.Contains(line, "%!") {
					t.Errorf("Load says %q", line)
				}
			}
		})
	}
}
