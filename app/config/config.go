// Package config reads the environment.
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
)

// Config is everything that may differ between one installation and another.
// It can be logged: passwords are in Secrets.
type Config struct {
	Addr    string // ADDR: where to listen
	BaseURL string // BASE_URL: how people reach us, without a slash at the end; goes into mail

	Database string // DATABASE_URL: path of the SQLite file of members; by default in the folder DATA
	Drafts   string // path of the SQLite file of drafts, in DATA; for when there is no Redis
	Outbox   string // folder of the development outbox, in DATA; for when there is no SMTP
	RedisURL Secret // REDIS_URL: where drafts live; empty: in the file Drafts

	SMTPURL        Secret // SMTP_URL: who delivers mail; empty: it goes into the folder Outbox
	MailFrom       string // MAIL_FROM: a bare address; its name is the organization's
	MailReplyTo    string // MAIL_REPLY_TO: a bare address; by default OrgContact
	MailPerAddress Budget // MAIL_PER_ADDRESS: how much mail one address may be sent
	MailPerNetwork Budget // MAIL_PER_NETWORK: how much mail the people in one network may cause
	MailTotal      Budget // MAIL_TOTAL: how much mail all people together may cause
	MXCheck        bool   // MX_CHECK: look up whether the domain of an address takes mail, to advise people; 0: never

	DKIMKey      string // DKIM_KEY: path of the private key that signs what goes by SMTP; empty: nothing is signed
	DKIMSelector string // DKIM_SELECTOR: which of the keys of MailFrom's domain that is; there if, and only if, DKIMKey is

	OrgName    i18n.Text // ORG_NAME_EN, ORG_NAME_FR
	OrgAddress string    // ORG_ADDRESS: where post reaches the organization
	OrgContact string    // ORG_CONTACT: the mail address at which it answers people

	Colour brand.Colour // ORG_COLOUR: in which the site looks like the organization; good, as brand.CheckMain has it
	Accent brand.Colour // ORG_ACCENT: the colour beside it; good, as brand.CheckAccent has it
	Logo   string       // ORG_LOGO: path of a picture, SVG or PNG; empty: none

	Form         string        // FORM: path of the form definition; empty: the embedded one
	DraftTTL     time.Duration // DRAFT_TTL: life of a draft after its last save
	RemindBefore time.Duration // REMIND_BEFORE: how long before a draft ends its owner is reminded, less than DraftTTL; 0: never. By default 72h or, if that is less, half of DraftTTL
	LinkTTL      time.Duration // LINK_TTL: life of a secret in a mail, at most WaitingTTL
	WaitingTTL   time.Duration // WAITING_TTL: life of an unconfirmed application

	TrustedProxies []netip.Prefix // TRUSTED_PROXIES: whose word is taken for where a request comes from; none: nobody's

	Dev bool // DEV=1: read templates and styles from disk at each request
}

// Load reads the configuration through getenv, usually [os.Getenv]. It
// reports every mistake at once. A variable that is blank counts as not set.
func Load(getenv func(string) string) (Config, error) {
	r := &reader{getenv: getenv}
	data := r.text("DATA", "data")
	contact := r.email("ORG_CONTACT", "info@example.org")
	draftTTL := r.days("DRAFT_TTL", "720h")
	c := Config{
		Addr:           r.listenAddr("ADDR", "127.0.0.1:3000"),
		BaseURL:        r.origin("BASE_URL", "http://localhost:3000"),
		Database:       r.database("DATABASE_URL", filepath.Join(data, "joinery.db")),
		Drafts:         filepath.Join(data, "drafts.db"),
		Outbox:         filepath.Join(data, "outbox"),
		RedisURL:       r.redis("REDIS_URL"),
		SMTPURL:        r.smtp("SMTP_URL"),
		MailFrom:       r.email("MAIL_FROM", contact),
		MailReplyTo:    r.email("MAIL_REPLY_TO", contact),
		MailPerAddress: r.budget("MAIL_PER_ADDRESS", "3/1h"),
		MailPerNetwork: r.budget("MAIL_PER_NETWORK", "30/1h"),
		MailTotal:      r.budget("MAIL_TOTAL", "2000/1h"),
		MXCheck:        r.flag("MX_CHECK", "1"),
		DKIMKey:        r.keyFile("DKIM_KEY"),
		DKIMSelector:   r.selector("DKIM_SELECTOR"),
		OrgName: i18n.Text{
			i18n.English: r.text("ORG_NAME_EN", "Sample Training Hub"),
			i18n.French:  r.text("ORG_NAME_FR", "Carrefour de formation (exemple)"),
		},
		OrgAddress:     r.text("ORG_ADDRESS", "1 Example Street, Sampleville ON  K0K 0K0"),
		OrgContact:     contact,
		Colour:         r.colour("ORG_COLOUR", brand.DefaultMain, brand.CheckMain),
		Accent:         r.colour("ORG_ACCENT", brand.DefaultAccent, brand.CheckAccent),
		Logo:           r.text("ORG_LOGO", ""),
		Form:           r.text("FORM", ""),
		DraftTTL:       draftTTL,
		RemindBefore:   r.durationOrNone("REMIND_BEFORE", min(72*time.Hour, draftTTL/2).String()),
		LinkTTL:        r.duration("LINK_TTL", "24h"),
		WaitingTTL:     r.days("WAITING_TTL", "168h"),
		TrustedProxies: r.networks("TRUSTED_PROXIES"),
		Dev:            r.flag("DEV", "0"),
	}
	r.checkCombinations(c)
	return c, errors.Join(r.mistakes...)
}

// checkCombinations notes the mistakes that no variable shows alone.
func (r *reader) checkCombinations(c Config) {
	if c.WaitingTTL > 0 && c.LinkTTL > c.WaitingTTL {
		r.addMistake("LINK_TTL", "set it to at most WAITING_TTL, %v: a link cannot outlive what it confirms", c.WaitingTTL)
	}
	if c.DraftTTL > 0 && c.RemindBefore >= c.DraftTTL {
		r.addMistake("REMIND_BEFORE", "set it to less than DRAFT_TTL, %v, or to 0 for no reminders", c.DraftTTL)
	}
	r.checkPair("DKIM_KEY", "DKIM_SELECTOR")
	if c.SMTPURL == "" {
		if c.BaseURL != "" && !c.Loopback() {
			r.addMistake("SMTP_URL", "set it: BASE_URL is public, and without SMTP_URL nobody gets any mail")
		}
		return
	}
	for _, key := range []string{"MAIL_FROM", "ORG_NAME_EN", "ORG_NAME_FR", "ORG_ADDRESS", "ORG_CONTACT"} {
		if r.text(key, "") == "" {
			r.addMistake(key, "set it: with SMTP_URL, people get mail in the name of a sample")
		}
	}
}

// checkPair notes that one of two variables is set without the other.
func (r *reader) checkPair(a, b string) {
	if r.text(a, "") == "" {
		a, b = b, a
	}
	if r.text(a, "") != "" && r.text(b, "") == "" {
		r.addMistake(b, "set it, or leave %s empty too: one is of no use without the other", a)
	}
}

// HTTPS reports whether people reach us over https.
func (c Config) HTTPS() bool { return strings.HasPrefix(c.BaseURL, "https://") }

// Loopback reports whether BaseURL works on this machine only: then whoever
// uses the site is also who develops it.
func (c Config) Loopback() bool {
	u, err := url.Parse(c.BaseURL)
	if err != nil {
		return false
	}
	ip, err := netip.ParseAddr(u.Hostname())
	return u.Hostname() == "localhost" || err == nil && ip.IsLoopback()
}

// A Budget is how many mails may go out in some time. The zero Budget sets no
// limit.
type Budget struct {
	Max int
	Per time.Duration
}
