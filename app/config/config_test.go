package config

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/netip"
	"reflect"
	"strings"
	"testing"
	"time"

	"joinery/app/brand"
	"joinery/app/i18n"
)

// env is an environment for Load.
type env map[string]string

func (e env) get(key string) string { return e[key] }

// with returns e with more variables set, or set differently.
func (e env) with(pairs ...string) env {
	more := make(env)
	for k, v := range e {
		more[k] = v
	}
	for i := 0; i < len(pairs); i += 2 {
		more[pairs[i]] = pairs[i+1]
	}
	return more
}

// public is a site in real use.
var public = env{
	"BASE_URL":    "https://join.example.org",
	"SMTP_URL":    "smtp://joinery:hunter2@mail.example.org:587?tls=required",
	"MAIL_FROM":   "join@example.org",
	"ORG_NAME_EN": "Harbour Hub", "ORG_NAME_FR": "Carrefour du port",
	"ORG_ADDRESS": "2 Quay Road", "ORG_CONTACT": "help@example.org",
}

func mustLoad(t *testing.T, e env) Config {
	t.Helper()
	c, err := Load(e.get)
	if err != nil {
		t.Fatalf("Load(%v): %v", e, err)
	}
	return c
}

func TestNothingConfiguredWorksOnALaptop(t *testing.T) {
	got := mustLoad(t, env{})
	want := Config{
		Addr: "127.0.0.1:3000", BaseURL: "http://localhost:3000",
		Database: "data/joinery.db", Drafts: "data/drafts.db", Outbox: "data/outbox",
		MailFrom: "info@example.org", MailReplyTo: "info@example.org",
		MailPerAddress: Budget{Max: 3, Per: time.Hour}, MailPerNetwork: Budget{Max: 30, Per: time.Hour},
		MailTotal: Budget{Max: 2000, Per: time.Hour}, MXCheck: true,
		OrgName: i18n.Text{
			i18n.English: "Sample Training Hub",
			i18n.French:  "Carrefour de formation (exemple)",
		},
		OrgAddress: "1 Example Street, Sampleville ON  K0K 0K0", OrgContact: "info@example.org",
		Colour: brand.DefaultMain, Accent: brand.DefaultAccent,
		DraftTTL: 720 * time.Hour, RemindBefore: 72 * time.Hour, LinkTTL: 24 * time.Hour, WaitingTTL: 168 * time.Hour,
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("Load = %+v, want %+v", got, want)
	}
}

func TestEveryVariableIsRead(t *testing.T) {
	got := mustLoad(t, public.with(
		"ADDR", ":8080", "BASE_URL", "https://Join.Example.org/",
		"DATA", "/var/lib/joinery", "DATABASE_URL", "sqlite:/srv/members.db", "REDIS_URL", "rediss://:hunter2@cache:6379/1",
		"MAIL_REPLY_TO", "answers@example.org", "MAIL_PER_ADDRESS", "5/24h",
		"MAIL_PER_NETWORK", "60/2h", "MAIL_TOTAL", "0", "MX_CHECK", "0",
		"DKIM_KEY", "/etc/joinery/dkim.pem", "DKIM_SELECTOR", "joinery1.Mail", "FORM", "/etc/joinery/form.json",
		"ORG_COLOUR", "#1D3F8A", "ORG_ACCENT", "d4351c", "ORG_LOGO", "/etc/joinery/hub.svg",
		"DRAFT_TTL", "48h", "REMIND_BEFORE", "90m", "LINK_TTL", "30m", "WAITING_TTL", "72h",
		"TRUSTED_PROXIES", "127.0.0.1, ::1,10.1.2.3/8\tfd00::1/8", "DEV", " 1 ",
	))
	want := Config{
		Addr: ":8080", BaseURL: "https://join.example.org",
		Database: "/srv/members.db", Drafts: "/var/lib/joinery/drafts.db", Outbox: "/var/lib/joinery/outbox",
		RedisURL: "rediss://:hunter2@cache:6379/1", SMTPURL: Secret(public["SMTP_URL"]),
		MailFrom: "join@example.org", MailReplyTo: "answers@example.org",
		MailPerAddress: Budget{Max: 5, Per: 24 * time.Hour}, MailPerNetwork: Budget{Max: 60, Per: 2 * time.Hour},
		DKIMKey: "/etc/joinery/dkim.pem", DKIMSelector: "joinery1.Mail",
		OrgName:    i18n.Text{i18n.English: "Harbour Hub", i18n.French: "Carrefour du port"},
		OrgAddress: "2 Quay Road", OrgContact: "help@example.org",
		Colour: brand.Colour{R: 0x1d, G: 0x3f, B: 0x8a}, Accent: brand.Colour{R: 0xd4, G: 0x35, B: 0x1c}, Logo: "/etc/joinery/hub.svg",
		Form:     "/etc/joinery/form.json",
		DraftTTL: 48 * time.Hour, RemindBefore: 90 * time.Minute, LinkTTL: 30 * time.Minute, WaitingTTL: 72 * time.Hour,
		TrustedProxies: []netip.Prefix{
			netip.MustParsePrefix("127.0.0.1/32"), netip.MustParsePrefix("::1/128"),
			netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8"),
		},
		Dev: true,
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("Load = %#v, want %#v", got, want)
	}
}

func TestGoodSettings(t *testing.T) {
	tests := []struct {
		name string
		env  env
	}{
		{"a public site", public},
		{"mail by SMTP from a loopback address, to try it", public.with("BASE_URL", "http://127.0.0.1:3000")},
		{"TLS from the start", public.with("SMTP_URL", "smtps://mail.example.org")},
		{"no TLS to a neighbour", public.with("SMTP_URL", "smtp://mail.internal:25?tls=none")},
		{"Redis at a socket", env{"REDIS_URL": "unix:///run/redis/redis.sock"}},
		{"SQLite in the working directory", env{"DATABASE_URL": "sqlite:joinery.db"}},
		{"any free port", env{"ADDR": "[::1]:0"}},
		{"no budgets", env{"MAIL_PER_ADDRESS": "0", "MAIL_PER_NETWORK": "0", "MAIL_TOTAL": "0"}},
		{"a key to sign with, and no mail for now", env{"DKIM_KEY": "dkim.pem", "DKIM_SELECTOR": strings.Repeat("a", 63)}},
		{"no reminders", env{"REMIND_BEFORE": "0"}},
		{"no reminders of drafts too short for the usual one", env{"REMIND_BEFORE": "0h", "DRAFT_TTL": "48h"}},
		{"drafts too short for the usual reminder", env{"DRAFT_TTL": "72h"}},
		{"a reminder as soon as it makes sense", env{"REMIND_BEFORE": "47h59m", "DRAFT_TTL": "48h"}},
		{"blanks", env{"SMTP_URL": " ", "DRAFT_TTL": " ", "REMIND_BEFORE": " ", "TRUSTED_PROXIES": " , "}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { mustLoad(t, tt.env) })
	}
}

func TestMistakes(t *testing.T) {
	tests := []struct {
		name string
		env  env
		want []string // what each line of the error begins with
	}{
		{"no port to listen on", env{"ADDR": "localhost"}, []string{"ADDR: write"}},
		{"no such port", env{"ADDR": ":65536"}, []string{"ADDR: write"}},
		{"base without scheme", env{"BASE_URL": "localhost:3000"}, []string{"BASE_URL: write"}},
		{"base without host", env{"BASE_URL": "https://:443"}, []string{"BASE_URL: write"}},
		{"base with a path", env{"BASE_URL": "http://localhost/join"}, []string{"BASE_URL: write"}},
		{"base with a query", env{"BASE_URL": "http://localhost?a=b"}, []string{"BASE_URL: write"}},
		{"PostgreSQL", env{"DATABASE_URL": "postgres://joinery:hunter2@db/joinery"}, []string{"DATABASE_URL: PostgreSQL is not supported yet"}},
		{"unknown database", env{"DATABASE_URL": "mysql://joinery:hunter2@db/joinery"}, []string{"DATABASE_URL: write sqlite:"}},
		{"database without a path", env{"DATABASE_URL": "sqlite:"}, []string{"DATABASE_URL: write sqlite:"}},
		{"database with slashes, a path from the root by surprise", env{"DATABASE_URL": "sqlite://joinery.db"}, []string{"DATABASE_URL: write the path without //"}},
		{"Redis without scheme", env{"REDIS_URL": "cache:6379"}, []string{"REDIS_URL: write"}},
		{"Redis at no socket", env{"REDIS_URL": "unix://"}, []string{"REDIS_URL: write"}},
		{"Redis with an unescaped password", env{"REDIS_URL": "redis://:hunter2#@cache:6379"}, []string{"REDIS_URL: write"}},
		{"SMTP with an unescaped password", public.with("SMTP_URL", "smtp://joinery:hunter2/@mail.example.org:587"), []string{"SMTP_URL: write smtp://"}},
		{"SMTP by another scheme", public.with("SMTP_URL", "https://joinery:hunter2@mail.example.org"), []string{"SMTP_URL: write smtp://"}},
		{"SMTP with a mistyped demand for TLS", public.with("SMTP_URL", "smtp://joinery:hunter2@mail.example.org?tls=require"), []string{"SMTP_URL: write nothing behind the ?"}},
		{"public, but no mail", env{"BASE_URL": "http://join.example.org"}, []string{"SMTP_URL: set it"}},
		{"mail, but nobody to send it", env{"SMTP_URL": "smtp://joinery:hunter2@mail.example.org"},
			[]string{"MAIL_FROM: set it", "ORG_NAME_EN: set it", "ORG_NAME_FR: set it", "ORG_ADDRESS: set it", "ORG_CONTACT: set it"}},
		{"sender with a name", public.with("MAIL_FROM", "Joinery <join@example.org>"), []string{"MAIL_FROM: write"}},
		{"answers to nowhere", public.with("MAIL_REPLY_TO", "the office"), []string{"MAIL_REPLY_TO: write"}},
		{"contact by telephone, told once", env{"ORG_CONTACT": "555-0100"}, []string{"ORG_CONTACT: write"}},
		{"a colour by name", env{"ORG_COLOUR": "teal"}, []string{`ORG_COLOUR: write a colour as # and six digits, such as #0b5550, not "teal"`}},
		{"a colour in which nobody could read", env{"ORG_COLOUR": "#1d70b8"}, []string{"ORG_COLOUR: the contrast of #1d70b8 with the ground of the page is 4.3 to 1"}},
		{"an accent that nobody would see, and a mistake elsewhere", env{"ORG_ACCENT": "#ffdd00", "FORM": "form.json", "DEV": "yes"},
			[]string{"ORG_ACCENT: the contrast of #ffdd00 with the ground of the page is 1.2 to 1, but it needs 3 to 1; #", "DEV: write 1"}},
		{"days", env{"DRAFT_TTL": "30d"}, []string{"DRAFT_TTL: write"}},
		{"half a day", env{"DRAFT_TTL": "36h"}, []string{"DRAFT_TTL: write whole days"}},
		{"one day", env{"WAITING_TTL": "24h"}, []string{"WAITING_TTL: write whole days"}},
		{"a budget longer than the memory", env{"MAIL_PER_ADDRESS": "9/169h"}, []string{"MAIL_PER_ADDRESS: write a time of at most 168h"}},
		{"no time at all", env{"WAITING_TTL": "0s"}, []string{"WAITING_TTL: write"}},
		{"time backwards", env{"LINK_TTL": "-1h"}, []string{"LINK_TTL: write"}},
		{"a link that outlives its application", env{"LINK_TTL": "169h"}, []string{"LINK_TTL: set it to at most WAITING_TTL, 168h"}},
		{"a reminder before there is anything to remember", env{"REMIND_BEFORE": "720h"}, []string{"REMIND_BEFORE: set it to less than DRAFT_TTL, 720h"}},
		{"a reminder in days", env{"REMIND_BEFORE": "3d"}, []string{"REMIND_BEFORE: write"}},
		{"a reminder afterwards", env{"REMIND_BEFORE": "-1h"}, []string{"REMIND_BEFORE: write"}},
		{"no such drafts, told once", env{"DRAFT_TTL": "24h", "REMIND_BEFORE": "48h"}, []string{"DRAFT_TTL: write"}},
		{"a proxy by name", env{"TRUSTED_PROXIES": "nginx"}, []string{`TRUSTED_PROXIES: write addresses or networks, such as 10.0.0.7 or 10.0.0.0/8 or fd00::/8, not "nginx"`}},
		{"a proxy with a port", env{"TRUSTED_PROXIES": "10.0.0.7:443"}, []string{"TRUSTED_PROXIES: write"}},
		{"a network wider than there are", env{"TRUSTED_PROXIES": "10.0.0.0/33"}, []string{"TRUSTED_PROXIES: write"}},
		{"a network without a width", env{"TRUSTED_PROXIES": "10.0.0.0/"}, []string{"TRUSTED_PROXIES: write"}},
		{"proxies that would never match", env{"TRUSTED_PROXIES": "fe80::1%eth0 ::ffff:10.0.0.7 ::ffff:10.0.0.0/104"},
			[]string{"TRUSTED_PROXIES: write", "TRUSTED_PROXIES: write", "TRUSTED_PROXIES: write"}},
		{"one proxy wrong of three", env{"TRUSTED_PROXIES": "10.0.0.7; 10.0.0.8 10.0.0.9"}, []string{`TRUSTED_PROXIES: write addresses or networks, such as 10.0.0.7 or 10.0.0.0/8 or fd00::/8, not "10.0.0.7;"`}},
		{"budget without a time", env{"MAIL_PER_ADDRESS": "3"}, []string{"MAIL_PER_ADDRESS: write"}},
		{"budget without a number in its time", env{"MAIL_PER_ADDRESS": "3/h"}, []string{"MAIL_PER_ADDRESS: write"}},
		{"budget of none", env{"MAIL_PER_ADDRESS": "0/1h"}, []string{"MAIL_PER_ADDRESS: write"}},
		{"a budget of all mail without a time", env{"MAIL_TOTAL": "2000"}, []string{"MAIL_TOTAL: write"}},
		{"a budget of a network in days", env{"MAIL_PER_NETWORK": "30/1d"}, []string{"MAIL_PER_NETWORK: write"}},
		{"a no that might mean yes", env{"MX_CHECK": "no"}, []string{`MX_CHECK: write 1 or 0, not "no"`}},
		{"a key that nobody could look up", env{"DKIM_KEY": "dkim.pem"}, []string{"DKIM_SELECTOR: set it, or leave DKIM_KEY empty too"}},
		{"a selector of no key", env{"DKIM_SELECTOR": "joinery1"}, []string{"DKIM_KEY: set it, or leave DKIM_SELECTOR empty too"}},
		{"a key instead of its file", env{"DKIM_KEY": "-----BEGIN PRIVATE KEY-----\nhunter2", "DKIM_SELECTOR": "joinery1"}, []string{"DKIM_KEY: write the path"}},
		{"a key for a selector, and the other way round", env{"DKIM_KEY": "joinery1", "DKIM_SELECTOR": "-----BEGIN PRIVATE KEY-----\nhunter2"}, []string{"DKIM_SELECTOR: write"}},
		{"a selector that ends like a domain", env{"DKIM_KEY": "dkim.pem", "DKIM_SELECTOR": "joinery1."}, []string{"DKIM_SELECTOR: write"}},
		{"a selector that would end its tag", env{"DKIM_KEY": "dkim.pem", "DKIM_SELECTOR": "a; l=0"}, []string{"DKIM_SELECTOR: write"}},
		{"a selector longer than a label", env{"DKIM_KEY": "dkim.pem", "DKIM_SELECTOR": strings.Repeat("a", 64)}, []string{"DKIM_SELECTOR: write"}},
		{"a yes that might mean no", env{"DEV": "false"}, []string{"DEV: write 1"}},
		{"two mistakes, told in the order of the fields", env{"DEV": "yes", "ADDR": "3000"}, []string{"ADDR: write", "DEV: write"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Load(tt.env.get)
			if err == nil {
				t.Fatalf("Load(%v) finds nothing wrong, want %q", tt.env, tt.want)
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

func TestAnswersGoToTheContactUnlessToldOtherwise(t *testing.T) {
	if got := mustLoad(t, public).MailReplyTo; got != "help@example.org" {
		t.Errorf("MailReplyTo = %q, want that of ORG_CONTACT", got)
	}
}

func TestWhoABaseURLIsFor(t *testing.T) {
	tests := []struct {
		url             string
		https, loopback bool
	}{
		{"http://localhost:3000", false, true},
		{"https://LOCALHOST", true, true},
		{"http://127.8.9.10:3000", false, true},
		{"http://[::1]:3000", false, true},
		{"https://join.example.org", true, false},
		{"http://192.0.2.7", false, false},
		{"http://localhost.example.org", false, false},
		{"http://127.0.0.1.example.org", false, false},
	}
	for _, tt := range tests {
		t.Run(tt.url, func(t *testing.T) {
			c := mustLoad(t, public.with("BASE_URL", tt.url))
			if c.HTTPS() != tt.https || c.Loopback() != tt.loopback {
				t.Errorf("HTTPS, Loopback = %v, %v, want %v, %v", c.HTTPS(), c.Loopback(), tt.https, tt.loopback)
			}
		})
	}
}

func TestNoWayOfPrintingShowsAPassword(t *testing.T) {
	c := mustLoad(t, public.with("REDIS_URL", "redis://:hunter2@cache:6379"))
	var logged bytes.Buffer
	for _, h := range []slog.Handler{slog.NewTextHandler(&logged, nil), slog.NewJSONHandler(&logged, nil)} {
		slog.New(h).Info("started", "config", c, "smtp", c.SMTPURL)
	}
	asJSON, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	printed := []string{
		fmt.Sprint(c), fmt.Sprintf("%+v", c), fmt.Sprintf("%#v", c), fmt.Sprintf("%q %x", c.SMTPURL, c.SMTPURL),
		logged.String(), string(asJSON),
	}
	for _, s := range printed {
		if strings.Contains(s, "hunter2") || strings.Contains(s, fmt.Sprintf("%x", "hunter2")) {
			t.Errorf("printed %s", s)
		}
	}
}
