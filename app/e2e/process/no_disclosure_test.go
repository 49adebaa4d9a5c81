//go:build e2e

package process

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"joinery/app/e2e/harness"
)

// A transcript is all that a browser has been told, but for what is secret and
// what is about a moment.
type transcript struct {
	http.RoundTripper
	text strings.Builder
}

var changing = regexp.MustCompile(`Date: .*|X-Request-Id: .*|draft=\w+|\w{10}-\w{26}|(value="|sent=|at=)\d{10,}(\.[\w-]+)?|name="version" value="[^"]*|\d+(:|.c.)\d\d|(zoe|eva|[ze]•••)@`)

func (tr *transcript) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := tr.RoundTripper.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	text, err := httputil.DumpResponse(res, true)
	tr.text.WriteString(changing.ReplaceAllString(r.Method+" "+string(text), "…"))
	return res, err
}

// What a browser is told, and how many letters go out, does not depend on
// whether an address is a member's. Only the owner of the mailbox is told, once they have
// proven that it is theirs.
func TestOnlyTheMailboxTellsMembersApart(t *testing.T) {
	onEachStore(t, func(t *testing.T, _ harness.Way, s harness.Settings, server *harness.MailServer) {
		start(t, s)
		first := harness.NewApplicant(t, s)
		first.Apply()
		first.Confirm(server.NextLetter(t).Text)
		server.NextLetter(t) // the welcome

		told, subjects := make(map[string][]string), make(map[string]string)
		for _, address := range []string{"zoe@example.org", "eva@example.org"} {
			a := harness.NewApplicant(t, s)
			tr := &transcript{RoundTripper: a.Transport}
			a.Transport = tr
			letter := applyOnEveryPath(a, s, server, address)
			told[address] = strings.Split(tr.text.String(), "\n")
			subjects[address] = letter.Subject + ", " + proveMailbox(a, server, letter).Subject
		}
		expectSame(t, told["zoe@example.org"], told["eva@example.org"])
		if subjects["zoe@example.org"] == subjects["eva@example.org"] {
			t.Errorf("a member gets the letters that everybody gets: %s", subjects["zoe@example.org"])
		}
		if zoe, eva := countMailsTo(t, s, "zoe@example.org")-2, countMailsTo(t, s, "eva@example.org"); zoe != 2 || eva != 2 {
			t.Errorf("a member gets %d letters and a stranger %d, want two each", zoe, eva)
		}
	})
}

// expectSame compares what a member and a stranger are told.
func expectSame(t *testing.T, member, stranger []string) {
	t.Helper()
	for i := range min(len(member), len(stranger)) {
		if member[i] != stranger[i] {
			t.Errorf("a member is told %q and a stranger %q", member[i], stranger[i])
		}
	}
	if len(member) != len(stranger) || len(member) < 500 {
		t.Errorf("a member is told %d lines, and a stranger %d", len(member), len(stranger))
	}
}

// applyOnEveryPath does all that shows anything about an application whose mailbox is not
// proven, and returns the letter.
func applyOnEveryPath(a *harness.Applicant, s harness.Settings, server *harness.MailServer, address string) harness.Letter {
	a.Helper()
	taken := make(chan struct{})
	server.SetReplies(harness.Replies{Content: func(net.Conn) error { <-taken; return nil }})
	a.ApplyAs(address) // and see that the letter is under way
	l := server.NextLetter(a.T)
	link, code := a.LinkAndCode(l.Text)
	close(taken)
	harness.Eventually(a.T, "the letter is delivered", func() error {
		if n := countMails(a.T, s, "state = 'waiting'"); n > 0 {
			return fmt.Errorf("%d wait", n)
		}
		return nil
	})
	a.Submit("/fr/apply/sent/again", nil) // too early
	a.TrySubmit("/fr/apply/sent/code", url.Values{"code": {code[1:] + code[:1]}})
	a.TrySubmit("/fr/apply/sent/address", url.Values{"address": {"nope"}})
	cookies := a.Jar
	a.Jar = nil
	a.Open(link)
	a.Jar = cookies
	a.Open("/fr/apply/sent")
	return l
}

// proveMailbox opens the link where the application was sent from, answers the question if
// there is one, and returns the letter about it.
func proveMailbox(a *harness.Applicant, server *harness.MailServer, l harness.Letter) harness.Letter {
	a.Helper()
	link, _ := a.LinkAndCode(l.Text)
	_, page := a.Open(link)
	if member := memberChoice.FindStringSubmatch(page); member != nil {
		_, page = a.Submit(link+"/who", url.Values{"who": {member[1]}})
	}
	if !strings.Contains(page, "Vous êtes membre") && !strings.Contains(page, "Vos réponses sont à jour") {
		a.Errorf("after the confirmation the page says\n%s", page)
	}
	return server.NextLetter(a.T)
}
