package config

import (
	"fmt"
	"net"
	"net/mail"
	"net/netip"
	"regexp"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // time zones, also where the system has none
	"unicode"

	"joinery/app/brand"
	"joinery/app/seal"
)

// A reader reads variables and collects the mistakes in them. Each mistake tells the
// operator what to write. It never quotes a URL, which may have a password in it,
// or what may be a private key.
type reader struct {
	getenv   func(string) string
	mistakes []error
}

// addMistake adds a mistake in the variable key.
func (r *reader) addMistake(key, format string, args ...any) {
	r.mistakes = append(r.mistakes, fmt.Errorf(key+": "+format, args...))
}

// text reads a variable without blanks around it, or returns fallback.
func (r *reader) text(key, fallback string) string {
	if v := strings.TrimSpace(r.getenv(key)); v != "" {
		return v
	}
	return fallback
}

// flag reads 1 or 0.
func (r *reader) flag(key, fallback string) bool {
	v := r.text(key, fallback)
	if v != "1" && v != "0" {
		r.addMistake(key, "write 1 or 0, not %q", v)
	}
	return v == "1"
}

// duration reads a time of more than 0.
func (r *reader) duration(key, fallback string) time.Duration {
	v := r.text(key, fallback)
	d, err := time.ParseDuration(v)
	if err != nil || d <= 0 {
		r.addMistake(key, "write a time in hours or minutes, such as 24h or 90m, not %q", v)
		return 0
	}
	return d
}

// durationOrNone reads a time of 0 or more.
func (r *reader) durationOrNone(key, fallback string) time.Duration {
	v := r.text(key, fallback)
	d, err := time.ParseDuration(v)
	if err != nil || d < 0 {
		r.addMistake(key, "write a time in hours or minutes, such as 72h, or 0, not %q", v)
		return 0
	}
	return d
}

// days reads a time of whole days, two or more: pages and mail state it in days, in
// the plural.
func (r *reader) days(key, fallback string) time.Duration {
	d := r.duration(key, fallback)
	if d > 0 && (d < 48*time.Hour || d%(24*time.Hour) != 0) {
		r.addMistake(key, "write whole days, two or more, in hours, such as 48h or 720h, not %v", d)
		return 0
	}
	return d
}

// budget reads a number and a time, such as 3/1h, or 0. Package mail remembers
// letters for a week, which is the longest time, also for drafts.
func (r *reader) budget(key, fallback string) Budget {
	v := r.text(key, fallback)
	if v == "0" {
		return Budget{}
	}
	count, per, _ := strings.Cut(v, "/")
	n, errN := strconv.Atoi(count)
	d, errD := time.ParseDuration(per)
	if errN != nil || errD != nil || n <= 0 || d <= 0 {
		r.addMistake(key, "write a number and a time, such as 3/1h, or 0 for no limit, not %q", v)
	}
	if d > 7*24*time.Hour {
		r.addMistake(key, "write a time of at most 168h: nothing is counted longer than that")
	}
	return Budget{Max: n, Per: d}
}

// masterKey reads one or more keys with blanks or commas between them.
func (r *reader) masterKey(key string) Secret {
	v := r.text(key, "")
	if v == "" {
		return ""
	}
	if _, err := seal.Given(v)(); err != nil {
		r.addMistake(key, "write 32 random bytes in base64, as openssl rand -base64 32 prints them; older keys follow after a blank")
	}
	return Secret(v)
}

// zone reads a time zone by its name in the IANA database.
func (r *reader) zone(key, fallback string) *time.Location {
	v := r.text(key, fallback)
	zone, err := time.LoadLocation(v)
	if err != nil || zone == time.Local {
		r.addMistake(key, "write the name of a time zone, such as America/Toronto or America/St_Johns, not %q", v)
		return nil
	}
	return zone
}

// email reads an address without a name.
func (r *reader) email(key, fallback string) string {
	v := r.text(key, "")
	if v == "" {
		return fallback
	}
	a, err := mail.ParseAddress(v)
	if err != nil || a.Address != v {
		r.addMistake(key, "write a mail address without a name, such as info@example.org, not %q", v)
	}
	return v
}

// colour reads a colour that check must accept.
func (r *reader) colour(key string, fallback brand.Colour, check func(brand.Colour) error) brand.Colour {
	v := r.text(key, fallback.String())
	c, err := brand.Parse(v)
	if err != nil {
		r.addMistake(key, "write a colour as # and six digits, such as %s, not %q", fallback, v)
	} else if err := check(c); err != nil {
		r.addMistake(key, "%w", err)
	}
	return c
}

// keyFile reads the path of a file with a private key. A value that is the key
// itself is a mistake and is not quoted.
func (r *reader) keyFile(key string) string {
	v := r.text(key, "")
	if strings.Contains(v, "-----") || strings.ContainsFunc(v, unicode.IsControl) {
		r.addMistake(key, "write the path of the file that holds the key, not the key itself")
		return ""
	}
	return v
}

// dnsName matches one or more DNS labels with dots between them.
var dnsName = regexp.MustCompile(`(?i)^[a-z0-9]+(-+[a-z0-9]+)*(\.[a-z0-9]+(-+[a-z0-9]+)*)*$`)

// selector reads a DKIM selector: one or more DNS labels, together no longer than
// one label may be, which is 63 octets.
func (r *reader) selector(key string) string {
	v := r.text(key, "")
	if v != "" && (len(v) > 63 || !dnsName.MatchString(v)) {
		r.addMistake(key, "write the name that the key has in DNS: at most 63 letters, digits, hyphens and dots, such as joinery1")
	}
	return v
}

// listenAddr reads an address and a port. The address may be missing.
func (r *reader) listenAddr(key, fallback string) string {
	v := r.text(key, fallback)
	_, port, err := net.SplitHostPort(v)
	if err == nil {
		_, err = strconv.ParseUint(port, 10, 16)
	}
	if err != nil {
		r.addMistake(key, "write an address and a port, such as 127.0.0.1:3000, or :3000 for all addresses, not %q", v)
	}
	return v
}

// listenAddrOrNone reads an address and a port, or "".
func (r *reader) listenAddrOrNone(key string) string {
	if r.text(key, "") == "" {
		return ""
	}
	return r.listenAddr(key, "")
}

// networks reads addresses and networks, separated by commas or blanks.
func (r *reader) networks(key string) []netip.Prefix {
	var networks []netip.Prefix
	for _, v := range strings.FieldsFunc(r.getenv(key), isSeparator) {
		n, ok := parseNetwork(v)
		if !ok {
			r.addMistake(key, "write addresses or networks, such as 10.0.0.7 or 10.0.0.0/8 or fd00::/8, not %q", v)
			continue
		}
		networks = append(networks, n)
	}
	return networks
}

func isSeparator(r rune) bool { return r == ',' || unicode.IsSpace(r) }

// parseNetwork parses a network, or an address as the network of that address alone.
// It refuses what would match no request: an address with a zone, or an IPv4
// address that is written as an IPv6 one.
func parseNetwork(v string) (netip.Prefix, bool) {
	if a, err := netip.ParseAddr(v); err == nil {
		v = fmt.Sprintf("%s/%d", a, a.BitLen())
	}
	n, err := netip.ParsePrefix(v) // refuses zones
	return n.Masked(), err == nil && !n.Addr().Is4In6()
}
