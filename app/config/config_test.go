package config

import (
	"net/netip"
	"reflect"
	"strings"
	"testing"
	"time"

	"joinery/app/brand"
	"joinery/app/i18n"
	"joinery/app/welcome"
)

// env is an environment.
type env map[string]string

func (e env) get(key string) string { return e[key] }

// with returns a copy of e with more variables, or other values. Pairs are names and
// values in turn.
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

// publicSite is the environment of a site in real use.
var publicSite = env{
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

func loadZone(t *testing.T, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func TestDefaultsSuitADeveloperMachine(t *testing.T) {
	got := mustLoad(t, env{})
	want := Config{
		Addr: "127.0.0.1:3000", BaseURL: "http://localhost:3000",
		Data: "data", Backups: "data/backups",
		Database: "data/joinery.db", Drafts: "data/drafts.db", Outbox: "data/outbox", MasterKeyFile: "data/master.key",
		MailFrom: "info@example.org", MailReplyTo: "info@example.org", MailBounces: "info@example.org",
		MailPerAddress: Budget{Max: 3, Per: time.Hour}, MailPerNetwork: Budget{Max: 100, Per: time.Hour},
		MailTotal: Budget{Max: 2000, Per: time.Hour}, MXCheck: true,
		DraftsPerNetwork: Budget{Max: 600, Per: time.Hour}, DraftsTotal: Budget{Max: 3000, Per: time.Hour},
		OrgName: SampleName, OrgAddress: SampleAddress, OrgContact: SampleContact,
		Zone: loadZone(t, "America/Toronto"), Colour: brand.DefaultMain, Accent: brand.DefaultAccent,
		DraftTTL: 720 * time.Hour, RemindBefore: 72 * time.Hour, LinkTTL: 24 * time.Hour, WaitingTTL: 168 * time.Hour, ConsentKeep: 26280 * time.Hour,
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("Load = %+v, want %+v", got, want)
	}
}

// masterKeys are a master key and an older one.
const masterKeys = "QSBtYXN0ZXIga2V5IGZvciB0ZXN0cywgMzIgYnl0ZXM= QW4gb2xkZXIga2V5IGZvciB0ZXN0cywgMzIgYnl0ZXM="

func TestEveryVariableIsRead(t *testing.T) {
	got := mustLoad(t, publicSite.with(
		"ADDR", ":8080", "BASE_URL", "https://Join.Example.org/",
		"DATA", "/var/lib/joinery", "DATABASE_URL", "sqlite:/srv/members.db", "REDIS_URL", "rediss://:hunter2@cache:6379/1", "MASTER_KEY", masterKeys,
		"MAIL_REPLY_TO", "answers@example.org", "MAIL_BOUNCES", "bounces@example.org", "MAIL_PER_ADDRESS", "5/24h",
		"MAIL_PER_NETWORK", "60/2h", "MAIL_TOTAL", "0", "MX_CHECK", "0", "DRAFTS_PER_NETWORK", "70/3h", "DRAFTS_TOTAL", "700/4h",
		"DKIM_KEY", "/etc/joinery/dkim.pem", "DKIM_SELECTOR", "joinery1.Mail", "FORM", "/etc/joinery/form.json",
		"TIME_ZONE", "America/St_Johns", "MEMBERS_URL", "https://www.example.org/members", "PROGRAMS_URL_EN", "https://www.example.org/programs?for=members#awards",
		"PROGRAMS_URL_FR", "https://www.example.org/fr/programmes", "NEWS_URL", "http://news.example.org", "NEWS_URL_FR", "https://Adhésion.example.org/",
		"ORG_COLOUR", "#1D3F8A", "ORG_ACCENT", "d4351c", "ORG_LOGO", "/etc/joinery/hub.svg",
		"DRAFT_TTL", "48h", "REMIND_BEFORE", "90m", "LINK_TTL", "30m", "WAITING_TTL", "72h", "CONSENT_KEEP", "0",
		"TRUSTED_PROXIES", "127.0.0.1, ::1,10.1.2.3/8\tfd00::1/8", "DEV", " 1 ", "METRICS_ADDR", "127.0.0.1:9300",
	))
	want := Config{
		Addr: ":8080", BaseURL: "https://join.example.org",
		Data: "/var/lib/joinery", Backups: "/var/lib/joinery/backups",
		Database: "/srv/members.db", Drafts: "/var/lib/joinery/drafts.db", Outbox: "/var/lib/joinery/outbox",
		RedisURL: "rediss://:hunter2@cache:6379/1", SMTPURL: Secret(publicSite["SMTP_URL"]),
		MasterKey: masterKeys, MasterKeyFile: "/var/lib/joinery/master.key",
		MailFrom: "join@example.org", MailReplyTo: "answers@example.org", MailBounces: "bounces@example.org",
		MailPerAddress: Budget{Max: 5, Per: 24 * time.Hour}, MailPerNetwork: Budget{Max: 60, Per: 2 * time.Hour},
		DraftsPerNetwork: Budget{Max: 70, Per: 3 * time.Hour}, DraftsTotal: Budget{Max: 700, Per: 4 * time.Hour},
		DKIMKey: "/etc/joinery/dkim.pem", DKIMSelector: "joinery1.Mail",
		OrgName:    i18n.Text{i18n.English: "Harbour Hub", i18n.French: "Carrefour du port"},
		OrgAddress: "2 Quay Road", OrgContact: "help@example.org",
		Zone: loadZone(t, "America/St_Johns"), Places: welcome.Places{
			Members:  i18n.Text{i18n.English: "https://www.example.org/members", i18n.French: "https://www.example.org/members"},
			Programs: i18n.Text{i18n.English: "https://www.example.org/programs?for=members#awards", i18n.French: "https://www.example.org/fr/programmes"},
			News:     i18n.Text{i18n.English: "http://news.example.org", i18n.French: "https://xn--adhsion-dya.example.org/"},
		},
		Colour: brand.Colour{R: 0x1d, G: 0x3f, B: 0x8a}, Accent: brand.Colour{R: 0xd4, G: 0x35, B: 0x1c}, Logo: "/etc/joinery/hub.svg",
		Form:     "/etc/joinery/form.json",
		DraftTTL: 48 * time.Hour, RemindBefore: 90 * time.Minute, LinkTTL: 30 * time.Minute, WaitingTTL: 72 * time.Hour,
		TrustedProxies: []netip.Prefix{
			netip.MustParsePrefix("127.0.0.1/32"), netip.MustParsePrefix("::1/128"),
			netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8"),
		},
		MetricsAddr: "127.0.0.1:9300", Dev: true,
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("Load = %#v, want %#v", got, want)
	}
}

func TestLoadAcceptsGoodSettings(t *testing.T) {
	tests := []struct {
		name string
		env  env
	}{
		{"a public site", publicSite},
		{"mail by SMTP from a loopback address, to try it", publicSite.with("BASE_URL", "http://127.0.0.1:3000")},
		{"TLS from the start", publicSite.with("SMTP_URL", "smtps://mail.example.org")},
		{"no TLS to a neighbour", publicSite.with("SMTP_URL", "smtp://mail.internal:25?tls=none")},
		{"Redis at a socket", env{"REDIS_URL": "unix:///run/redis/redis.sock"}},
		{"SQLite in the working directory", env{"DATABASE_URL": "sqlite:joinery.db"}},
		{"any free port", env{"ADDR": "[::1]:0"}},
		{"no budgets", env{"MAIL_PER_ADDRESS": "0", "MAIL_PER_NETWORK": "0", "MAIL_TOTAL": "0", "DRAFTS_PER_NETWORK": "0", "DRAFTS_TOTAL": "0"}},
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

func TestReplyToIsTheContactByDefault(t *testing.T) {
	if got := mustLoad(t, publicSite).MailReplyTo; got != "help@example.org" {
		t.Errorf("MailReplyTo = %q, want that of ORG_CONTACT", got)
	}
}

func TestHostWithAccentsIsWrittenInPunycode(t *testing.T) {
	for url, want := range map[string]string{
		"https://Adhésion.example.org":      "https://xn--adhsion-dya.example.org",
		"https://adhésion.example.org:8443": "https://xn--adhsion-dya.example.org:8443",
		"http://[::1]:3000":                 "http://[::1]:3000",
	} {
		if got := mustLoad(t, publicSite.with("BASE_URL", url)).BaseURL; got != want {
			t.Errorf("BASE_URL %s is %s, want %s", url, got, want)
		}
	}
}

func TestHTTPSAndLoopbackFollowFromBaseURL(t *testing.T) {
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
			c := mustLoad(t, publicSite.with("BASE_URL", tt.url))
			if c.HTTPS() != tt.https || c.Loopback() != tt.loopback {
				t.Errorf("HTTPS, Loopback = %v, %v, want %v, %v", c.HTTPS(), c.Loopback(), tt.https, tt.loopback)
			}
		})
	}
}
