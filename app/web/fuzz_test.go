package web

import (
	"net/url"
	"strings"
	"testing"
	"time"
)

// FuzzParseForwarded checks that an entry of X-Forwarded-For is read as an address that
// means the same again, or as none.
func FuzzParseForwarded(f *testing.F) {
	for _, entry := range []string{"203.0.113.5", "203.0.113.5:47110", "[2001:db8::5]:47110", `"[2001:db8::5]"`, "fe80::1%eth0", "::ffff:10.0.0.1", "unknown", "_hidden", "1.2.3.4:", "[]"} {
		f.Add(entry)
	}
	f.Fuzz(func(t *testing.T, entry string) {
		ip, ok := parseForwarded(entry)
		if ok != ip.IsValid() || ip.Is4In6() || ip.Zone() != "" {
			t.Errorf("parseForwarded(%q) = %v, %v", entry, ip, ok)
		}
		if again, _ := parseForwarded(ip.String()); ok && again != ip {
			t.Errorf("parseForwarded(%q) = %v, which is read as %v", entry, ip, again)
		}
	})
}

// FuzzMeantPath checks that a path leads to a page of this site alone, and from there no
// further.
func FuzzMeantPath(f *testing.F) {
	known := []knownPath{{}, {"en"}, {"fr"}, {"en", "apply", "about"}, {"en", "confirm", ":link"}, {"en", "resume", ":link", "press"}}
	for _, path := range []string{"/", "//evil.example", "/EN/", "/fr-CA", "/en/confirm/ABC.", "/en/confirm/a%2fb", "/en/confirm/%2e%2e", "/en/apply/about%20.", "/\\evil.example", "/en/confirm/&#47;", "/%00", "/en/confirm//"} {
		f.Add(path)
	}
	f.Fuzz(func(t *testing.T, path string) {
		target, ok := meantPath(known, path)
		if !ok {
			return
		}
		if u, err := url.Parse("http://site.example" + target); err == nil && u.Host != "site.example" || strings.HasPrefix(target, "//") || strings.HasPrefix(target, "/\\") {
			t.Errorf("%q leads to %q, another site", path, target)
		}
		if again, ok := meantPath(known, target); !ok || again != target {
			t.Errorf("%q leads to %q, which leads to %q, %v", path, target, again, ok)
		}
	})
}

// FuzzTokenAge checks that no text but a token of the key has an age.
func FuzzTokenAge(f *testing.F) {
	key, now := tokenKey(testTokenKey), time.Date(2026, time.December, 1, 17, 0, 0, 0, time.UTC)
	good := key.token(now)
	for _, token := range []string{"", ".", "1764608400000.", good[:len(good)-1], "-1." + key.sign("-1"), "x." + key.sign("x")} {
		f.Add(token)
	}
	f.Fuzz(func(t *testing.T, token string) {
		age, valid := key.age(token, now)
		if millis, signature, _ := strings.Cut(token, "."); valid && signature != key.sign(millis) || valid && (age < 0 || age >= tokenLifetime) {
			t.Errorf("the token %q has the age %v", token, age)
		}
	})
}

// FuzzIsOwnOrigin checks that no origin is the own one of a site with https but with https,
// and with its host or the host of the request.
func FuzzIsOwnOrigin(f *testing.F) {
	s := &Server{Options: Options{BaseURL: "https://join.example.org", HTTPS: true}}
	for _, origin := range []string{"https://join.example.org", "https://join.example.org:443", "http://join.example.org", "null", "https://join.example.org@evil.example", "https://[::1]:80", "https://a%2fb", "HTTPS://BACKEND", "http://backend:3000"} {
		f.Add(origin, "backend:3000")
	}
	f.Fuzz(func(t *testing.T, origin, host string) {
		if !s.isOwnOrigin(origin, host) {
			return
		}
		u, err := url.Parse(origin)
		if err != nil {
			t.Fatalf("%q is an own origin: %v", origin, err)
		}
		at, asked := strings.TrimSuffix(strings.ToLower(u.Host), ":443"), strings.TrimSuffix(strings.ToLower(host), ":443")
		if u.Scheme != "https" || at != "join.example.org" && at != asked {
			t.Errorf("%q is the own origin of a site at %q", origin, host)
		}
	})
}
