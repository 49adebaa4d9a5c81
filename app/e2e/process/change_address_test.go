//go:build e2e

package process

import (
	"net/url"
	"regexp"
	"strings"
	"testing"

	"joinery/app/e2e/harness"
)

var addressLink = regexp.MustCompile(`http://\S+(/fr/address/\S+)`)

// TestAMemberGetsAnotherAddress by the command beside the running site, a letter to the new
// address, and its code. The address from before is told, and leads to nobody then.
func TestAMemberGetsAnotherAddress(t *testing.T) {
	t.Parallel()
	addr := harness.FreeAddr(t)
	server, s := harness.StartMailServer(t, addr), harness.MailSettings(t, addr)
	site := start(t, s)
	zoe := harness.NewApplicant(t, s)
	zoe.Apply()
	zoe.Confirm(server.NextLetter(t).Text)
	server.NextLetter(t) // the welcome
	if status, out, errors := result(t, s, "change-address", "zoe@example.org", "zoe@new.example.org"); status != 0 || !strings.HasPrefix(out, "A letter asks zoe@new.example.org to confirm") {
		t.Fatalf("change-address ends with %d and prints\n%s%s", status, out, errors)
	}
	site.stop(t)
	start(t, s) // which looks at the queue at once, and otherwise within a minute
	letter := server.NextLetter(t)
	link, code := addressLink.FindStringSubmatch(letter.Text), restoreCode.FindString(letter.Text)
	if link == nil || code == "" || letter.To != "zoe@new.example.org" {
		t.Fatalf("the letter to %s is\n%s", letter.To, letter.Text)
	}
	if _, page := harness.NewApplicant(t, s).Submit(link[1], url.Values{"code": {code}}); !strings.Contains(page, fr("new_address.done.title")) {
		t.Errorf("after the code the page is\n%s", page)
	}
	if told := server.NextLetter(t); told.To != "zoe@example.org" || !strings.Contains(told.Text, fr("mail.address_changed.heading")) {
		t.Errorf("the address from before gets\n%s", told.Text)
	}
	if status, _, errors := result(t, s, "change-address", "zoe@example.org", "zoe@third.example.org"); status != 1 || !strings.Contains(errors, "no member has this address") {
		t.Errorf("from the address before, change-address ends with %d and says %s", status, errors)
	}
}
