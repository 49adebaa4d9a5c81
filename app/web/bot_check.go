package web

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// The fields by which a form tells people from programs: a token with the time at
// which the page was rendered, and a trap that people do not see and programs fill in.
const (
	tokenField = "stamp"
	trapField  = "website"
)

// minReadTime is the shortest time in which a person reads a page before pressing a
// button.
const minReadTime = time.Second

// A tokenKey signs tokens. A token has a known age in every process that has the key.
type tokenKey []byte

// token returns a signed token of the given time.
func (k tokenKey) token(now time.Time) string {
	millis := strconv.FormatInt(now.UnixMilli(), 10)
	return millis + "." + k.sign(millis)
}

func (k tokenKey) sign(millis string) string {
	mac := hmac.New(sha256.New, k)
	mac.Write([]byte(millis))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:12])
}

// tokenLifetime is how long a token is valid: longer than most pages stay open.
const tokenLifetime = 24 * time.Hour

// age returns how long before now a token was made, and whether it is valid.
func (k tokenKey) age(token string, now time.Time) (time.Duration, bool) {
	millis, signature, _ := strings.Cut(token, ".")
	if !hmac.Equal([]byte(signature), []byte(k.sign(millis))) {
		return 0, false
	}
	shown, err := strconv.ParseInt(millis, 10, 64)
	age := now.Sub(time.UnixMilli(shown))
	return age, err == nil && 0 <= age && age < tokenLifetime
}

// A botCheck is the part of a form that tells people from programs. See
// partials/bot_check.html.
type botCheck struct {
	Token    string
	Repeated bool // the form was posted before and looked automated: the page then has no trap, which a browser might fill in again
}

func (s *Server) botCheck(again bool) botCheck {
	return botCheck{s.tokenKey.token(s.Now()), again}
}

// looksAutomated reports whether a form was posted as programs do it: at once, with
// the trap filled in, or without a page of this site from the last day. The answer is not certain,
// so the handler loses nothing that was typed and asks for one more press.
func (s *Server) looksAutomated(posted url.Values) bool {
	age, known := s.tokenKey.age(posted.Get(tokenField), s.Now())
	return !known || age < minReadTime || posted.Get(trapField) != ""
}
