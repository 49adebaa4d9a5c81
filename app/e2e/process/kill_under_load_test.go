//go:build e2e

package process

import (
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"joinery/app/e2e/harness"
	"joinery/app/i18n"
)

var kills = flag.Int("kills", 3, "how often the program is killed under load")

// TestNothingAcknowledgedIsLostByKilling saves drafts, submits and confirms at the same time,
// kills the program in the midst of it, and looks for what was acknowledged.
func TestNothingAcknowledgedIsLostByKilling(t *testing.T) {
	onEachStore(t, func(t *testing.T, _ harness.Way, s harness.Settings, server *harness.MailServer) {
		s["MAIL_PER_NETWORK"] = "100000/1h"
		s["MAIL_TOTAL"] = "100000/1h"
		s["DRAFTS_PER_NETWORK"], s["DRAFTS_TOTAL"] = "100000/1h", "100000/1h"
		site, acknowledged := start(t, s), 0
		for round := range *kills {
			crowd := newCrowd(t, s, server, round)
			crowd.begin()
			crowd.await(1 + rand.Int64N(3*crowdSize)) // the kill comes at any moment
			site.kill()
			crowd.killed.Store(true)
			crowd.working.Wait()
			site = start(t, s)
			acknowledged += crowd.wantAcknowledged()
		}
		wantSoundFiles(t, s)
		if acknowledged < *kills {
			t.Errorf("in %d rounds only %d steps were acknowledged: this test kills too early", *kills, acknowledged)
		}
		t.Attr("measured", fmt.Sprintf("killed %d times; %d steps were acknowledged", *kills, acknowledged))
	})
}

// crowdSize is how many applicants do each of three things.
const crowdSize = 6

// A crowd does things at the same time until the program is killed, and notes what was
// acknowledged.
type crowd struct {
	*testing.T
	settings                    harness.Settings
	round                       int
	savers, senders, confirmers []*harness.Applicant
	reviews, links              []string
	working                     sync.WaitGroup
	saved                       [crowdSize]int // the number in the last save that was acknowledged
	acknowledged                atomic.Int64   // about how many steps were, so far
	killed                      atomic.Bool
	sent, confirmed             [crowdSize]bool
}

// newCrowd returns a crowd of which each is one step before the end.
func newCrowd(t *testing.T, s harness.Settings, server *harness.MailServer, round int) *crowd {
	t.Helper()
	c := &crowd{T: t, settings: s, round: round}
	var waiting []string
	for i := range crowdSize {
		saver, sender, confirmer := harness.NewApplicant(t, s), harness.NewApplicant(t, s), harness.NewApplicant(t, s)
		saver.Save("/en/apply/about", harness.Zoe[0].Answers)
		c.savers, c.senders, c.confirmers = append(c.savers, saver), append(c.senders, sender), append(c.confirmers, confirmer)
		c.reviews = append(c.reviews, sender.FillIn(fmt.Sprintf("sender%d-%d@example.org", round, i)))
		waiting = append(waiting, confirmer.FillIn(c.address(i)))
	}
	c.savers[0].ReadPage()
	for i, a := range c.confirmers {
		a.Send(waiting[i])
	}
	c.links = make([]string, crowdSize)
	for slices.Contains(c.links, "") {
		letter := server.NextLetter(t)
		for i, a := range c.confirmers {
			if letter.To == c.address(i) {
				c.links[i], _ = a.LinkAndCode(letter.Text)
			}
		}
	}
	return c
}

func (c *crowd) address(i int) string { return fmt.Sprintf("confirmer%d-%d@example.org", c.round, i) }

// begin lets everybody work.
func (c *crowd) begin() {
	for i := range crowdSize {
		c.working.Go(func() {
			for n := 1; c.save(i, n); n++ {
				c.saved[i] = n
				c.acknowledged.Add(1)
			}
		})
		c.working.Go(func() {
			c.await(int64(2 * i)) // not all before the kill
			status, at, _ := attempt(c.senders[i], "/en/apply/check", harness.ConsentForm(c.reviews[i]))
			c.sent[i] = status == http.StatusOK && at == "/en/apply/sent"
			c.acknowledged.Add(1)
		})
		c.working.Go(func() {
			c.await(int64(2*i + 1))
			_, _, page := attempt(c.confirmers[i], c.links[i], nil)
			c.confirmed[i] = strings.Contains(page, i18n.T(i18n.French, "link.used.title"))
		})
	}
}

// await waits until about so many steps were acknowledged.
func (c *crowd) await(steps int64) {
	harness.Eventually(c.T, "steps are acknowledged", func() error {
		if there := c.acknowledged.Load(); there < steps && !c.killed.Load() {
			return fmt.Errorf("there are %d", there)
		}
		return nil
	})
}

// attempt returns what a request that may fail leads to.
func attempt(a *harness.Applicant, path string, form url.Values) (status int, at, page string) {
	var r *http.Response
	var err error
	if form == nil {
		r, err = a.Get(a.Base + path)
	} else {
		r, err = a.PostForm(a.Base+path, form)
	}
	if err != nil {
		return 0, "", ""
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return 0, "", ""
	}
	return r.StatusCode, r.Request.URL.Path, string(body)
}

// save saves a number as a name, and reports whether that was acknowledged.
func (c *crowd) save(i, n int) bool {
	_, _, page := attempt(c.savers[i], "/en/apply/about", nil)
	shown := pageVersion.FindStringSubmatch(page)
	if shown == nil {
		return false
	}
	answers := url.Values{"version": shown[1:], "first_name": {"N" + strconv.Itoa(n)}, "email": {"n@example.org"}, "language": {"en"}, "region": {"qc"}}
	direct := *c.savers[i]
	direct.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	status, _, _ := attempt(&direct, "/en/apply/about", answers)
	return status == http.StatusSeeOther
}

var savedName = regexp.MustCompile(`value="N(\d+)"`)

// wantAcknowledged wants all that was acknowledged to be there, and returns how much that is.
func (c *crowd) wantAcknowledged() (steps int) {
	c.Helper()
	members := harness.Members(c.T, c.settings)
	for i := range crowdSize {
		_, page := c.savers[i].Open("/en/apply/about")
		there := 0
		if found := savedName.FindStringSubmatch(page); found != nil {
			there, _ = strconv.Atoi(found[1])
		}
		if steps += c.saved[i]; there < c.saved[i] {
			c.Errorf("round %d: of a draft save %d was acknowledged, and save %d is there", c.round, c.saved[i], there)
		}
		if c.sent[i] {
			steps++
			if at, _ := c.senders[i].Open("/en/apply"); at != "/en/apply/sent" {
				c.Errorf("round %d: an application that was acknowledged leads to %s", c.round, at)
			}
		}
		if c.confirmed[i] {
			steps++
			if !slices.ContainsFunc(members, func(m harness.Member) bool { return m.Email == c.address(i) }) {
				c.Errorf("round %d: somebody was welcomed and is no member", c.round)
			}
		}
	}
	return steps
}
