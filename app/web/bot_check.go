package web

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// What a form carries to tell people from programs: when it was shown, signed,
// and a field that nobody sees and programs fill in.
const (
	tokenField = "stamp"
	trapField  = "website"
)

// minReadTime is how long anybody looks at a page before they press.
const minReadTime = time.Second

// A tokenKey signs stamps. It lasts as long as the process: what was shown before a
// restart is not known to be old or new.
type tokenKey []byte

func newTokenKey() tokenKey {
	key := make(tokenKey, 32)
	rand.Read(key)
	return key
}

// token returns a token of the given time.
func (s tokenKey) token(now time.Time) string {
	millis := strconv.FormatInt(now.UnixMilli(), 10)
	return millis + "." + s.sign(millis)
}

func (s tokenKey) sign(millis string) string {
	mac := hmac.New(sha256.New, s)
	mac.Write([]byte(millis))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:12])
}

// tokenLifetime is how long a stamp is good for: longer than most pages are left open.
const tokenLifetime = 24 * time.Hour

// age returns how long before now the stamp was made, and whether it is a good
// one.
func (s tokenKey) age(stamp string, now time.Time) (time.Duration, bool) {
	millis, signature, _ := strings.Cut(stamp, ".")
	if !hmac.Equal([]byte(signature), []byte(s.sign(millis))) {
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
	Repeated bool // it was pressed before, and not as people do: then there is no trap to fall into once more
}

func (s *Server) botCheck(again bool) botCheck {
	return botCheck{s.tokenKey.token(s.Now()), again}
}

// looksAutomated reports whether a form was posted as programs do it: at once, with
// the trap filled in, or without having been shown by this process. It is not
// certain: whoever is suspected loses nothing and is asked to press once more.
func (s *Server) looksAutomated(posted url.Values) bool {
	age, known := s.tokenKey.age(posted.Get(tokenField), s.Now())
	return !known || age < minReadTime || posted.Get(trapField) != ""
}
