//go:build e2e

package process

import (
	"errors"
	"fmt"
	"net"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"joinery/app/e2e/harness"
	"joinery/app/mail"
)

// A trouble is how a mail server behaves, and what becomes of each letter.
type trouble struct {
	name    string
	replies func(c *clockedSite, over <-chan struct{}) harness.Replies // nil: nothing listens
	stays   bool                                                       // until the end
	state   mail.State                                                 // of a letter during the trouble
	later   mail.State                                                 // when it is over, before the next attempt
	copies  int                                                        // of a letter that the server has been sent in the end
	wait    time.Duration                                              // until the next attempt, at most
}

var troubles = []trouble{
	{"none", always(harness.Replies{}), true, mail.Accepted, mail.Accepted, 1, 90 * time.Second},
	{"down", nil, false, mail.Deferred, mail.Deferred, 1, 90 * time.Second},
	{"hanging", hanging, false, mail.Queued, mail.Deferred, 1, 90 * time.Second},
	{"slow", slow, false, mail.Queued, mail.Accepted, 1, 90 * time.Second},
	{"refusing every recipient for now", always(harness.Replies{Recipient: refuse(451)}), false, mail.Deferred, mail.Deferred, 1, 90 * time.Second},
	{"refusing strangers for a minute", greylisting, true, mail.Deferred, mail.Deferred, 1, 90 * time.Second},
	{"refusing the mailbox", always(harness.Replies{Recipient: refuse(550)}), false, mail.Refused, mail.Refused, 0, 90 * time.Second},
	{"refusing the letter", always(harness.Replies{Content: func(net.Conn) error { return refuse(554)("") }}), false, mail.Deferred, mail.Deferred, 2, 20 * time.Minute},
	{"cutting off before it replies to the letter", always(harness.Replies{Content: net.Conn.Close}), false, mail.Deferred, mail.Deferred, 2, 80 * time.Minute},
	{"hanging up at once", always(harness.Replies{Write: hangUp}), false, mail.Deferred, mail.Deferred, 1, 90 * time.Second},
	{"hanging up once it has the letter", always(harness.Replies{After: net.Conn.Close}), false, mail.Accepted, mail.Accepted, 1, 90 * time.Second},
}

func always(r harness.Replies) func(*clockedSite, <-chan struct{}) harness.Replies {
	return func(*clockedSite, <-chan struct{}) harness.Replies { return r }
}

func hangUp(c net.Conn, _ []byte) (int, error) { return 0, errors.Join(c.Close(), net.ErrClosed) }

// hanging says nothing, and hangs up when the trouble is over.
func hanging(_ *clockedSite, over <-chan struct{}) harness.Replies {
	return harness.Replies{Write: func(c net.Conn, line []byte) (int, error) { <-over; return hangUp(c, line) }}
}

// slow takes a second before each reply.
func slow(_ *clockedSite, over <-chan struct{}) harness.Replies {
	return harness.Replies{Write: func(c net.Conn, line []byte) (int, error) {
		select {
		case <-time.After(time.Second):
		case <-over:
		}
		return c.Write(line)
	}}
}

// greylisting refuses a recipient that it first heard of less than a minute ago.
func greylisting(c *clockedSite, _ <-chan struct{}) harness.Replies {
	var first sync.Map
	return harness.Replies{Recipient: func(to string) error {
		if heard, known := first.LoadOrStore(to, c.now()); !known || c.now().Sub(heard.(time.Time)) < time.Minute {
			return refuse(450)(to)
		}
		return nil
	}}
}

// statuses are the enhanced codes that servers send with a code.
var statuses = map[int]smtp.EnhancedCode{450: {4, 7, 1}, 451: {4, 3, 0}, 550: {5, 1, 1}, 554: {5, 7, 1}}

// refuse refuses a recipient with a code.
func refuse(code int) func(to string) error {
	return func(to string) error {
		return &smtp.SMTPError{Code: code, EnhancedCode: statuses[code], Message: "not you, " + to}
	}
}

// Whatever the mail server does, pages are as fast as ever, and once the server
// is well again each letter arrives, once.
func TestMailArrivesAfterAnyTroubleAndHoldsUpNoPage(t *testing.T) {
	var usual times
	for _, tr := range troubles {
		t.Run(tr.name, func(t *testing.T) {
			addr, over := harness.FreeAddr(t), make(chan struct{})
			c := startClockedSite(t, harness.MailSettings(t, addr))
			var server *harness.MailServer
			if tr.replies != nil {
				server = harness.StartMailServer(t, addr)
				server.SetReplies(tr.replies(c, over))
			}
			people, took := c.apply(server, tr.state)
			if usual == nil {
				usual = took
			}
			took.expectAbout(t, usual)
			c.expectState(people, tr.state, tr.wait)

			close(over)
			if server == nil {
				server = harness.StartMailServer(t, addr)
			} else if !tr.stays {
				server.SetReplies(harness.Replies{})
			}
			c.expectState(people, tr.later, tr.wait)
			c.expectLetters(people, server, tr)
		})
	}
}

// apply has people apply, and returns how long their pages take once the mail
// server has been called for the first letter.
func (c *clockedSite) apply(server *harness.MailServer, state mail.State) (people []*harness.Applicant, took times) {
	c.Helper()
	for n := range 4 {
		people = append(people, c.newApplicant())
		address := fmt.Sprintf("zoe%d@example.org", n)
		if n > 0 {
			took = took.fastest(timePages(people[n], address))
			continue
		}
		people[n].ApplyAs(address)
		if server == nil {
			c.waitForState(people[n], state)
		} else {
			server.WaitForCall(c.T)
		}
	}
	return people, took
}

// expectState checks what everybody is told of their letter.
func (c *clockedSite) expectState(people []*harness.Applicant, state mail.State, most time.Duration) {
	c.Helper()
	for _, a := range people {
		at := c.waitForState(a, state)
		if wait := at.Sub(c.now()); state == mail.Deferred && (wait <= 0 || wait > most) {
			c.Errorf("the next attempt is said to be in %v", wait)
		}
	}
}

// waitForState waits until the letter to an applicant is in a state.
func (c *clockedSite) waitForState(a *harness.Applicant, want mail.State) (at time.Time) {
	c.Helper()
	harness.Eventually(c.T, fmt.Sprintf("the letter is %s", want), func() error {
		got := c.delivery(a)
		if at = got.At; got.State != want {
			return fmt.Errorf("it is %s", got.State)
		}
		return nil
	})
	return at
}

// expectLetters checks that the letter to each applicant has come in the end as
// often as it should, and is done with. A refused applicant asks for another.
func (c *clockedSite) expectLetters(people []*harness.Applicant, server *harness.MailServer, tr trouble) {
	c.Helper()
	if tr.later == mail.Deferred {
		c.advanceToNextAttempt(people)
		tr.later = mail.Accepted
	}
	c.expectState(people, tr.later, tr.wait)
	c.expectNothingToSend()
	expectCopies(c.T, server, len(people), tr.copies)
	if tr.later != mail.Refused {
		return
	}
	for _, a := range people {
		if err := c.Confirm.ResendConfirmation(c.Context(), c.application(a), ""); err != nil {
			c.Fatal(err)
		}
	}
	c.expectState(people, mail.Accepted, 0)
	expectCopies(c.T, server, len(people), 1)
}

// advanceToNextAttempt moves the clock to the time at which everybody was told
// that their letter is tried again.
func (c *clockedSite) advanceToNextAttempt(people []*harness.Applicant) {
	c.Helper()
	var last time.Time
	for _, a := range people {
		last = slices.MaxFunc([]time.Time{last, c.waitForState(a, mail.Deferred)}, time.Time.Compare)
	}
	c.advance(last.Sub(c.now()))
}

// expectNothingToSend checks that no attempt is made any more, a day later.
func (c *clockedSite) expectNothingToSend() {
	c.Helper()
	c.advance(24 * time.Hour)
	if tried, err := c.Queue.Deliver(c.Context()); tried || err != nil {
		c.Errorf("a letter that is done with is tried again: %v, %v", tried, err)
	}
}

// expectCopies checks which letters have come since the last time: one to each
// of so many people, and so many copies of it, all with the same Message-ID.
func expectCopies(t *testing.T, server *harness.MailServer, people, copies int) {
	t.Helper()
	came := make(map[string][]string)
	for _, l := range server.Letters(t) {
		came[l.To] = append(came[l.To], l.ID)
	}
	for to, ids := range came {
		if n := len(ids); n != copies || len(slices.Compact(ids)) != 1 {
			t.Errorf("to %s came %d letters %q, want one, %d times", to, n, ids, copies)
		}
	}
	if copies > 0 && len(came) != people {
		t.Errorf("letters came to %d people, want %d", len(came), people)
	}
}
