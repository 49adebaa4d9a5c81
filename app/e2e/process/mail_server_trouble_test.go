//go:build e2e

package e2e

import (
	"errors"
	"fmt"
	"net"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"joinery/app/mail"
)

// A season is one weather in which a mail server can be found, and what becomes
// of each letter in it.
type season struct {
	name    string
	weather func(h *hosted, over <-chan struct{}) *weather // nil: nobody listens
	lasts   bool                                           // until the end
	state   mail.State                                     // of a letter in this weather
	later   mail.State                                     // when it is over, before the next attempt
	copies  int                                            // of a letter that the server has been sent in the end
}

var seasons = []season{
	{"fair", always(weather{}), true, mail.Accepted, mail.Accepted, 1},
	{"down", nil, false, mail.Deferred, mail.Deferred, 1},
	{"hanging", hanging, false, mail.Queued, mail.Deferred, 1},
	{"slow", slow, false, mail.Queued, mail.Accepted, 1},
	{"refusing everybody for now", always(weather{rcpt: refusal(451)}), false, mail.Deferred, mail.Deferred, 1},
	{"refusing strangers for a minute", greylisting, true, mail.Deferred, mail.Deferred, 1},
	{"refusing the mailbox", always(weather{rcpt: refusal(550)}), false, mail.Refused, mail.Refused, 0},
	{"refusing the letter", always(weather{content: func(net.Conn) error { return refusal(554)("") }}), false, mail.Refused, mail.Refused, 1},
	{"cutting off before it answers to the letter", always(weather{content: net.Conn.Close}), false, mail.Deferred, mail.Deferred, 2},
	{"hanging up at once", always(weather{write: hangUp}), false, mail.Deferred, mail.Deferred, 1},
	{"hanging up once it has the letter", always(weather{after: net.Conn.Close}), false, mail.Accepted, mail.Accepted, 1},
}

func always(w weather) func(*hosted, <-chan struct{}) *weather {
	return func(*hosted, <-chan struct{}) *weather { return &w }
}

func hangUp(c net.Conn, _ []byte) (int, error) { return 0, errors.Join(c.Close(), net.ErrClosed) }

// hanging says nothing, and hangs up when that is over.
func hanging(_ *hosted, over <-chan struct{}) *weather {
	return &weather{write: func(c net.Conn, line []byte) (int, error) { <-over; return hangUp(c, line) }}
}

// slow takes a second before each answer.
func slow(_ *hosted, over <-chan struct{}) *weather {
	return &weather{write: func(c net.Conn, line []byte) (int, error) {
		select {
		case <-time.After(time.Second):
		case <-over:
		}
		return c.Write(line)
	}}
}

// greylisting refuses a recipient who was first heard of less than a minute ago.
func greylisting(h *hosted, _ <-chan struct{}) *weather {
	var first sync.Map
	return &weather{rcpt: func(to string) error {
		if heard, known := first.LoadOrStore(to, h.now()); !known || h.now().Sub(heard.(time.Time)) < time.Minute {
			return refusal(450)(to)
		}
		return nil
	}}
}

func refusal(code int) func(string) error {
	return func(to string) error {
		return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode{code / 100, 2, 0}, Message: "not you, " + to}
	}
}

// Whatever the mail server does, people notice nothing of it on their pages, and
// once it is well again each letter arrives, once.
func TestMailArrivesInAnyWeatherAndHoldsUpNoPage(t *testing.T) {
	var usual times
	for _, s := range seasons {
		t.Run(s.name, func(t *testing.T) {
			addr, over := freeAddr(t), make(chan struct{})
			h := host(t, mailSettings(t, addr))
			var r *relay
			if s.weather != nil {
				r = startRelay(t, addr)
				r.weather.Store(s.weather(h, over))
			}
			people, took := h.apply(r, s.state)
			if usual == nil {
				usual = took
			}
			took.wantAbout(t, usual)
			h.told(people, s.state)

			close(over)
			if r == nil {
				r = startRelay(t, addr)
			} else if !s.lasts {
				r.weather.Store(new(weather))
			}
			h.told(people, s.later)
			h.getTheirLetters(people, r, s)
		})
	}
}

// apply has people apply, and returns how long their pages take once the mail
// server is bothered with a letter.
func (h *hosted) apply(r *relay, state mail.State) (people []*applicant, took times) {
	h.Helper()
	for n := range 4 {
		people = append(people, h.applicant())
		address := fmt.Sprintf("zoe%d@example.org", n)
		if n > 0 {
			took = took.best(people[n].looksAround(address))
			continue
		}
		people[n].applyFrom(address)
		if r == nil {
			h.stands(people[n], state)
		} else {
			r.isCalled(h.T)
		}
	}
	return people, took
}

func (r *relay) isCalled(t *testing.T) {
	t.Helper()
	select {
	case <-r.called:
	case <-time.After(20 * time.Second):
		t.Fatal("waited in vain for somebody with a letter")
	}
}

// told checks what everybody is told of their letter.
func (h *hosted) told(people []*applicant, state mail.State) {
	h.Helper()
	for _, a := range people {
		at := h.stands(a, state)
		if wait := at.Sub(h.now()); state == mail.Deferred && (wait <= 0 || wait > 90*time.Second) {
			h.Errorf("the next attempt is said to be in %v", wait)
		}
	}
}

// stands waits until the letter of a stands like that.
func (h *hosted) stands(a *applicant, want mail.State) (at time.Time) {
	h.Helper()
	eventually(h.T, fmt.Sprintf("the letter is %s", want), func() error {
		got := h.letter(a)
		if at = got.At; got.State != want {
			return fmt.Errorf("it is %s", got.State)
		}
		return nil
	})
	return at
}

// getTheirLetters checks that everybody's letter has come to r in the end as
// often as it should, and is done with. Who was refused asks for another one.
func (h *hosted) getTheirLetters(people []*applicant, r *relay, s season) {
	h.Helper()
	if s.later == mail.Deferred {
		h.waitForTheNextAttempt(people)
		s.later = mail.Accepted
	}
	h.told(people, s.later)
	h.hasNothingToSend()
	r.wantEach(h.T, len(people), s.copies)
	if s.later != mail.Refused {
		return
	}
	for _, a := range people {
		if err := h.Join.ResendConfirmation(h.Context(), a.secret(), ""); err != nil {
			h.Fatal(err)
		}
	}
	h.told(people, mail.Accepted)
	r.wantEach(h.T, len(people), 1)
}

// waitForTheNextAttempt has the clock go to the time at which everybody was told
// that their letter is tried again.
func (h *hosted) waitForTheNextAttempt(people []*applicant) {
	h.Helper()
	var last time.Time
	for _, a := range people {
		last = slices.MaxFunc([]time.Time{last, h.stands(a, mail.Deferred)}, time.Time.Compare)
	}
	h.pass(last.Sub(h.now()))
}

// hasNothingToSend checks that no attempt is made any more, a day later.
func (h *hosted) hasNothingToSend() {
	h.Helper()
	h.pass(24 * time.Hour)
	if tried, err := h.Queue.Deliver(h.Context()); tried || err != nil {
		h.Errorf("a letter that is done with is tried again: %v, %v", tried, err)
	}
}

// wantEach checks which letters have come since the last time: one to each of so
// many people, and so many copies of it, all with the same Message-ID.
func (r *relay) wantEach(t *testing.T, people, copies int) {
	t.Helper()
	came := make(map[string][]string)
	for len(r.letters) > 0 {
		l := parseLetter(t, <-r.letters)
		came[l.to] = append(came[l.to], l.id)
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
