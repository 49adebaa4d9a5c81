//go:build e2e

package e2e

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// A transcript is all that a browser has been told, but for what is secret and
// what is about a moment.
type transcript struct {
	http.RoundTripper
	told strings.Builder
}

var changing = regexp.MustCompile(`Date: .*|draft=\w+|\w{10}-\w{26}|(value="|sent=)\d{10,}(\.[\w-]+)?|name="version" value="[^"]*|\d+(:|.h.)\d\d|(zoe|eva|[ze]•••)@`)

func (tr *transcript) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := tr.RoundTripper.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	told, err := httputil.DumpResponse(res, true)
	tr.told.WriteString(changing.ReplaceAllString(r.Method+" "+string(told), "…"))
	return res, err
}

// What a browser is told, and how many letters go out, does not depend on
// whether an address is a member's. Only the owner of the mailbox is told.
func TestNothingButTheLetterTellsWhoIsAMember(t *testing.T) {
	onStores(t, func(t *testing.T, _ way, s settings, relay *relay) {
		startProcess(t, s)
		first := newApplicant(t, s)
		first.apply()
		first.confirm(parseLetter(t, relay.next(t)).text)
		relay.next(t) // the welcome

		told, letters := make(map[string]string), make(map[string]string)
		for _, address := range []string{"zoe@example.org", "eva@example.org"} {
			a := newApplicant(t, s)
			tr := &transcript{RoundTripper: a.Transport}
			a.Transport = tr
			letters[address] = a.tries(s, relay, address)
			told[address] = tr.told.String()
		}
		member, stranger := strings.Split(told["zoe@example.org"], "\n"), strings.Split(told["eva@example.org"], "\n")
		for i := range min(len(member), len(stranger)) {
			if member[i] != stranger[i] {
				t.Errorf("a member is told %q and somebody else %q", member[i], stranger[i])
			}
		}
		if len(member) != len(stranger) || len(member) < 500 {
			t.Errorf("a member is told %d lines, and somebody else %d", len(member), len(stranger))
		}
		if letters["zoe@example.org"] == letters["eva@example.org"] {
			t.Errorf("a member gets the letters that everybody gets: %s", letters["zoe@example.org"])
		}
		if zoe, eva := mails(t, s, "mailbox LIKE 'zoe@%'")-2, mails(t, s, "mailbox LIKE 'eva@%'"); zoe != 2 || eva != 2 {
			t.Errorf("a member gets %d letters and somebody else %d, want two each", zoe, eva)
		}
	})
}

// tries does all that shows anything about an application, and returns the
// subjects of the letters.
func (a *applicant) tries(s settings, relay *relay, address string) (subjects string) {
	a.Helper()
	taken := make(chan struct{})
	relay.weather.Store(&weather{content: func(net.Conn) error { <-taken; return nil }})
	a.applyFrom(address) // and see that the letter is under way
	l := parseLetter(a.T, relay.next(a.T))
	link, code := a.confirmation(l.text)
	close(taken)
	eventually(a.T, "the letter is delivered", func() error {
		if n := mails(a.T, s, "state = 'waiting'"); n > 0 {
			return fmt.Errorf("%d wait", n)
		}
		return nil
	})
	a.post("/fr/apply/sent/again", nil) // too early
	a.try("/fr/apply/sent/code", url.Values{"code": {code[1:] + code[:1]}})
	a.try("/fr/apply/sent/address", url.Values{"address": {"nope"}})
	cookies := a.Jar
	a.Jar = nil
	a.open(link)
	a.Jar = cookies
	a.confirm(l.text)
	a.open("/fr/apply/sent")
	return l.subject + ", " + parseLetter(a.T, relay.next(a.T)).subject
}
