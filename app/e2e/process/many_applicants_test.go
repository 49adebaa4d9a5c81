//go:build e2e

package e2e

import (
	"database/sql"
	"fmt"
	"net/http"
	"net/url"
	"path/filepath"
	"sync"
	"testing"

	"joinery/app/redistest"
)

// onStores runs a test on either store of drafts, in one of the ways each, with
// settings of a site whose mail goes to a relay.
func onStores(t *testing.T, test func(*testing.T, way, settings, *relay)) {
	t.Parallel()
	for store, w := range map[string]way{"in the embedded store": bothScripts[0], "in Redis": bothScripts[1]} {
		t.Run(store, func(t *testing.T) {
			t.Parallel()
			addr := freeAddr(t)
			s := mailSettings(t, addr)
			if store == "in Redis" {
				s["REDIS_URL"] = redistest.Start(t)
			}
			test(t, w, s, startRelay(t, addr))
		})
	}
}

// mails returns how many letters a condition in SQL describes.
func mails(t *testing.T, s settings, which string) (n int) {
	t.Helper()
	file, err := sql.Open("sqlite3", filepath.Join(s["DATA"], "joinery.db")+"?_busy_timeout=5000")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := file.QueryRow(`SELECT count(*) FROM mails WHERE ` + which).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestManyAtOnceAreOne(t *testing.T) {
	onStores(t, func(t *testing.T, _ way, s settings, relay *relay) {
		startProcess(t, s)
		zoe, stranger := newApplicant(t, s), newApplicant(t, s)
		page := zoe.answers("zoe@example.org")
		zoe.reads()
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() { zoe.wantPage(zoe.PostForm(zoe.base+"/en/apply/check", consenting(page))) })
		}
		all.Wait()
		if n := mails(t, s, "TRUE"); n != 1 {
			t.Errorf("sending 20 times at once makes %d letters, want one", n)
		}

		path, _ := zoe.confirmation(parseLetter(t, relay.next(t)).text)
		_, page = stranger.open(path)
		stranger.reads()
		for i := range 10 {
			all.Go(func() {
				if i%2 == 0 {
					zoe.wantPage(zoe.Get(zoe.base + path))
					return
				}
				stranger.wantPage(stranger.PostForm(zoe.base+path, url.Values{"choice": {"yes"}, "stamp": {stampIn(page)}}))
			})
		}
		all.Wait()
		_, out, _ := result(t, s, "members", "--format", "json")
		if _, members := readJSON(t, out); len(members) != 1 || mails(t, s, "TRUE") != 2 {
			t.Errorf("confirming 10 times at once makes %d members and %d letters, want one and one more", len(members), mails(t, s, "TRUE"))
		}
	})
}

// wantPage checks that an answer is a page, in whichever goroutine it comes.
func (a *applicant) wantPage(r *http.Response, err error) {
	if err != nil {
		a.Error(err)
		return
	}
	r.Body.Close()
	if r.StatusCode != http.StatusOK {
		a.Errorf("%s is %s", r.Request.URL.Path, r.Status)
	}
}

// Whoever has mail sent to somebody else, and says each time that they come from
// elsewhere, sees nothing of its being too much.
func TestNobodyIsBombedWithMail(t *testing.T) {
	onStores(t, func(t *testing.T, _ way, s settings, _ *relay) {
		startProcess(t, s)
		for who, bomb := range map[string]struct {
			address func(i int) string
			want    int
		}{
			"zoe": {func(int) string { return "zoe@example.org" }, 3},
			"max": {func(i int) string { return fmt.Sprintf("Max+%d@example.org", i) }, 10},
		} {
			var bombers [30]*applicant
			var pages [30]string
			for i := range bombers {
				bombers[i] = newApplicant(t, s)
				bombers[i].Transport = &forger{bombers[i].Transport, fmt.Sprintf("198.51.%d.7", i)}
				pages[i] = bombers[i].answers(bomb.address(i))
			}
			bombers[0].reads()
			for i := range bombers {
				bombers[i].sends(pages[i])
			}
			if n := mails(t, s, "mailbox_key = '"+who+"@example.org'"); n != bomb.want {
				t.Errorf("30 applications for %s make %d letters, want %d", bomb.address(0), n, bomb.want)
			}
		}
	})
}

// A forger says of each request that it was passed on for another address.
type forger struct {
	http.RoundTripper
	address string
}

func (f *forger) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("X-Forwarded-For", f.address)
	return f.RoundTripper.RoundTrip(r)
}
