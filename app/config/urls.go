package config

import (
	"net/url"
	"strings"

	"golang.org/x/net/idna"

	"joinery/app/i18n"
)

// escapeAdvice names the most frequent mistake in a URL that looks right.
const escapeAdvice = " (in the password, write @ as %%40, : as %%3A, / as %%2F, # as %%23, %% as %%25)"

// origin reads a URL of scheme and host alone, so that paths can be appended to
// it.
func (r *reader) origin(key, fallback string) string {
	u, err := url.Parse(r.text(key, fallback))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" ||
		u.User != nil || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" {
		r.addMistake(key, "write http:// or https:// and a host, and nothing else, such as https://join.example.org")
		return ""
	}
	host, err := asciiHost(u)
	if err != nil {
		r.addMistake(key, "the host has a sign that no host can have")
		return ""
	}
	return u.Scheme + "://" + host
}

// page reads the URL of a page of the organization in each language: from the variable
// with the language at its end, such as MEMBERS_URL_FR, or else from the one for all
// languages. A page in one language only is a mistake.
func (r *reader) page(key string) i18n.Text {
	page, forAll := make(i18n.Text), r.webURL(key, "")
	for _, l := range i18n.Languages {
		if u := r.webURL(inLanguage(key, l), forAll); u != "" {
			page[l] = u
		}
	}
	if len(page) == 0 {
		return nil
	}
	for _, l := range page.Missing() {
		if name := inLanguage(key, l); r.text(name, r.text(key, "")) == "" {
			r.addMistake(name, "set it, or %s for all languages: none may lack what another has", key)
		}
	}
	return page
}

// inLanguage returns the variable that holds in one language what key holds in all.
func inLanguage(key string, l i18n.Lang) string { return key + "_" + strings.ToUpper(string(l)) }

// webURL reads the absolute URL of a page of the web.
func (r *reader) webURL(key, fallback string) string {
	v := r.text(key, "")
	if v == "" {
		return fallback
	}
	u, err := url.Parse(v)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
		r.addMistake(key, "write the whole address of a page, with https:// at its beginning, such as https://www.example.org/members")
		return ""
	}
	if u.Host, err = asciiHost(u); err != nil {
		r.addMistake(key, "the host has a sign that no host can have")
		return ""
	}
	return u.String()
}

// hostProfile also refuses a name that the DNS cannot hold.
var hostProfile = idna.New(idna.MapForLookup(), idna.BidiRule(), idna.StrictDomainName(true), idna.VerifyDNSLength(true))

// asciiHost returns the host of u, and its port, as browsers and mail write it: a name
// with accents in punycode.
func asciiHost(u *url.URL) (string, error) {
	host := strings.ToLower(u.Host)
	name := strings.ToLower(u.Hostname())
	ascii, err := name, error(nil)
	if strings.ContainsFunc(name, func(r rune) bool { return r >= 0x80 }) {
		ascii, err = hostProfile.ToASCII(name)
	}
	return strings.Replace(host, name, ascii, 1), err
}

// database reads a path that is written as sqlite:path.
func (r *reader) database(key, fallback string) string {
	scheme, path, _ := strings.Cut(r.text(key, "sqlite:"+fallback), ":")
	switch {
	case scheme == "postgres" || scheme == "postgresql":
		r.addMistake(key, "PostgreSQL is not supported yet; write sqlite:/path/to/joinery.db")
	case scheme != "sqlite" || path == "":
		r.addMistake(key, "write sqlite: and the path of a file, such as sqlite:/path/to/joinery.db")
	case strings.HasPrefix(path, "//"): // as in sqlite://joinery.db, which looks relative but is not
		r.addMistake(key, "write the path without // before it, such as sqlite:/path/to/joinery.db")
	}
	return path
}

// redis reads the URL of a Redis server.
func (r *reader) redis(key string) Secret {
	v := r.text(key, "")
	if v == "" {
		return ""
	}
	u, err := url.Parse(v)
	switch {
	case err == nil && (u.Scheme == "redis" || u.Scheme == "rediss") && u.Hostname() != "":
	case err == nil && u.Scheme == "unix" && u.Path != "":
	default:
		r.addMistake(key, "write redis://:password@host:6379, the same with rediss:// for TLS, or unix:///path/to/socket"+escapeAdvice)
	}
	return Secret(v)
}

// smtp reads the URL of an SMTP server.
func (r *reader) smtp(key string) Secret {
	v := r.text(key, "")
	if v == "" {
		return ""
	}
	u, err := url.Parse(v)
	switch {
	case err != nil || u.Scheme != "smtp" && u.Scheme != "smtps" || u.Hostname() == "":
		r.addMistake(key, "write smtp://user:password@host:587, or the same with smtps:// for TLS from the start"+escapeAdvice)
	case u.RawQuery != "" && u.RawQuery != "tls=required" && u.RawQuery != "tls=none":
		r.addMistake(key, "write nothing behind the ? but tls=required or tls=none")
	}
	return Secret(v)
}
