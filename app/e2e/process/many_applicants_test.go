//go:build e2e

package process

import (
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"testing"

	"joinery/app/e2e/harness"
)

func TestManyRequestsAtOnceActOnce(t *testing.T) {
	onEachStore(t, func(t *testing.T, _ harness.Way, s harness.Settings, server *harness.MailServer) {
		start(t, s)
		zoe, stranger := harness.NewApplicant(t, s), harness.NewApplicant(t, s)
		page := zoe.FillIn("zoe@example.org")
		zoe.ReadPage()
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() { expectPage(t)(zoe.PostForm(zoe.Base+"/en/apply/check", harness.ConsentForm(page))) })
		}
		all.Wait()
		if n := countMails(t, s, "TRUE"); n != 1 {
			t.Errorf("sending 20 times at once makes %d letters, want one", n)
		}

		path, _ := zoe.LinkAndCode(server.NextLetter(t).Text)
		_, page = stranger.Open(path)
		stranger.ReadPage()
		for i := range 10 {
			all.Go(func() {
				if i%2 == 0 {
					expectPage(t)(zoe.Get(zoe.Base + path))
					return
				}
				expectPage(t)(stranger.PostForm(zoe.Base+path, url.Values{"choice": {"yes"}, "stamp": {harness.FormToken(page)}}))
			})
		}
		all.Wait()
		if members, letters := harness.Members(t, s), countMails(t, s, "TRUE"); len(members) != 1 || letters != 2 {
			t.Errorf("confirming 10 times at once makes %d members and %d letters, want one and one more", len(members), letters)
		}
	})
}

// expectPage checks that a response is a page, in whichever goroutine it comes.
func expectPage(t *testing.T) func(*http.Response, error) {
	return func(r *http.Response, err error) {
		if err != nil {
			t.Error(err)
			return
		}
		r.Body.Close()
		if r.StatusCode != http.StatusOK {
			t.Errorf("%s is %s", r.Request.URL.Path, r.Status)
		}
	}
}

// TestNoMailboxIsFlooded has mail sent to one mailbox by requests that claim to
// come from different networks. Of those that wait, one network has three for an address.
func TestNoMailboxIsFlooded(t *testing.T) {
	onEachStore(t, func(t *testing.T, _ harness.Way, s harness.Settings, _ *harness.MailServer) {
		start(t, s)
		for mailbox, flood := range map[string]struct {
			address func(i int) string
			want    int // at once
			waits   int
		}{
			"zoe": {func(int) string { return "zoe@example.org" }, 3, 3},
			"max": {func(i int) string { return fmt.Sprintf("Max+%d@example.org", i) }, 10, 20},
		} {
			var senders [30]*harness.Applicant
			var pages [30]string
			for i := range senders {
				senders[i] = harness.NewApplicant(t, s)
				senders[i].Transport = &forger{senders[i].Transport, fmt.Sprintf("198.51.%d.7", i)}
				pages[i] = senders[i].FillIn(flood.address(i))
			}
			senders[0].ReadPage()
			for i := range senders {
				senders[i].Submit("/en/apply/check", harness.ConsentForm(pages[i]))
			}
			for condition, want := range map[string]int{"planned <= unixepoch()": flood.want, "planned > unixepoch()": flood.waits} {
				if n := countMails(t, s, "mailbox_key = '"+keysOf(t, s).Digest("mail mailbox", mailbox+"@example.org")+"' AND "+condition); n != want {
					t.Errorf("30 applications for %s make %d letters with %s, want %d", flood.address(0), n, condition, want)
				}
			}
		}
	})
}

// TestAClassGetsAllItsLetters has 60 people behind one address apply within seconds.
func TestAClassGetsAllItsLetters(t *testing.T) {
	t.Parallel()
	s := harness.NewSettings(t, nil)
	start(t, s)
	people, pages := make([]*harness.Applicant, 60), make([]string, 60)
	for i := range people {
		people[i] = harness.NewApplicant(t, s)
		pages[i] = people[i].FillIn(fmt.Sprintf("student%d@example.org", i))
	}
	people[0].ReadPage()
	for i := range people {
		people[i].Send(pages[i])
	}
	harness.Eventually(t, "the class has its letters", func() error {
		if n := countMails(t, s, "state = 'delivered'"); n != len(people) {
			return fmt.Errorf("%d have come", n)
		}
		return nil
	})
}

// A forger claims of each request that it was passed on for another address.
type forger struct {
	http.RoundTripper
	address string
}

func (f *forger) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("X-Forwarded-For", f.address)
	return f.RoundTripper.RoundTrip(r)
}
