// Package config reads the settings of an installation from environment variables.
package config

import (
	"errors"
	"net/netip"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"joinery/app/brand"
	"joinery/app/i18n"
	"joinery/app/welcome"
)

// Config holds every setting that may differ between installations. It can be
// printed and logged: settings with passwords are of type [Secret].
type Config struct {
	Addr    string // ADDR: the address and port to listen on
	TLSCert string // TLS_CERT: path of the certificate for HTTPS without a proxy; empty: the site speaks HTTP
	TLSKey  string // TLS_KEY: path of its private key; set if and only if TLSCert is
	BaseURL string // BASE_URL: the public URL of the site, without a slash at the end; links in mail begin with it

	Database string // DATABASE_URL: path of the SQLite file of members; by default in the folder DATA
	Drafts   string // path of the SQLite file of drafts, in DATA; used without RedisURL
	Data     string // DATA: the folder of all files of the site
	Backups  string // folder of backups, in Data
	Outbox   string // folder of the development outbox, in DATA; used without SMTPURL
	RedisURL Secret // REDIS_URL: the store of drafts; empty: the file Drafts

	MasterKey     Secret // MASTER_KEY: the key that seals the keys in the database, and older ones after it; empty: they stand in MasterKeyFile
	MasterKeyFile string // path of the file of the master key, in DATA; used without MasterKey

	SMTPURL        Secret // SMTP_URL: the server that delivers mail; empty: mail is written to the folder Outbox
	MailFrom       string // MAIL_FROM: the sender, an address without a name; mail shows the name of the organization
	MailReplyTo    string // MAIL_REPLY_TO: an address without a name; by default OrgContact
	MailBounces    string // MAIL_BOUNCES: where letters come back to that cannot be delivered, an address without a name; by default MailFrom
	MailPerAddress Budget // MAIL_PER_ADDRESS: limit for mail to one address
	MailPerNetwork Budget // MAIL_PER_NETWORK: limit for mail that requests from one network cause
	MailTotal      Budget // MAIL_TOTAL: limit for all mail that requests cause
	MXCheck        bool   // MX_CHECK: look up in the DNS whether the domain of an address accepts mail, to advise the applicant

	DraftsPerNetwork Budget // DRAFTS_PER_NETWORK: limit for drafts that begin in one network
	DraftsTotal      Budget // DRAFTS_TOTAL: limit for all drafts that begin

	DKIMKey      string // DKIM_KEY: path of the private key that signs mail by SMTP; empty: mail is not signed
	DKIMSelector string // DKIM_SELECTOR: the selector of that key in the domain of MailFrom; set if and only if DKIMKey is

	OrgName    i18n.Text // ORG_NAME_EN, ORG_NAME_FR
	OrgAddress string    // ORG_ADDRESS: the postal address of the organization
	OrgContact string    // ORG_CONTACT: the email address at which it answers questions

	Zone   *time.Location // TIME_ZONE: the time zone of the organization, in which pages and letters tell times
	Places welcome.Places // MEMBERS_URL, PROGRAMS_URL, NEWS_URL, and with _EN or _FR at the end for one language: what awaits new members

	Colour brand.Colour // ORG_COLOUR: the main colour of the site; accepted by brand.CheckMain
	Accent brand.Colour // ORG_ACCENT: the second colour; accepted by brand.CheckAccent
	Logo   string       // ORG_LOGO: path of an SVG or PNG file; empty: no logo

	Form         string        // FORM: path of the form definition; empty: the embedded one
	DraftTTL     time.Duration // DRAFT_TTL: life of a draft after its last save
	RemindBefore time.Duration // REMIND_BEFORE: time from the reminder to the end of a draft, less than DraftTTL; 0: no reminders. By default 72h or, if that is less, half of DraftTTL
	LinkTTL      time.Duration // LINK_TTL: life of a link in a mail, at most WaitingTTL
	WaitingTTL   time.Duration // WAITING_TTL: life of an unconfirmed application
	ConsentKeep  time.Duration // CONSENT_KEEP: how long the proof of consents outlives the member

	TrustedProxies []netip.Prefix // TRUSTED_PROXIES: the proxies whose X-Forwarded-For header is believed; none: no header is

	MetricsAddr string // METRICS_ADDR: the address and port at which Prometheus is answered; empty: none

	Dev bool // DEV: 1 reads templates and styles from disk at each request
}

// SampleName is the name of an organization that is none, on a site without settings.
var SampleName = i18n.Text{i18n.English: "Lantern Patient Research Hub", i18n.French: "Carrefour de recherche Fanal"}

// The addresses of the sample.
const (
	SampleAddress = "100 Example Street, Ottawa ON  K0A 0A0"
	SampleContact = "info@example.org"
)

// Load reads the configuration through getenv, usually [os.Getenv]. A variable that
// is blank counts as not set. The error joins every mistake, one a line; each line
// begins with the name of the variable and says what to write.
func Load(getenv func(string) string) (Config, error) {
	r := &reader{getenv: getenv}
	data := r.text("DATA", "data")
	contact := r.email("ORG_CONTACT", SampleContact)
	from := r.email("MAIL_FROM", contact)
	draftTTL := r.days("DRAFT_TTL", "720h")
	c := Config{
		Addr:           r.listenAddr("ADDR", "127.0.0.1:3000"),
		MetricsAddr:    r.listenAddrOrNone("METRICS_ADDR"),
		TLSCert:        r.keyFile("TLS_CERT"),
		TLSKey:         r.keyFile("TLS_KEY"),
		BaseURL:        r.origin("BASE_URL", "http://localhost:3000"),
		Database:       r.database("DATABASE_URL", filepath.Join(data, "joinery.db")),
		Drafts:         filepath.Join(data, "drafts.db"),
		Data:           data,
		Backups:        filepath.Join(data, "backups"),
		Outbox:         filepath.Join(data, "outbox"),
		RedisURL:       r.redis("REDIS_URL"),
		MasterKey:      r.masterKey("MASTER_KEY"),
		MasterKeyFile:  filepath.Join(data, "master.key"),
		SMTPURL:        r.smtp("SMTP_URL"),
		MailFrom:       from,
		MailReplyTo:    r.email("MAIL_REPLY_TO", contact),
		MailBounces:    r.email("MAIL_BOUNCES", from),
		MailPerAddress: r.budget("MAIL_PER_ADDRESS", "3/1h"),
		MailPerNetwork: r.budget("MAIL_PER_NETWORK", "100/1h"),
		MailTotal:      r.budget("MAIL_TOTAL", "2000/1h"),
		MXCheck:        r.flag("MX_CHECK", "1"),

		DraftsPerNetwork: r.budget("DRAFTS_PER_NETWORK", "600/1h"),
		DraftsTotal:      r.budget("DRAFTS_TOTAL", "3000/1h"),

		DKIMKey:      r.keyFile("DKIM_KEY"),
		DKIMSelector: r.selector("DKIM_SELECTOR"),
		OrgName: i18n.Text{
			i18n.English: r.text("ORG_NAME_EN", SampleName.In(i18n.English)),
			i18n.French:  r.text("ORG_NAME_FR", SampleName.In(i18n.French)),
		},
		OrgAddress: r.text("ORG_ADDRESS", SampleAddress),
		OrgContact: contact,
		Zone:       r.zone("TIME_ZONE", "America/Toronto"),
		Places: welcome.Places{
			Members:  r.page("MEMBERS_URL"),
			Programs: r.page("PROGRAMS_URL"),
			News:     r.page("NEWS_URL"),
		},
		Colour:         r.colour("ORG_COLOUR", brand.DefaultMain, brand.CheckMain),
		Accent:         r.colour("ORG_ACCENT", brand.DefaultAccent, brand.CheckAccent),
		Logo:           r.text("ORG_LOGO", ""),
		Form:           r.text("FORM", ""),
		DraftTTL:       draftTTL,
		RemindBefore:   r.durationOrNone("REMIND_BEFORE", min(72*time.Hour, draftTTL/2).String()),
		LinkTTL:        r.duration("LINK_TTL", "24h"),
		WaitingTTL:     r.days("WAITING_TTL", "168h"),
		ConsentKeep:    r.durationOrNone("CONSENT_KEEP", "26280h"),
		TrustedProxies: r.networks("TRUSTED_PROXIES"),
		Dev:            r.flag("DEV", "0"),
	}
	r.checkCombinations(c)
	return c, errors.Join(r.mistakes...)
}

// HTTPS reports whether BaseURL is an https URL.
func (c Config) HTTPS() bool { return strings.HasPrefix(c.BaseURL, "https://") }

// Loopback reports whether BaseURL works only on the machine of the server, which
// is then a developer's.
func (c Config) Loopback() bool {
	u, err := url.Parse(c.BaseURL)
	if err != nil {
		return false
	}
	ip, err := netip.ParseAddr(u.Hostname())
	return u.Hostname() == "localhost" || err == nil && ip.IsLoopback()
}

// A Budget limits letters, or new drafts, to Max in the time Per. The zero Budget is
// no limit.
type Budget struct {
	Max int
	Per time.Duration
}
