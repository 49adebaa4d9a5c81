//go:build e2e

package process

import (
	"errors"
	"net/url"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/emersion/go-smtp"

	"joinery/app/e2e/harness"
	"joinery/app/redistest"
)

var resumeLink = regexp.MustCompile(`http://\S+(/(?:en|fr)/resume/\S+)`)

// erasedAll is what erase says of a traced person.
var erasedAll = regexp.MustCompile(`^Erased: 1 member with 0 former answers, 1 waiting application, \d drafts?, 5 letters\.
Removed too: 2 address changes not confirmed yet\.
The proof of 3 consents stays until \d{4}-\d\d-\d\d at the latest, with neither name nor address \(CONSENT_KEEP\)\.
(Redis has written its files anew|The journal of the drafts is empty)\.
Backups that were made before keep what they have\.
$`)

var title = regexp.MustCompile(`<title>.*`)

// A traced person is held in every way that there is: as a member who had another address
// before and has asked for the next, as one whose address another member asks for, with an
// application that waits, with a draft, and with letters that were sent and that wait.
type traced struct {
	*testing.T
	s       harness.Settings
	site    *process
	server  *harness.MailServer
	member  *harness.Applicant
	drafter *harness.Applicant
	links   map[string]string // what the page of each says once there is nothing any more
	logged  string            // by sites that were stopped
}

// The addresses of a traced person, who has the second one.
const formerAddress, tracedAddress, nextAddress = "privatissima@former.example", "Xanthippa@private.example", "privatissima@next.example"

var tracedNames = url.Values{"first_name": {"Xanthippa"}, "last_name": {"Privatissima"}}

// TestNothingIsLeftOfAPersonWhoIsErased in any file, while the site runs, and another person
// is whole.
func TestNothingIsLeftOfAPersonWhoIsErased(t *testing.T) {
	t.Parallel()
	for store, options := range map[string][]string{
		"in the embedded store":                        nil,
		"in a Redis with an append-only file":          {"--appendonly", "yes", "--appendfsync", "always"},
		"in a Redis with snapshots and an append file": {"--appendonly", "yes", "--save", "900 1"},
	} {
		t.Run(store, func(t *testing.T) {
			addr := harness.FreeAddr(t)
			p := &traced{T: t, server: harness.StartMailServer(t, addr), s: harness.MailSettings(t, addr), links: make(map[string]string)}
			folders := []string{p.s["DATA"]}
			if options != nil {
				dir := t.TempDir()
				p.s["REDIS_URL"], folders = redistest.New(t, append([]string{"--dir", dir}, options...)...).URL, append(folders, dir)
			}
			p.s["MAIL_PER_ADDRESS"] = "50/1h"
			p.site = start(t, p.s)
			t.Parallel() // from here on: the addresses are taken
			other := p.joinAsOlaf()
			p.leaveTraces()
			p.wantTraces(folders)
			if before := filepath.Dir(backedUp(t, p.s)); p.found([]string{before}) == "" {
				t.Error("the test does not see what is in a backup")
			}

			status, out, said := result(t, p.s, "erase", "XANTHIPPA@private.EXAMPLE", "--yes", "--all")
			if status != 0 || !erasedAll.MatchString(out) {
				t.Errorf("erase ends with %d, prints\n%s%s", status, out, said)
			}
			p.wantNoTrace(append(folders, filepath.Dir(backedUp(t, p.s))))
			p.wantDeadLinks()
			p.wantWhole(other)
		})
	}
}

// joinAsOlaf makes another member, who fills in another application in the same browser.
func (p *traced) joinAsOlaf() *harness.Applicant {
	olaf := harness.NewApplicant(p.T, p.s)
	page := olaf.FillInAs("olaf@example.org", url.Values{"first_name": {"Olaf"}})
	olaf.ReadPage()
	olaf.Send(page)
	olaf.Confirm(p.server.NextLetter(p.T).Text)
	p.server.NextLetter(p.T) // the welcome
	drafter := harness.NewApplicant(p.T, p.s)
	drafter.FillInAs("olaf@example.org", url.Values{"first_name": {"Olaf"}})
	return drafter
}

// leaveTraces leaves all traces of a person.
func (p *traced) leaveTraces() {
	p.member, p.drafter = harness.NewApplicant(p.T, p.s), harness.NewApplicant(p.T, p.s)
	p.applyAs(p.member, formerAddress)
	confirmation := p.server.NextLetter(p.T).Text
	p.member.Confirm(confirmation)
	p.links[first(p.member.LinkAndCode(confirmation))] = fr("link.withdrawn.title")
	p.server.NextLetter(p.T) // the welcome
	p.move()

	p.drafter.FillInAs(tracedAddress, tracedNames)
	p.askForLink(p.drafter, "/en/apply/later")
	link := resumeLink.FindStringSubmatch(p.server.NextLetter(p.T).Text)
	if link == nil {
		p.Fatal("no link to the draft was mailed")
	}
	p.links[link[1]] = fr("resume.mistyped.title")

	waiting := harness.NewApplicant(p.T, p.s)
	p.applyAs(waiting, tracedAddress)
	p.links[first(waiting.LinkAndCode(p.server.NextLetter(p.T).Text))] = fr("link.withdrawn.title")
	p.server.SetReplies(harness.Replies{Recipient: func(string) error { return &smtp.SMTPError{Code: 451, Message: "later"} }})
	p.askForLink(harness.NewApplicant(p.T, p.s), "/en/resume")
	p.changeAddress(tracedAddress, nextAddress)
	p.changeAddress("olaf@example.org", tracedAddress)
	harness.Eventually(p.T, "a letter waits", func() error {
		if countMails(p.T, p.s, "state = 'waiting' AND failure <> ''") == 0 {
			return errors.New("none does")
		}
		return nil
	})
}

// move gives the member another address.
func (p *traced) move() {
	p.changeAddress(formerAddress, tracedAddress)
	p.site.stop(p.T)
	p.logged += p.site.out.String() + p.site.err.String()
	p.site = start(p.T, p.s) // which looks at the queue at once, and otherwise within a minute
	letter := p.server.NextLetter(p.T)
	link, code := addressLink.FindStringSubmatch(letter.Text), restoreCode.FindString(letter.Text)
	if link == nil || code == "" {
		p.Fatalf("the letter to %s is\n%s", letter.To, letter.Text)
	}
	p.member.Submit(link[1], url.Values{"code": {code}})
	if told := p.server.NextLetter(p.T); told.To != formerAddress {
		p.Errorf("%s is told", told.To)
	}
	p.links[link[1]] = fr("new_address.mistyped.title")
}

func (p *traced) changeAddress(from, to string) {
	if status, out, said := result(p.T, p.s, "change-address", from, to); status != 0 {
		p.Fatalf("change-address ends with %d, prints\n%s%s", status, out, said)
	}
}

// askForLink asks for a link by mail on a page that is read.
func (p *traced) askForLink(a *harness.Applicant, path string) {
	_, page := a.Open(path)
	a.ReadPage()
	a.Submit(path, url.Values{"address": {tracedAddress}, "stamp": {harness.FormToken(page)}})
}

// first returns the first of two.
func first(a, _ string) string { return a }

func (p *traced) applyAs(a *harness.Applicant, address string) {
	page := a.FillInAs(address, tracedNames)
	a.ReadPage()
	a.Send(page)
}

// wantTraces wants the test to see what it looks for.
func (p *traced) wantTraces(folders []string) {
	if !strings.Contains(p.found(folders), "joinery.db") {
		p.Error("the test does not see what is in the database")
	}
	if status, out, said := result(p.T, p.s, "export", tracedAddress); status != 0 || strings.Count(out, `"Privatissima"`) != 6 { // thrice, each as value and in words
		p.Errorf("export ends with %d, prints\n%s%s", status, out, said)
	}
	if status, out, _ := result(p.T, p.s, "erase", tracedAddress); status == 0 {
		p.Errorf("without a terminal and --yes it prints\n%s", out)
	}
}

// found returns the files with a trace.
func (p *traced) found(folders []string) string {
	out, _ := exec.Command("grep", append([]string{"-ril", "-e", "xanthippa", "-e", "privatissima"}, folders...)...).Output() // it fails where it finds nothing
	return string(out)
}

func (p *traced) wantNoTrace(folders []string) {
	if found := p.found(folders); found != "" {
		p.Errorf("there is still something in\n%s", found)
	}
	if status, out, said := result(p.T, p.s, "find", "xanthippa"); status != 0 || out != "Nothing is found.\n" {
		p.Errorf("find ends with %d, prints\n%s%s", status, out, said)
	}
	if log := strings.ToLower(p.logged + p.site.out.String() + p.site.err.String()); strings.Contains(log, "xanthippa") || strings.Contains(log, "privatissima") {
		p.Errorf("the site logs\n%s", log)
	}
}

func (p *traced) wantDeadLinks() {
	for link, want := range p.links {
		if page := harness.NewApplicant(p.T, p.s).TryOpen(link); !strings.Contains(page, want) {
			p.Errorf("%s leads to %q, want %q", link, title.FindString(page), want)
		}
	}
	if page := p.drafter.TryOpen("/en/apply/about"); strings.Contains(page, "Xanthippa") {
		p.Errorf("the browser of the draft shows\n%s", page)
	}
}

func (p *traced) wantWhole(olaf *harness.Applicant) {
	wantFirstNames(p.T, p.s, "Olaf")
	if _, page := olaf.Open("/en/apply/check"); !strings.Contains(page, "Olaf") {
		p.Errorf("the draft of the other person is\n%s", page)
	}
}
