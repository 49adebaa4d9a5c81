//go:build e2e

package soak

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"joinery/app/e2e/harness"
	"joinery/app/mail"
)

// A person is one of many who apply at once, with a name of their own. It is also the first
// part of their address.
type person struct {
	*harness.Applicant
	name   string
	told   answers
	review string // the page with the button that sends the application
	letter string // the letter with the link
}

// Answers are what one person was answered.
type answers struct {
	http.RoundTripper
	name         string // of the person
	slowest      time.Duration
	own, foreign int // pages with the name of the person, and with that of another
	failed       int // those with a 5xx, and those that did not come
}

// RoundTrip notes how long an answer takes to its end, and whose names are in it.
func (o *answers) RoundTrip(r *http.Request) (*http.Response, error) {
	begun := time.Now()
	answer, err := o.RoundTripper.RoundTrip(r)
	if err != nil {
		o.failed++
		return nil, err
	}
	page, err := io.ReadAll(answer.Body)
	answer.Body.Close()
	answer.Body = io.NopCloser(bytes.NewReader(page))
	o.slowest = max(o.slowest, time.Since(begun))
	if err != nil || answer.StatusCode >= http.StatusInternalServerError {
		o.failed++
	}
	own, foreign := namedIn(string(page), o.name)
	o.own, o.foreign = o.own+own, o.foreign+foreign
	return answer, err
}

var aName = regexp.MustCompile(`person\d{4}`)

// namedIn returns whether a text has the name of a person, and that of another, as 0 or 1.
func namedIn(text, of string) (own, foreign int) {
	for _, name := range aName.FindAllString(text, -1) {
		if name == of {
			own = 1
		} else {
			foreign = 1
		}
	}
	return own, foreign
}

// TestPeopleAtOnceSeeOnlyTheirOwn has people fill in the form, send it and confirm at the
// same time.
func TestPeopleAtOnceSeeOnlyTheirOwn(t *testing.T) {
	t.Parallel()
	s := harness.NewSettings(t, harness.Settings{"MAIL_PER_NETWORK": "1000/1h"})
	p := start(t, s, 4096)
	people := newPeople(t, s, length(40, 160))
	people.each(func(who *person) {
		who.review = who.FillInAs(who.name+"@example.org", url.Values{"first_name": {who.name}})
	})
	people[0].ReadPage()
	people.each(func(who *person) { who.Send(who.review) })
	people.wantLetters(s, len(people))
	people.each(func(who *person) { who.Confirm(who.letter) })
	people.wantLetters(s, 2*len(people)) // they are welcome
	if members := harness.Members(t, s); len(members) != len(people) {
		t.Errorf("there are %d members, want %d", len(members), len(people))
	}
	p.stop(t)
	people.report(t)
}

type people []*person

func newPeople(t *testing.T, s harness.Settings, n int) (all people) {
	t.Helper()
	for i := range n {
		who := &person{Applicant: harness.NewApplicant(t, s), name: fmt.Sprintf("person%04d", i)}
		who.told = answers{RoundTripper: who.Transport, name: who.name}
		who.Transport = &who.told
		all = append(all, who)
	}
	return all
}

// each lets all people do something at the same time. What fails ends only the part of that
// person.
func (p people) each(do func(*person)) {
	var all sync.WaitGroup
	for _, who := range p {
		all.Go(func() {
			do(who)
		})
	}
	all.Wait()
}

// wantLetters waits until there are so many letters, and wants none to name another than its
// recipient. Each person gets the last one with a link.
func (p people) wantLetters(s harness.Settings, n int) {
	t, box := p[0].T, mail.Outbox{Dir: filepath.Join(s["DATA"], "outbox")}
	t.Helper()
	var letters []mail.StoredMail
	harness.Eventually(t, "the letters are there", func() (err error) {
		if letters, err = box.List(); err == nil && len(letters) != n {
			err = fmt.Errorf("there are %d of %d", len(letters), n)
		}
		return err
	})
	to := make(map[string]*person)
	for _, who := range p {
		to[who.name+"@example.org"] = who
	}
	for _, l := range letters {
		who := to[l.To]
		if who == nil {
			t.Fatalf("a letter goes to %s", l.To)
		}
		if _, foreign := namedIn(l.Text+l.HTML, who.name); foreign > 0 {
			t.Errorf("a letter to %s names others:\n%s", l.To, l.Text)
		}
		if strings.Contains(l.Text, "/confirm/") {
			who.letter = l.Text
		}
	}
}

// report wants each person to have seen their own name and nobody else's, in time.
func (p people) report(t *testing.T) {
	t.Helper()
	var foreign, failed int
	var slowest time.Duration
	for _, who := range p {
		foreign, failed, slowest = foreign+who.told.foreign, failed+who.told.failed, max(slowest, who.told.slowest)
		if who.told.own == 0 {
			t.Errorf("%s has not seen their own name", who.name)
		}
	}
	if foreign > 0 || failed > 0 || slowest > 2*time.Second {
		t.Errorf("%d pages name another person, %d requests fail, the slowest takes %v", foreign, failed, slowest)
	}
	t.Attr("measured", fmt.Sprintf("%d people: %d pages name another, %d requests fail, slowest %v", len(p), foreign, failed, slowest.Round(time.Millisecond)))
}
