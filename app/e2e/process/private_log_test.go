//go:build e2e

package process

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

	"joinery/app/e2e/harness"
	"joinery/app/redistest"
)

// A recorder knows all that must not stand in the log of a site: what people
// type, and what only their browsers and mailboxes are told.
type recorder struct {
	*testing.T
	settings harness.Settings
	server   *harness.MailServer
	secrets  map[string]bool
	token    string // form token of a page that was read
}

// secret finds what opens something, in pages, cookies, addresses of pages and
// letters.
var secret = regexp.MustCompile(`name="(?:stamp|press)" value="([^"]+)"|draft=(\w+)|/(?:confirm|resume|code)/(\w{8,})(?:-(\w+))?|<strong>(\w{4} \w{4})</strong>|(?m:^([A-Z0-9]{6})$)`)

// record keeps the secrets in a text.
func (r *recorder) record(text string) {
	for _, found := range secret.FindAllStringSubmatch(text, -1) {
		for _, s := range found[1:] {
			r.secrets[s] = true
		}
	}
}

// newApplicant returns an applicant whose secrets are recorded.
func (r *recorder) newApplicant() *harness.Applicant {
	a := harness.NewApplicant(r.T, r.settings)
	a.Transport = recorded{a.Transport, r}
	return a
}

type recorded struct {
	http.RoundTripper
	by *recorder
}

func (o recorded) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := o.RoundTripper.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(res.Body)
	res.Body.Close()
	res.Body = io.NopCloser(strings.NewReader(string(body)))
	o.by.record(fmt.Sprint(r.URL, res.Header, "\n", string(body)))
	return res, err
}

// nextLetter waits for a letter with a link of a kind, and returns its text.
func (r *recorder) nextLetter(kind string) string {
	r.Helper()
	for {
		text := r.server.NextLetter(r.T).Text
		if r.record(text); strings.Contains(text, kind) {
			return text
		}
	}
}

// addressForm returns a form with an address alone, from a page that was read.
func (r *recorder) addressForm(address string) url.Values {
	return url.Values{"address": {address}, "stamp": {r.token}}
}

// Several people do all that can be done, right and wrong, while the stores and
// the mail server answer and while they do not.
func TestTheLogHoldsNothingPrivate(t *testing.T) {
	t.Parallel()
	redis, addr := redistest.New(t), harness.FreeAddr(t)
	s := harness.MailSettings(t, addr)
	s["REDIS_URL"] = redis.URL
	r := &recorder{T: t, settings: s, server: harness.StartMailServer(t, addr), secrets: make(map[string]bool)}
	site := start(t, s)
	zoe, laptop, stranger := r.newApplicant(), r.newApplicant(), r.newApplicant()
	_, page := zoe.Open("/en/resume")
	zoe.ReadPage()
	r.token = harness.FormToken(page)

	r.fillIn(zoe, laptop)
	link := r.confirm(zoe, stranger)
	r.withdraw(r.newApplicant(), stranger)
	r.failDelivery(r.newApplicant())
	redis.Stop()
	r.openWithoutStores(zoe, link)
	site.stop(t)
	r.expectSilence(site.out.String() + site.err.String())
}

// fillIn fills in the form, right and wrong, and asks for links and codes.
func (r *recorder) fillIn(zoe, laptop *harness.Applicant) {
	about := maps.Clone(harness.Zoe[0].Answers)
	about.Set("email", "Xylophone@nowhere")
	for _, path := range []string{"", "/save", "/email"} {
		r.newApplicant().TrySubmit("/en/apply/about"+path, about)
	}
	zoe.FillIn("zoe.zebra@example.org")
	zoe.TrySubmit("/en/apply/later", r.addressForm("zoe.zebra@example.org"))
	link := strings.TrimPrefix(regexp.MustCompile(`http://\S+/resume/\S+`).FindString(r.nextLetter("/resume/")), zoe.Base)
	zoe.TryOpen(link) // proves the mailbox, so that the draft stays open there
	for _, path := range []string{link, link + "x", link + "/nowhere", link + "/renew"} {
		laptop.TrySubmit(path, nil)
		laptop.TryOpen(path)
	}
	zoe.TrySubmit("/en/apply/phone", nil)
	_, page := zoe.Open("/en/apply/phone")
	code := regexp.MustCompile(`<strong>(\w{4} \w{4})</strong>`).FindStringSubmatch(page)
	for _, typed := range []string{"AAAA AAAA", code[1]} {
		r.newApplicant().TrySubmit("/en/code", url.Values{"code": {typed}})
	}
	laptop.TrySubmit("/en/resume", r.addressForm("zoe.zebra@example.org"))
	r.nextLetter("/resume/")
}

// confirm confirms an application in every way, and returns the last link.
func (r *recorder) confirm(zoe, stranger *harness.Applicant) (link string) {
	zoe.TrySubmit("/en/apply/check", url.Values{"given": {"consent_privacy"}, "website": {"Xylophone"}})
	zoe.TrySubmit("/en/apply/check", url.Values{"given": {"consent_privacy"}, "stamp": {r.token}})
	link, code := zoe.LinkAndCode(r.nextLetter("/confirm/"))
	zoe.TrySubmit("/fr/apply/sent/again", nil)
	zoe.TrySubmit("/fr/apply/sent/address", r.addressForm("Xylophone@nowhere"))
	for _, path := range []string{link, link + "x", link + "/not-mine", link + "/nowhere"} {
		stranger.TryOpen(path)
	}
	stranger.TrySubmit(link, url.Values{"choice": {"yes"}, "stamp": {harness.FormToken(stranger.TryOpen(link))}}) // sooner than people
	stranger.TrySubmit(link+"/code", url.Values{"choice": {"yes"}, "code": {code[1:] + code[:1]}})
	stranger.TrySubmit(link+"/renew", url.Values{"stamp": {r.token}})
	zoe.TrySubmit("/fr/apply/sent/address", r.addressForm("zoe.yak@example.org"))
	stranger.TryOpen(link)
	link, code = zoe.LinkAndCode(r.nextLetter("/confirm/"))
	for _, typed := range []string{code[1:] + code[:1], code} {
		zoe.TrySubmit("/fr/apply/sent/code", url.Values{"code": {typed}})
	}
	return link
}

// withdraw withdraws an application by its link and code.
func (r *recorder) withdraw(max, stranger *harness.Applicant) {
	max.FillIn("max.zebra@example.org")
	max.TrySubmit("/en/apply/check", url.Values{"given": {"consent_privacy"}, "stamp": {r.token}})
	link, code := max.LinkAndCode(r.nextLetter("/confirm/"))
	stranger.TrySubmit(link, url.Values{"choice": {"no"}, "stamp": {harness.FormToken(stranger.TryOpen(link))}})
	for _, typed := range []string{code[1:] + code[:1], code} {
		stranger.TrySubmit(link+"/code", url.Values{"choice": {"delete"}, "code": {typed}})
	}
	if page := stranger.TryOpen(link); !strings.Contains(page, "retirée") {
		r.Errorf("with the code the application is not withdrawn, but there is\n%s", page)
	}
}

// failDelivery has letters refused by a mail server that names the recipient,
// and by one that is not there.
func (r *recorder) failDelivery(eva *harness.Applicant) {
	r.server.SetReplies(harness.Replies{Recipient: refuse(550)})
	eva.FillIn("eva.zebra@example.org")
	eva.TrySubmit("/en/apply/check", url.Values{"given": {"consent_privacy"}, "stamp": {r.token}})
	r.waitForMail("state = 'abandoned' AND failure = 'recipient'")
	r.server.SetReplies(harness.Replies{Content: func(c net.Conn) error { return refuse(451)("zoe.zebra@example.org") }})
	eva.TrySubmit("/fr/apply/sent/address", r.addressForm("eva.yak@example.org"))
	r.waitForMail("failure = 'content'")
	r.server.Close()
	eva.TrySubmit("/fr/apply/sent/address", r.addressForm("eva.wolf@example.org"))
	r.waitForMail("failure = 'connecting'")
}

// waitForMail waits until a condition in SQL describes one letter.
func (r *recorder) waitForMail(condition string) {
	r.Helper()
	harness.Eventually(r.T, "there is a letter with "+condition, func() error {
		if n := countMails(r.T, r.settings, condition); n != 1 {
			return fmt.Errorf("there are %d", n)
		}
		return nil
	})
}

// openWithoutStores opens pages while Redis is down.
func (r *recorder) openWithoutStores(zoe *harness.Applicant, link string) {
	r.newApplicant().TryOpen("/en/apply/about")
	res, err := zoe.PostForm(zoe.Base+"/en/apply/about", harness.Zoe[0].Answers)
	if err != nil {
		r.Fatal(err)
	}
	res.Body.Close()
	for _, path := range []string{link, "/en/apply", "/readyz", "/en/Xylophone?email=zoe.zebra@example.org", "/en/apply/Xylophone", "/%ff" + link} {
		zoe.TryOpen(path)
	}
}

// expectSilence checks what was logged.
func (r *recorder) expectSilence(logged string) {
	for _, want := range []string{"mail given up", "mail not delivered yet", "mail delivered", "request failed", `"route":"/fr/confirm/:token/code"`} {
		if !strings.Contains(logged, want) {
			r.Errorf("this test does not bring about that %q is logged", want)
		}
	}
	private := append(slices.Collect(maps.Keys(r.secrets)), "Xylophone", "ylophone", "zebra", "yak", "wolf", "example.org", "nowhere")
	for _, s := range harness.Zoe {
		for _, values := range s.Answers {
			private = append(private, values...)
		}
	}
	found := 0
	for _, p := range private {
		if len(p) > 3 {
			found++
			if strings.Contains(logged, p) {
				r.Errorf("the log holds %q", p)
			}
		}
	}
	if lines := strings.Count(logged, "\n"); lines < 80 || found < 60 {
		r.Errorf("this test looks for %d words in %d lines only", found, lines)
	}
}
