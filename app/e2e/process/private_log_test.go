//go:build e2e

package e2e

import (
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"joinery/app/redistest"
)

// A watched program is one of which a test knows all that nobody may read in its
// log: what people type, and what only their browsers and mailboxes are told.
type watched struct {
	*testing.T
	settings settings
	relay    *relay
	secrets  map[string]bool
	stamp    string // of a page that was read
}

// secret finds what pages, cookies, addresses of pages and letters have in them
// that opens something.
var secret = regexp.MustCompile(`name="(?:stamp|press)" value="([^"]+)"|draft=(\w+)|/(?:confirm|resume|code)/(\w{8,})(?:-(\w+))?|<strong>(\w{4} \w{4})</strong>|(?m:^([A-Z0-9]{6})$)`)

func (w *watched) knows(text string) {
	for _, found := range secret.FindAllStringSubmatch(text, -1) {
		for _, s := range found[1:] {
			w.secrets[s] = true
		}
	}
}

// somebody is a browser whose secrets are known.
func (w *watched) somebody() *applicant {
	a := newApplicant(w.T, w.settings)
	a.Transport = overheard{a.Transport, w}
	return a
}

type overheard struct {
	http.RoundTripper
	by *watched
}

func (o overheard) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := o.RoundTripper.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(res.Body)
	res.Body.Close()
	res.Body = io.NopCloser(strings.NewReader(string(body)))
	o.by.knows(fmt.Sprint(r.URL, res.Header, "\n", string(body)))
	return res, err
}

// letter waits for one with a link of a kind, and returns its text.
func (w *watched) letter(kind string) string {
	w.Helper()
	for {
		text := parseLetter(w.T, w.relay.next(w.T)).text
		if w.knows(text); strings.Contains(text, kind) {
			return text
		}
	}
}

// address returns a form with nothing but an address, from a page that was read.
func (w *watched) address(address string) url.Values {
	return url.Values{"address": {address}, "stamp": {w.stamp}}
}

// Several people do all that can be done, right and wrong, while all that the
// program needs is there and while it is not.
func TestTheLogHoldsNothingPrivate(t *testing.T) {
	t.Parallel()
	redis, addr := redistest.New(t), freeAddr(t)
	s := mailSettings(t, addr)
	s["REDIS_URL"] = redis.URL
	w := &watched{T: t, settings: s, relay: startRelay(t, addr), secrets: make(map[string]bool)}
	site := startProcess(t, s)
	zoe, laptop, stranger := w.somebody(), w.somebody(), w.somebody()
	_, page := zoe.open("/en/resume")
	zoe.reads()
	w.stamp = stampIn(page)

	w.fillsIn(zoe, laptop)
	link := w.confirms(zoe, stranger)
	w.withdraws(w.somebody(), stranger)
	w.isNotDelivered(w.somebody())
	redis.Stop()
	w.asksWithoutStores(zoe, link)
	site.stop(t)
	w.wantSilence(site.out.String() + site.err.String())
}

func (w *watched) fillsIn(zoe, laptop *applicant) {
	about := maps.Clone(answered[0].answers)
	about.Set("email", "Xylophone@nowhere")
	for _, path := range []string{"", "/save", "/email"} {
		w.somebody().try("/en/apply/about"+path, about)
	}
	zoe.answers("zoe.zebra@example.org")
	zoe.try("/en/apply/later", w.address("zoe.zebra@example.org"))
	link := strings.TrimPrefix(regexp.MustCompile(`http://\S+/resume/\S+`).FindString(w.letter("/resume/")), zoe.base)
	for _, path := range []string{link, link + "x", link + "/nowhere", link + "/renew"} {
		laptop.try(path, nil)
		laptop.look(path)
	}
	zoe.try("/en/apply/phone", nil)
	_, page := zoe.open("/en/apply/phone")
	code := regexp.MustCompile(`<strong>(\w{4} \w{4})</strong>`).FindStringSubmatch(page)
	for _, typed := range []string{"AAAA AAAA", code[1]} {
		w.somebody().try("/en/code", url.Values{"code": {typed}})
	}
	laptop.try("/en/resume", w.address("zoe.zebra@example.org"))
	w.letter("/resume/")
}

// confirms returns the link that was used in the end.
func (w *watched) confirms(zoe, stranger *applicant) (link string) {
	zoe.try("/en/apply/check", url.Values{"given": {"consent_privacy"}, "website": {"Xylophone"}})
	zoe.try("/en/apply/check", url.Values{"given": {"consent_privacy"}, "stamp": {w.stamp}})
	link, code := zoe.confirmation(w.letter("/confirm/"))
	zoe.try("/fr/apply/sent/again", nil)
	zoe.try("/fr/apply/sent/address", w.address("Xylophone@nowhere"))
	for _, path := range []string{link, link + "x", link + "/not-mine", link + "/nowhere"} {
		stranger.look(path)
	}
	stranger.try(link, url.Values{"choice": {"yes"}, "stamp": {stampIn(stranger.look(link))}}) // sooner than people
	stranger.try(link+"/code", url.Values{"choice": {"yes"}, "code": {code[1:] + code[:1]}})
	stranger.try(link+"/renew", url.Values{"stamp": {w.stamp}})
	zoe.try("/fr/apply/sent/address", w.address("zoe.yak@example.org"))
	stranger.look(link)
	link, code = zoe.confirmation(w.letter("/confirm/"))
	for _, typed := range []string{code[1:] + code[:1], code} {
		zoe.try("/fr/apply/sent/code", url.Values{"code": {typed}})
	}
	return link
}

func (w *watched) withdraws(max, stranger *applicant) {
	max.answers("max.zebra@example.org")
	max.try("/en/apply/check", url.Values{"given": {"consent_privacy"}, "stamp": {w.stamp}})
	link, code := max.confirmation(w.letter("/confirm/"))
	stranger.try(link, url.Values{"choice": {"no"}, "stamp": {stampIn(stranger.look(link))}})
	for _, typed := range []string{code[1:] + code[:1], code} {
		stranger.try(link+"/code", url.Values{"choice": {"delete"}, "code": {typed}})
	}
	if page := stranger.look(link); !strings.Contains(page, "retirée") {
		w.Errorf("with the code the application is not withdrawn, but there is\n%s", page)
	}
}

// isNotDelivered has letters refused by a mail server that names the recipient,
// and by one that is not there.
func (w *watched) isNotDelivered(eva *applicant) {
	w.relay.weather.Store(&weather{rcpt: refusal(550)})
	eva.answers("eva.zebra@example.org")
	eva.try("/en/apply/check", url.Values{"given": {"consent_privacy"}, "stamp": {w.stamp}})
	w.waits("state = 'abandoned' AND failure = 'recipient'")
	w.relay.weather.Store(&weather{content: func(c net.Conn) error { return refusal(451)("zoe.zebra@example.org") }})
	eva.try("/fr/apply/sent/address", w.address("eva.yak@example.org"))
	w.waits("failure = 'content'")
	w.relay.Close()
	eva.try("/fr/apply/sent/address", w.address("eva.wolf@example.org"))
	w.waits("failure = 'connecting'")
}

func (w *watched) waits(which string) {
	w.Helper()
	eventually(w.T, "there is a letter with "+which, func() error {
		if n := mails(w.T, w.settings, which); n != 1 {
			return fmt.Errorf("there are %d", n)
		}
		return nil
	})
}

func (w *watched) asksWithoutStores(zoe *applicant, link string) {
	w.somebody().look("/en/apply/about")
	r, err := zoe.PostForm(zoe.base+"/en/apply/about", answered[0].answers)
	if err != nil {
		w.Fatal(err)
	}
	r.Body.Close()
	for _, path := range []string{link, "/en/apply", "/readyz", "/en/Xylophone?email=zoe.zebra@example.org", "/en/apply/Xylophone", "/%ff" + link} {
		zoe.look(path)
	}
}

// wantSilence checks what was logged.
func (w *watched) wantSilence(logged string) {
	for _, want := range []string{"mail given up", "mail not delivered yet", "mail delivered", "request failed", `"route":"/fr/confirm/:token/code"`} {
		if !strings.Contains(logged, want) {
			w.Errorf("this test does not bring about that %q is logged", want)
		}
	}
	private := append(slices.Collect(maps.Keys(w.secrets)), "Xylophone", "ylophone", "zebra", "yak", "wolf", "example.org", "nowhere")
	for _, s := range answered {
		for _, values := range s.answers {
			private = append(private, values...)
		}
	}
	found := 0
	for _, p := range private {
		if len(p) > 3 {
			found++
			if strings.Contains(logged, p) {
				w.Errorf("the log holds %q", p)
			}
		}
	}
	if lines := strings.Count(logged, "\n"); lines < 80 || found < 60 {
		w.Errorf("this test looks for %d words in %d lines only", found, lines)
	}
}
