//go:build e2e

package process

import (
	"net/url"
	"regexp"
	"strings"
	"testing"

	"joinery/app/e2e/harness"
)

var (
	restoreLink  = regexp.MustCompile(`http://\S+(/fr/restore/\S+)`)
	restoreCode  = regexp.MustCompile(`(?m)^[A-Z0-9]{9}$`)
	memberChoice = regexp.MustCompile(`name="who" value="([0-9a-f]+)"`)
)

// TestACoupleSharesAMailbox has two people with one address apply, one of them answer the
// question wrongly, and the other put their answers back.
func TestACoupleSharesAMailbox(t *testing.T) {
	onEachStore(t, func(t *testing.T, _ harness.Way, s harness.Settings, server *harness.MailServer) {
		start(t, s)
		zoe, paul, again := harness.NewApplicant(t, s), harness.NewApplicant(t, s), harness.NewApplicant(t, s)
		zoe.Apply()
		zoe.Confirm(server.NextLetter(t).Text)
		server.NextLetter(t) // the welcome

		applyAsPaul(paul)
		path, _ := paul.LinkAndCode(server.NextLetter(t).Text)
		_, page := paul.Open(path)
		member := memberChoice.FindStringSubmatch(page)
		if member == nil || !strings.Contains(page, ">Zoë O.<") {
			t.Fatalf("the page after opening the link is\n%s", page)
		}
		paul.Submit(path+"/who", url.Values{"who": {member[1]}}) // which is wrong
		wantFirstNames(t, s, "Paul")
		letter := server.NextLetter(t).Text
		back, code := restoreLink.FindStringSubmatch(letter), restoreCode.FindString(letter)
		if back == nil || code == "" || !strings.Contains(letter, "\n"+fr("mail.greeting", "Zoë")+"\n") {
			t.Fatalf("the letter that the answers were replaced is\n%s", letter)
		}
		if _, page := zoe.Submit(back[1], url.Values{"code": {code}}); !strings.Contains(page, fr("restore.done.title")) {
			t.Errorf("after putting the answers back the page is\n%s", page)
		}
		wantFirstNames(t, s, "Zoë")

		applyAsPaul(again)
		path, _ = again.LinkAndCode(server.NextLetter(t).Text)
		again.Open(path)
		again.Submit(path+"/who", url.Values{"who": {"new"}})
		wantFirstNames(t, s, "Zoë", "Paul")
	})
}

// applyAsPaul applies with the address that Zoë has.
func applyAsPaul(a *harness.Applicant) {
	a.Helper()
	page := a.FillInAs("zoe@example.org", url.Values{"first_name": {"Paul"}})
	a.ReadPage()
	a.Send(page)
}

// wantFirstNames wants members with these first names, the oldest first.
func wantFirstNames(t *testing.T, s harness.Settings, want ...string) {
	t.Helper()
	var got []string
	for _, m := range harness.Members(t, s) {
		got = append(got, m.Answers["first_name"]...)
	}
	if strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("the members are %q, want %q", got, want)
	}
}
