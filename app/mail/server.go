package mail

import (
	"cmp"
	"errors"
	"net"
	"net/mail"
	"net/url"

	gomail "github.com/wneessen/go-mail"
)

// A server is the mail server of SMTP_URL.
type server struct {
	host, port     string
	user, password string           // empty: the server asks for none
	implicit       bool             // encrypted from the first byte
	policy         gomail.TLSPolicy // otherwise, whether to use STARTTLS
}

func (s server) addr() string { return net.JoinHostPort(s.host, s.port) }

var policies = map[string]gomail.TLSPolicy{
	"":         gomail.TLSOpportunistic,
	"required": gomail.TLSMandatory,
	"none":     gomail.NoTLS,
}

// parseServer parses a URL such as smtp://user:password@host:587?tls=required. Its errors
// quote no part of the URL: a password that is not escaped can be in any part.
func parseServer(raw string) (server, error) {
	u, err := url.Parse(raw)
	if err != nil {
		return server{}, errors.New(`SMTP_URL cannot be read: write smtp://user:password@host:587, ` +
			`and in the user and the password %40 for @, %2F for /, %3A for :, %23 for #, %3F for ? and %25 for %`)
	}
	policy, known := policies[u.Query().Get("tls")]
	password, _ := u.User.Password()
	s := server{
		host: u.Hostname(), user: u.User.Username(), password: password,
		implicit: u.Scheme == "smtps", policy: policy,
		port: cmp.Or(u.Port(), map[string]string{"smtp": "587", "smtps": "465"}[u.Scheme]),
	}
	switch {
	case u.Scheme != "smtp" && u.Scheme != "smtps":
		return s, errors.New("SMTP_URL must begin with smtp:// or smtps://")
	case s.host == "":
		return s, errors.New("SMTP_URL names no host: write smtp://host:587")
	case u.Fragment != "" || u.Path != "" && u.Path != "/":
		return s, errors.New("SMTP_URL goes on after the port: if that belongs to the password, write %23 for # and %2F for /")
	case s.user == "" && s.password != "":
		return s, errors.New("SMTP_URL has a password without a user: write smtp://user:password@host:587")
	case !known, s.implicit && u.RawQuery != "", !onlyTLS(u.Query()):
		return s, errors.New("SMTP_URL may end with ?tls=required or ?tls=none after smtp:// and with nothing after smtps://")
	}
	return s, nil
}

func onlyTLS(query url.Values) bool {
	delete(query, "tls")
	return len(query) == 0
}

// parseAddress returns the address in s, which may also have a name. The variable is the
// setting that s comes from.
func parseAddress(variable, s string) (string, error) {
	a, err := mail.ParseAddress(s)
	if err != nil {
		return "", errors.New(variable + " must be one address, such as join@example.org")
	}
	if !isASCII(a.Address) {
		return "", errors.New(variable + " must be plain ASCII: write the domain as it is registered, xn--…")
	}
	return a.Address, nil
}

// credentials returns the options for authentication, the most common method first. Only
// with ?tls=none the password is sent in clear.
func (s server) credentials() []gomail.Option {
	if s.user == "" {
		return nil
	}
	ways := []gomail.SMTPAuthType{gomail.SMTPAuthPlain, gomail.SMTPAuthLogin}
	if s.policy == gomail.NoTLS {
		ways = []gomail.SMTPAuthType{gomail.SMTPAuthPlainNoEnc, gomail.SMTPAuthLoginNoEnc}
	}
	return []gomail.Option{
		gomail.WithUsername(s.user), gomail.WithPassword(s.password), gomail.WithOpportunisticSMTPAuth(ways...),
	}
}
